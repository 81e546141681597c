"""Consent, and the collector of what personal data each app holds (its ``privacy.py``).

Export, erasure and retention walk what was collected. It must not know any other room by import.
"""
