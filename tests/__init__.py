"""The tests, as a mirror of the source tree."""
