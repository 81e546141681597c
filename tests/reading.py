"""Reading a page as its visitor does."""

from typing import Any


def words_of(answer: Any) -> str:
    """The page that was answered as one line with plain blanks, whatever keeps its words together on the screen."""
    return " ".join(answer.content.decode().replace("&nbsp;", " ").split())
