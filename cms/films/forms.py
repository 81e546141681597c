"""What is refused of a film page: a film that nobody could play."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.checks.forms import CheckedPageForm, is_publishing


class FilmPageForm(CheckedPageForm):
    """A draft may show a draft; a published page shows a published film."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        film = cleaned.get("film")
        if film and not film.live and is_publishing(self.data):
            self.add_error(
                "film",
                ValidationError(
                    _("The film “%(title)s” is not published. Publish it first: its captions are checked there."),
                    code="film_not_published",
                    params={"title": film.title},
                ),
            )
        return cleaned
