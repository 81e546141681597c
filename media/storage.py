"""Where files lie: the default storage for what the web may serve, the private one for what only its owner may fetch."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """The storage without public addresses; given as a callable so that no path stands in a migration."""
    return storages["private"]
