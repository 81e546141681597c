"""What is taught: course and lesson pages that editors publish, and the frozen outlines that learners are pinned to.

Editors write its pages, publishing writes its records. It must not know who learns.
"""
