"""All learning: what is taught (catalogue), what is asked (assessment), what a person did (learning)."""
