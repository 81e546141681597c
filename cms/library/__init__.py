"""The library: publications with their records, files and editions, and whoever may open them."""
