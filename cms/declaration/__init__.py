"""The accessibility declaration with its reviews, and the list of inaccessible content that fills itself."""
