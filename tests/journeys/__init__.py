"""Walks through the whole site in a real browser, as a learner takes them."""
