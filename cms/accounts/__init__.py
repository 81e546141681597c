"""People: accounts and how they sign in, the person who learns, organisations, roles.

People themselves write its rows. It must not know what a person learns.
"""
