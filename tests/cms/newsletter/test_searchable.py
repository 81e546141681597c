"""What search gets of the newsletter."""

import pytest

from cms.newsletter.searchable import SEARCHABLE, read_door, read_issue
from tests.factories.library import make_publication
from tests.factories.newsletter import make_archive, make_issue

pytestmark = pytest.mark.django_db


def test_an_issue_is_found_by_its_own_words_and_not_by_those_of_pages_it_names() -> None:
    page = make_publication(title="Poradnik zakupów")
    issue = make_issue(
        title="Numer jesienny",
        intro="Dzień dobry.",
        blocks=[("text", "<p>Następny numer w maju.</p>"), ("page", {"page": page.pk, "title": "", "text": "Opis"})],
    )
    (entry,) = read_issue(issue.pk)
    assert (entry["title"], entry["language"], entry["page"]) == ("Numer jesienny", "pl", issue.pk)
    texts = " ".join(passage["text"] for passage in entry["passages"])
    assert "Następny numer w maju." in texts
    assert "Dzień dobry." in texts
    assert "Opis" not in texts


def test_drafts_are_not_found_and_doors_are() -> None:
    assert read_issue(make_issue(live=False).pk) == []
    archive = make_archive()
    assert read_door(archive.pk)[0]["title"] == "Archiwum"
    assert read_door(archive.get_parent().pk)[0]["title"] == "Newsletter"
    marked = {source["name"]: [pk for pk, _mark in source["marks"](None)] for source in SEARCHABLE}
    assert sorted(marked["cms_newsletter.page"]) == sorted([archive.pk, archive.get_parent().pk])
    assert marked["cms_newsletter.issue"] == []
