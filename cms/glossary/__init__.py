"""Terms with their explanations, and the hints that explain a term where it is first used. Editors write them."""
