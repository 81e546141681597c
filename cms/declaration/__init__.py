"""The accessibility declaration with its history, and reports of barriers with their deadline."""
