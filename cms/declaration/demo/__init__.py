"""The declaration's part of the demonstration: a first review, and a picture that still waits for its description."""

from cms.declaration.demo.builder import finish

__all__ = ["finish"]
