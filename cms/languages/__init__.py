"""Translations: which are out of date, and the way from submission to publication."""
