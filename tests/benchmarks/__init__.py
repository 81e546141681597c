"""Measures what the project's pages and writes cost beside bare ones: ``make bench``. Never a pass or fail."""
