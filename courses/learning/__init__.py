"""Enrolments, progress step by step, completion, and the screens a learner works in.

Learners write its rows. It must not know certificates, nor read drafts of the catalogue.
"""
