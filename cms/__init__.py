"""The site and its people: settings, addresses, pages, accounts, mail, privacy.

It must not know courses or certificates; upper houses are named by text only.
"""
