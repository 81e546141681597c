"""The demonstration's library: the publications of the project and of the academy, with their topics."""

from cms.library.demo.builder import build

__all__ = ["build"]
