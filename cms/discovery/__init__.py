"""What machines find: sitemap, feeds, structured data, addresses and pictures for sharing.

It has no rows of its own. Pages tell what they are by ``structured_data``.
"""
