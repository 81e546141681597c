"""Every file of the platform and what makes it accessible: films with captions, images, documents.

Editors write its rows. It must not know who learns, or what a page is. It also holds ``jobs``, the one way to queue
background work, because every house above needs it.
"""
