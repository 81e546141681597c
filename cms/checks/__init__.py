"""Checks of content before it is published, and who let a fault pass, why and until when."""
