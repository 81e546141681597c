"""Static files as visitors get them: hashed names, and two stylesheets instead of fifty.

``css/site.css`` and ``css/pages.css`` import a file for each component, which is how they are written and read. When
files are collected, the imports are replaced by what they name, so that a first page needs two requests for all of its
style, and a lesson one.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'@import\s+url\("(?P<path>[^"]+)"\)\s*(?:layer\((?P<layer>[\w.-]+)\))?\s*;')
_URL = re.compile(r"""url\((?P<quote>["']?)(?P<path>[^"')]+)(?P=quote)\)""")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_ABSOLUTE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|/|#)", re.I)


def join_imports(name: str, read: Any) -> str:
    """The text of stylesheet ``name`` with its imports replaced by what they import, each in its layer.

    ``read`` gives the text of a file by its name. Relative addresses inside a part are rewritten to be right from where
    the joined file stands. A file that is named and missing is an error, not a hole in the style.
    """
    folder = posixpath.dirname(name)

    def replace(found: re.Match[str]) -> str:
        part = posixpath.normpath(posixpath.join(folder, found["path"]))
        text = _COMMENT.sub("", join_imports(part, read))
        text = _URL.sub(lambda url: _moved(url, posixpath.dirname(part), folder), text)
        text = re.sub(r"\n\s*", "\n", text).strip()
        return f"@layer {found['layer']} {{\n{text}\n}}" if found["layer"] else text

    return _IMPORT.sub(replace, read(name))


def _moved(found: re.Match[str], old_folder: str, new_folder: str) -> str:
    if _ABSOLUTE.match(found["path"]):
        return found[0]
    target = posixpath.normpath(posixpath.join(old_folder, found["path"]))
    return f'url("{posixpath.relpath(target, new_folder or ".")}")'


class JoinedStylesheets:
    """Joins ``joined_stylesheets`` before their names are hashed. Mix it into a manifest storage."""

    joined_stylesheets = ("css/site.css", "css/pages.css")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file. The list of hashed names is read once in a process, so each is worked out once."""
        if force or settings.DEBUG:
            return str(super().url(name, force))  # type: ignore[misc]
        if name not in self.addresses:
            self.addresses[name] = super().url(name)  # type: ignore[misc]
        return self.addresses[name]

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            paths = dict(paths)
            for name in self.joined_stylesheets:
                if name in paths:
                    paths[name] = (self, self._join(name, paths))
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[misc]

    def _join(self, name: str, paths: dict[str, Any]) -> str:
        def read(part: str) -> str:
            storage, path = paths[part]
            with storage.open(path) as source:
                return str(source.read().decode())

        joined = join_imports(name, read)
        if self.exists(name):  # type: ignore[attr-defined]
            self.delete(name)  # type: ignore[attr-defined]
        return str(self._save(name, ContentFile(joined.encode())))  # type: ignore[attr-defined]


class JoinedManifestStorage(JoinedStylesheets, ManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names and joined stylesheets, and compressed copies of what visitors load.

    The editors' many files are left as they are: compressing them takes half a minute, which nobody who has just cloned
    the project should wait for. Production compresses them, too.
    """

    compressed = re.compile(r"^(?:css|js|img|vendor)/.+\.(?:css|js|svg)$")

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        compressor = Compressor(quiet=True)
        for name, hashed_name, processed in super().post_process(paths, dry_run, **options):
            if hashed_name and not dry_run and self.compressed.match(name):
                # One path is given back for each copy that was written.
                list(compressor.compress(self.path(hashed_name)))
            yield name, hashed_name, processed


class JoinedCompressedManifestStorage(JoinedStylesheets, CompressedManifestStaticFilesStorage):
    """The same with compressed copies beside each file, for production: collecting takes longer."""
