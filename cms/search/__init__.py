"""One search over everything: the index of entries and its ranking.

Rooms tell what is found by their ``searchable.py``; editors and learners write nothing here.
"""
