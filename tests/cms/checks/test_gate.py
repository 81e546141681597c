"""Nothing with a grave fault is published, through whichever door; lead editors let it pass for a time."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.checks import queries
from cms.checks.forms import CheckedPageForm
from cms.checks.panels import FaultsPanel, address_of_faults
from cms.mail.models import OutgoingMail
from cms.pages.models import BasePage, StandardPage
from tests.factories.catalogue import make_home
from tests.factories.checks import GOOD, HERE_LINK, WORDS, edit, form_of, make_text_page
from tests.factories.library import make_library, make_publication
from tests.factories.media import DocumentFactory
from tests.factories.pages import nothing_beside
from tests.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.mark.rule("check-3")
def test_every_page_has_the_form_that_asks_and_the_panel_that_tells() -> None:
    models = [model for model in BasePage.__subclasses__() for model in [model, *model.__subclasses__()]]
    kinds = [model for model in models if not model._meta.abstract]
    assert len(kinds) > 5
    for kind in kinds:
        assert issubclass(kind.base_form_class, CheckedPageForm), kind
        assert isinstance(kind.content_panels[0], FaultsPanel) or isinstance(kind.content_panels[1], FaultsPanel), kind


@pytest.mark.rule("check-3")
@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
def test_a_grave_fault_is_refused_at_its_block(lead_desk: Client, button: str) -> None:
    add = reverse("wagtailadmin_pages:add", args=["cms_pages", "standardpage", make_home().pk])
    refused = lead_desk.post(add, form_of("<p>Dobrze.</p>", HERE_LINK) | {button: "1"})
    assert refused.status_code == 200
    assert not StandardPage.objects.exists()
    form = refused.context["form"]
    told = " ".join(form.non_field_errors()).replace("\xa0", " ")
    assert told == "Publikację wstrzymuje jeden błąd. Opis jest w miejscu, w którym trzeba go poprawić."
    (error,) = form.errors["body"].as_data()
    assert list(error.block_errors) == [1]
    assert "nie mówi, dokąd prowadzi" in error.block_errors[1].messages[0]
    assert lead_desk.post(add, form_of(GOOD) | {button: "1"}).status_code == 302
    page = StandardPage.objects.get()
    assert page.live is (button == "action-publish")


@pytest.mark.rule("check-3")
def test_a_draft_may_have_faults_and_is_told_so(desk: Client) -> None:
    add = reverse("wagtailadmin_pages:add", args=["cms_pages", "standardpage", make_home().pk])
    assert desk.post(add, form_of(HERE_LINK)).status_code == 302
    page = StandardPage.objects.get()
    block = page.get_latest_revision_as_object().body[0].id
    shown = words_of(desk.get(edit(page)))
    assert WORDS in shown
    assert f'href="#block-{block}-section"' in shown
    assert address_of_faults(page) in shown


@pytest.mark.rule("check-3")
def test_warnings_and_hints_stop_nothing(lead_desk: Client) -> None:
    add = reverse("wagtailadmin_pages:add", args=["cms_pages", "standardpage", make_home().pk])
    text = '<p><b>Kto może</b></p><p><a href="https://example.org">www.example.org</a></p>'
    assert lead_desk.post(add, form_of(text) | {"action-publish": "1"}).status_code == 302
    assert StandardPage.objects.get().live


@pytest.mark.rule("check-3")
def test_many_pages_are_not_published_past_the_form(lead_desk: Client) -> None:
    good, bad = make_text_page(GOOD), make_text_page(HERE_LINK)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = lead_desk.post(f"{address}?id={good.pk}&id={bad.pk}&next=/pl/admin/", {}, follow=True)
    assert WORDS in words_of(answer)
    assert not StandardPage.objects.filter(live=True).exists()
    lead_desk.post(f"{address}?id={good.pk}", {})
    assert list(StandardPage.objects.filter(live=True)) == [good]


@pytest.mark.rule("check-3")
def test_drafts_below_are_asked_too(lead_desk: Client) -> None:
    above = make_text_page(GOOD)
    below = StandardPage(title="Niżej", slug="nizej", locale=above.locale, live=False)
    below.body = [("text", HERE_LINK)]
    above.add_child(instance=below)
    below.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = lead_desk.post(f"{address}?id={above.pk}", {"include_descendants": "on"}, follow=True)
    assert WORDS in words_of(answer)
    assert not StandardPage.objects.filter(live=True).exists()


@pytest.mark.rule("check-4")
@pytest.mark.parametrize("_time", [1, 2])
def test_what_got_a_fault_since_it_was_planned_is_not_published(lead, _time: int) -> None:
    target = make_text_page(GOOD)
    page = make_text_page(f'<p><a linktype="page" id="{target.pk}">regulamin</a></p>')
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision(user=lead)
    revision.publish(user=lead)
    due = timezone.now() - timedelta(minutes=1)
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=due)
    target.delete()
    for _again in range(_time):
        call_command("publish_scheduled")
    page.refresh_from_db()
    assert not page.live
    (letter,) = OutgoingMail.objects.filter(template="publication_stopped")
    assert letter.recipient == lead.email
    assert letter.context["faults"] == [
        "Link „regulamin” prowadzi do strony lub pliku, których już nie ma. Zmień go albo usuń."
    ]


@pytest.mark.rule("check-4")
def test_what_is_right_is_published_at_its_time(lead) -> None:
    page = make_text_page(GOOD)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision(user=lead)
    revision.publish(user=lead)
    due = timezone.now() - timedelta(minutes=1)
    content = revision.content | {"go_live_at": due.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=due, content=content)
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.live


@pytest.mark.rule("check-1")
def test_files_of_a_publication_are_accessible_or_have_an_alternative(lead_desk: Client) -> None:
    page = make_publication(live=False, document=DocumentFactory(title="Skan", accessible=False), files=1)
    assert [fault.check.value for fault in queries.faults_of(page)] == ["file_not_accessible"]
    page.files.first().alternative = "Wydanie w serwisie"
    page.files = [page.files.first()]
    page.files.first().alternative = "Wydanie w serwisie"
    assert queries.faults_of(page) == []


@pytest.mark.rule("check-3")
def test_the_files_of_the_form_are_looked_at_and_not_the_stored_ones(lead_desk: Client) -> None:
    scan = DocumentFactory(title="Skan", accessible=False)
    add = reverse("wagtailadmin_pages:add", args=["cms_library", "publicationpage", make_library().pk])
    empty = ("abstract", "authors", "institution", "place", "isbn", "doi", "phase", "funding_notice", "legal_as_of")
    row = {"document": str(scan.pk), "pages": "", "alternative": "", "access": "public", "opens_on": ""}

    def form(**fields: str) -> dict[str, Any]:
        return nested_form_data(
            dict.fromkeys((*empty, "replaces"), "")
            | {"title": "Nowa", "slug": "nowa", "summary": "Zdanie.", "kind": "guide", "year": "2026"}
            | {"licence": "cc-by-4.0", "language": "pl", "chapters": streamfield([])}
            | {"files": inline_formset([row | fields])}
            | nothing_beside()
        ) | {"action-publish": "1"}

    refused = lead_desk.post(add, form())
    assert refused.status_code == 200
    errors = refused.context["form"].formsets["files"].forms[0].errors["alternative"]
    assert len(errors) == 1
    assert errors[0].startswith("Plik „Skan” nie jest oznaczony jako dostępny.")
    assert lead_desk.post(add, form(alternative="Wydanie w serwisie")).status_code == 302


# --- Exemptions ---------------------------------------------------------------------------------------------------
