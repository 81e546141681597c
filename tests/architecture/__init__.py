"""What holds for the whole of the code, whatever it does."""
