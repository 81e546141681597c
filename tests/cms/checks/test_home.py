"""The first screen of the administration shows what waits for whoever looks, and the guide is there."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.rules import Role
from cms.checks.guide import CHAPTERS, chapter_of
from cms.checks.rules import Check
from media.models import FailedJob
from tests.factories.accounts import staff
from tests.factories.checks import HERE_LINK, make_exemption, make_text_page
from tests.factories.media import FilmFactory
from tests.reading import words_of

pytestmark = pytest.mark.django_db

HOME = "wagtailadmin_home"


def fill(editor, number: int) -> None:
    """So many drafts, faults to mend and unfinished films."""
    for _number in range(number):
        page = make_text_page(HERE_LINK)
        page.title = f"Robocza {page.pk}"
        page.save_revision(user=editor)
        make_exemption(page, days=-1)
        FilmFactory(bare=True, live=False)


@pytest.mark.rule("editor-5")
def test_editors_see_their_drafts_faults_and_films(desk: Client, editor) -> None:
    assert "Moje szkice" not in words_of(desk.get(reverse(HOME)))
    fill(editor, 1)
    shown = words_of(desk.get(reverse(HOME)))
    assert "Moje szkice" in shown
    assert "Robocza" in shown
    assert "Błędy do usunięcia" in shown
    assert "termin usunięcia minął" in shown
    assert "jeszcze bez napisów" in shown
    other = Client()
    other.force_login(staff(Role.LEAD_EDITORS))
    shown = words_of(other.get(reverse(HOME)))
    assert "Moje szkice" not in shown
    assert "Błędy do usunięcia" in shown


@pytest.mark.rule("editor-5")
@pytest.mark.parametrize("role", [Role.COORDINATORS, Role.ADMINISTRATORS])
def test_others_see_only_what_they_act_on(client: Client, editor, role: Role) -> None:
    fill(editor, 1)
    FailedJob.objects.create(task_name="x", error="y")
    client.force_login(staff(role))
    shown = words_of(client.get(reverse(HOME)))
    assert "Błędy do usunięcia" not in shown
    assert "jeszcze bez napisów" not in shown
    assert ("Jedno zadanie nie zostało wykonane." in shown) is (role is Role.ADMINISTRATORS)


@pytest.mark.rule("editor-5")
def test_the_first_screen_costs_the_same_for_one_and_for_many(desk: Client, editor) -> None:
    counts = []
    for number in (1, 4):
        fill(editor, number)
        desk.get(reverse(HOME))
        with CaptureQueriesContext(connection) as seen:
            desk.get(reverse(HOME))
        counts.append(sum("media_film" in q["sql"] or "cms_checks" in q["sql"] for q in seen.captured_queries))
    assert counts[0] == counts[1]


@pytest.mark.rule("editor-5")
def test_a_long_list_leads_to_the_whole_one(desk: Client, editor) -> None:
    fill(editor, 12)
    shown = words_of(desk.get(reverse(HOME)))
    assert shown.count("termin usunięcia minął") == 10
    assert "Wszystkie odstępstwa" in shown


@pytest.mark.rule("editor-6")
def test_every_chapter_of_the_guide_is_written_and_found(desk: Client) -> None:
    assert "Poradnik redakcji" in words_of(desk.get(reverse(HOME)))
    assert desk.get(reverse("cms_checks_guide_start")).status_code == 200
    for chapter in CHAPTERS:
        shown = words_of(desk.get(reverse("cms_checks_guide", args=[chapter.slug])))
        text = shown.partition('<article class="guide__chapter">')[2].partition("</article>")[0]
        assert f"<h2>{chapter.title}</h2>" in text
        assert len(text) > 700, chapter.slug
    assert desk.get(reverse("cms_checks_guide", args=["nie-ma"]), follow=True).status_code == 404


@pytest.mark.rule("editor-6")
def test_every_fault_is_explained_in_a_chapter() -> None:
    assert {chapter_of(check) for check in Check} <= {chapter.slug for chapter in CHAPTERS}
