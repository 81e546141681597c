"""The signals that cross a border between rooms upwards. Sent after commit; a lost one is healed by a sweep."""

from django.dispatch import Signal

outline_frozen = Signal()
"""A course got a new outline version. Sends ``outline_version_id``."""

course_completed = Signal()
"""A person completed a course. Sends ``completion_id``."""
