"""News of the academy and the project, with their archive. Editors write them."""
