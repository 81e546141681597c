"""What makes the cached pages old."""

from collections.abc import Callable

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.pages.generation import current_generation

pytestmark = pytest.mark.django_db


@pytest.fixture
def restriction() -> PageViewRestriction:
    page = Page.objects.get(depth=2)
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_a_page_made_private_is_not_answered_from_the_cache(
    on_commit: Callable, restriction: PageViewRestriction
) -> None:
    with on_commit():
        before = current_generation()
        restriction.save()
    private = current_generation()
    assert private != before
    with on_commit():
        restriction.delete()
    assert current_generation() != private
