"""Where files lie and what they are called.

The default storage holds what the web may serve (pictures) and what Wagtail hands out (documents); the private one
holds what only the application hands out, to whoever may see it (films, captions, certificates). A name is never the
one that came with an upload: it cannot be guessed, clashes with no other and says nothing about anybody's computer.
"""

import os
import re
import secrets
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

from anyascii import anyascii
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

TOKEN_BYTES = 12
NAME_LENGTH = 50


def private_storage() -> Storage:
    """The storage without public addresses; given as a callable so that no path stands in a migration."""
    return storages["private"]


def film_path(instance: Any, filename: str) -> str:
    """Where the file of a film lies in the private storage."""
    return f"films/{secrets.token_hex(TOKEN_BYTES)}{_suffix(filename)}"


def caption_path(instance: Any, filename: str) -> str:
    """Where a WebVTT file lies in the private storage."""
    return f"captions/{secrets.token_hex(TOKEN_BYTES)}{_suffix(filename)}"


def image_path(filename: str) -> str:
    """Where an uploaded picture lies; its smaller copies are named after it."""
    return f"original_images/{secrets.token_hex(TOKEN_BYTES)}{_suffix(filename)}"


def document_path(instance: Any, filename: str) -> str:
    """Where a document lies. A readable name follows the unguessable part, for the folder of whoever downloads it."""
    stem = re.sub(r"[^a-z0-9]+", "-", anyascii(PurePosixPath(filename).stem).lower()).strip("-")[:NAME_LENGTH]
    return f"documents/{secrets.token_hex(TOKEN_BYTES)}-{stem.strip('-') or 'plik'}{_suffix(filename)}"


def document_name(path: str) -> str:
    """The name under which a document is downloaded: its path without folder and unguessable part."""
    name = PurePosixPath(path).name
    return re.sub(rf"^[0-9a-f]{{{2 * TOKEN_BYTES}}}-", "", name)


def _suffix(filename: str) -> str:
    suffix = PurePosixPath(filename).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""


class WholeFileStorage(FileSystemStorage):
    """Files on disk, each whole or not there at all.

    A file is written beside its place and moved into it when complete, so that a full disk or a kill leaves no half
    file under a name that anybody reads; what was written until then is removed where that is still possible.
    """

    def _save(self, name: str, content: File) -> str:
        unfinished = f"{name}.{secrets.token_hex(4)}.part"
        try:
            unfinished = super()._save(unfinished, content)  # type: ignore[misc]
            if self.exists(name):
                name = self.get_available_name(name)
            os.replace(self.path(unfinished), self.path(name))  # noqa: PTH105 - both are texts of this storage
        except BaseException:
            with suppress(OSError):
                self.delete(unfinished)
            raise
        return name
