"""The cover of a page stays the one of its first publication."""

import pytest
from wagtail.models import Page

from tests.factories.catalogue import make_course_page, publish
from tests.factories.library import make_publication

pytestmark = [pytest.mark.django_db, pytest.mark.rule("page-21")]


@pytest.mark.parametrize("make", [make_course_page, lambda **words: make_publication(live=False, **words)])
def test_a_cover_follows_from_the_title_of_the_first_publication(make) -> None:
    page = make(title="Szkic")
    page.title = "Pierwszy tytuł"
    publish(page)
    first = page.latest_revision
    for title in ("Drugi tytuł", "Trzeci tytuł"):
        page = Page.objects.get(pk=page.pk).specific
        assert page.cover_seed == "Pierwszy tytuł"
        page.title = title
        publish(page)
    first.publish()
    again = Page.objects.get(pk=page.pk).specific
    assert (again.title, again.cover_seed) == ("Pierwszy tytuł", "Pierwszy tytuł")
