"""The demonstration's glossary: thirty terms of a city's cooperation with the social economy, in both languages."""

from cms.glossary.demo.builder import build

__all__ = ["build"]
