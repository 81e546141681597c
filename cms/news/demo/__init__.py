"""The demonstration's news: three pieces of the project's history, and what is new in the academy."""

from cms.news.demo.builder import build

__all__ = ["build"]
