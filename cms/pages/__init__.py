"""The site's own pages, their blocks, menus and look.

Editors write its rows. It must not know courses: cards and lists of other rooms come through ``card_template`` and tags.
"""
