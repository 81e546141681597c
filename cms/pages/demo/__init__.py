"""The demonstration's own pages: home, project, help, accessibility statement, privacy and terms, in both languages.

Their words stand in the YAML files of this folder, one per page and language. A page that a person has edited since is
left alone.
"""

from cms.pages.demo.builder import build, finish

__all__ = ["build", "finish"]
