"""Typst with our fonts alone: certificates and publications are printed with it, as PDF/UA-1.

The same layout and data give the same bytes on every machine. System fonts are ignored; words reach a layout as data,
so whatever they hold is printed and never read as markup.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import typst

FONTS = Path(__file__).resolve().parent / "fonts"
DATA = "data.json"
"""The name under which a layout reads its data."""


class Press:
    """A layout with fonts and drawings read once; every document after the first costs a third of the first.

    Threads take turns. A process that was forked after its parent had printed cannot print: typst's own threads stay
    behind in the parent, and the child would wait for them for ever. It is told so instead.
    """

    def __init__(self, layout: Path) -> None:
        self.layout = layout
        self.lock = Lock()
        self.process = 0
        self.compiler: Any = None  # typst's type hints do not know the dictionary of files that it takes
        self.files: dict[str, bytes] = {}

    def print(self, data: str, pictures: Mapping[str, bytes] | None = None) -> tuple[bytes, list[Any]]:
        """The PDF and typst's warnings. ``pictures`` are further files that the data name."""
        return self._compile(data, pictures, format="pdf", pdf_standards=["ua-1"])

    def paint(self, data: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
        """The one page of the layout as a PNG, a pixel for each point."""
        picture, _warnings = self._compile(data, pictures, format="png", ppi=72.0)
        return picture

    def _compile(self, data: str, pictures: Mapping[str, bytes] | None, **how: Any) -> tuple[bytes, list[Any]]:
        if self.compiler is not None and self.process != os.getpid():
            raise RuntimeError("This process was forked from one that had already printed.")
        with self.lock:
            if self.compiler is None:
                parts = sorted(self.layout.iterdir())
                self.files = {path.name: path.read_bytes() for path in parts if path.suffix in (".typ", ".svg")}
                self.compiler = typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)
                self.process = os.getpid()
            # The data come as a file and not as ``sys_inputs``. Those are part of typst's library, and with another
            # library nothing that was laid out before can be used again.
            made, warnings = self.compiler.compile_with_warnings(
                input={**self.files, **(pictures or {}), DATA: data.encode()}, **how
            )
            return made, warnings
