"""What this room looks at of a film itself."""

from collections.abc import Iterator

from cms.checks.content import Draft, film_lacks
from cms.checks.rules import FilmShown, Part, Place
from media.models import Film


def parts_of(draft: Draft) -> Iterator[Part]:
    """A film with all that it lacks: what was let pass is named, too, for here it is mended."""
    if isinstance(draft.row, Film):
        yield FilmShown(title=draft.row.title, live=True, lacks=film_lacks(draft.row), place=Place(("tracks",)))
