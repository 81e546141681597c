"""Django's cache in files, for the embedded set-up, without a look at the whole folder at every write."""

import random

from django.core.cache.backends.filebased import FileBasedCache

ONE_IN = 200


class FileCache(FileBasedCache):
    """Counts its entries at one write in two hundred; with thousands of them, each count takes longer than a page.

    So it may grow that much above ``MAX_ENTRIES`` before a third of it is thrown away.
    """

    def _cull(self) -> None:
        if random.randrange(ONE_IN) == 0:  # noqa: S311 - no secret
            super()._cull()
