"""What a page said before: which versions there are, who may read them, and how they are marked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Revision

from cms.pages.models import SiteTexts, StandardPage
from cms.pages.rules import Version, versions_from
from cms.pages.versions import address_of, keeps_versions, list_address, versions_of
from tests.factories.pages import make_text_page

DAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


def at(days: int) -> datetime:
    return DAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("acts", "wanted"),
    [
        ([], []),
        ([(1, at(0))], [Version(1, 1, at(0))]),
        ([(1, at(0)), (2, at(3))], [Version(2, 2, at(3)), Version(1, 1, at(0), at(3))]),
        ([(1, at(0)), (1, at(1))], [Version(1, 1, at(0))]),
        ([(1, at(0)), (None, at(2))], [Version(1, 1, at(0), at(2))]),
        ([(1, at(0)), (None, at(2)), (None, at(3)), (1, at(5))], [Version(2, 1, at(5)), Version(1, 1, at(0), at(2))]),
        ([(None, at(0)), (4, at(1))], [Version(1, 4, at(1))]),
    ],
)
def test_versions_follow_from_what_was_published_and_withdrawn(acts, wanted) -> None:
    assert versions_from(acts) == wanted


@pytest.fixture
def terms(db: None) -> StandardPage:
    """Terms of use with two versions and a draft."""
    page = make_text_page(title="Regulamin", slug="regulamin", lead="Słowa pierwsze.")
    texts = SiteTexts.for_site(page.get_site())
    texts.terms_page = page
    texts.save()
    publish(page, "Słowa drugie.")
    page.lead = "Słowa, których nikt nie opublikował."
    page.save_revision()
    return StandardPage.objects.get(pk=page.pk)


def publish(page: StandardPage, lead: str) -> None:
    page.lead = lead
    page.save_revision().publish()
    page.refresh_from_db()


@pytest.mark.rule("version-1")
def test_a_version_stays_readable_as_it_was_and_says_that_it_is_out_of_force(terms: StandardPage) -> None:
    now, before = versions_of(terms)
    visitor = Client()

    answer = visitor.get(address_of(terms, before))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Słowa pierwsze." in html
    assert "Słowa drugie." not in html
    assert "Wersja nieaktualna z\xa0dnia" in html or "Wersja nieaktualna z dnia" in html
    assert f'href="{terms.get_url()}"' in html
    assert 'rel="canonical"' not in html
    assert '<meta name="robots" content="noindex">' in html
    assert visitor.get(address_of(terms, now)).headers["Location"] == terms.get_url()
    listed = visitor.get(list_address(terms)).content.decode()
    assert address_of(terms, before) in listed


@pytest.mark.rule("version-1")
def test_the_list_is_right_after_each_publication(terms: StandardPage, django_capture_on_commit_callbacks) -> None:
    visitor = Client()
    assert visitor.get(list_address(terms)).content.decode().count("rows__row") == 2

    with django_capture_on_commit_callbacks(execute=True):
        publish(terms, "Słowa trzecie.")

    assert visitor.get(list_address(terms)).content.decode().count("rows__row") == 3
    assert [one.number for one in versions_of(terms)] == [3, 2, 1]


@pytest.mark.rule("version-2")
def test_a_draft_has_no_address(terms: StandardPage) -> None:
    draft = Revision.objects.for_instance(terms).order_by("-pk")[0]

    assert Client().get(list_address(terms) + f"{draft.pk}/").status_code == 404


@pytest.mark.rule("version-2")
def test_the_revision_of_another_page_is_not_shown_at_this_one(terms: StandardPage) -> None:
    other = make_text_page(title="Inna", lead="Wewnętrzne.")

    assert Client().get(list_address(terms) + f"{other.live_revision_id}/").status_code == 404


@pytest.mark.rule("version-2")
def test_the_past_of_any_other_page_is_nobodys(db: None) -> None:
    page = make_text_page(title="Strona", lead="Raz.")
    publish(page, "Dwa.")

    assert not keeps_versions(page)
    assert Client().get(list_address(page)).status_code == 404
    assert Client().get(address_of(page, versions_of(page)[1])).status_code == 404


@pytest.mark.rule("version-2")
def test_what_was_withdrawn_or_closed_takes_its_past_along(
    terms: StandardPage, django_capture_on_commit_callbacks
) -> None:
    before = address_of(terms, versions_of(terms)[1])
    closed = PageViewRestriction.objects.create(page=terms, restriction_type=PageViewRestriction.LOGIN)
    assert Client().get(before).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        closed.delete()
    assert Client().get(before).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        terms.unpublish()

    assert Client().get(before).status_code == 404
    assert Client().get(list_address(terms)).status_code == 404


@pytest.mark.rule("version-2")
def test_another_language_is_another_page(terms: StandardPage) -> None:
    before = address_of(terms, versions_of(terms)[1])

    assert Client().get(before.replace("/pl/wersje/", "/en/versions/")).status_code == 404


@pytest.mark.rule("version-3")
def test_sixty_versions_cost_what_one_costs(terms: StandardPage) -> None:
    def cost() -> int:
        client = Client()
        client.cookies["messages"] = "x"  # Past the page cache.
        client.get(list_address(terms))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(list_address(terms)).status_code == 200
        return len(queries)

    few = cost()
    for number in range(60):
        publish(terms, f"Słowa {number}.")
    assert cost() == few <= 12
    assert "page=2" in Client().get(list_address(terms)).content.decode()
    assert Client().get(list_address(terms) + "?page=99999999999999999999").status_code == 200
