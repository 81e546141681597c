"""Every page of a learner's way under axe, in both languages, two widths, light and dark."""
