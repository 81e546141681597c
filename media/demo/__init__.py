"""What the demonstration needs of this room: its films, pictures and documents, and the kit that draws them.

The kit draws without Django, so what writes rows is loaded only when it is asked for.
"""

from importlib import import_module
from typing import Any

_BUILDERS = {"build", "build_document", "build_film", "build_image"}


def __getattr__(name: str) -> Any:
    if name in _BUILDERS:
        return getattr(import_module("media.demo.builders"), name)
    raise AttributeError(name)
