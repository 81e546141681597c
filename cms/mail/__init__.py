"""Outgoing mail as rows: each letter has a key, is written once and sent by a job.

Rooms above write its rows through ``actions.queue_mail``. It must not know why a letter is sent.
"""
