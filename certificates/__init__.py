"""Proof of completion: the promise (award), the paper (certificate), its public verification.

Jobs and coordinators write its rows. It reads courses; nothing imports it.
"""
