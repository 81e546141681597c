"""The demonstration's films in public: a page for each published film, with words of its own."""

from cms.films.demo.builder import build

__all__ = ["build"]
