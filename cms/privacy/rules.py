"""Which text one agrees to, and what may happen to a row when its person is erased. Pure."""

from enum import StrEnum

# Raised whenever the terms of use change in their meaning; each acceptance keeps the version that was shown.
TERMS_VERSION = "2026-11"


class Erasure(StrEnum):
    """What becomes of a row when the person it speaks of is erased."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    KEEP = "keep"
