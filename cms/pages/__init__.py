"""The site's own pages, their blocks, menus and look.

Editors write its rows. It must not know courses: lists of other rooms come through template tags.
"""
