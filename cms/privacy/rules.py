"""Which text one agrees to, and what may happen to a row when its person is erased. Pure."""

from enum import StrEnum

# The version that an acceptance keeps where editors have named none.
TERMS_VERSION = "2026-11"


class Erasure(StrEnum):
    """What becomes of a row when the person it speaks of is erased."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    KEEP = "keep"
