"""Nothing with a grave fault is published, through whichever door; lead editors let it pass for a time."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.accounts.rules import Role
from cms.checks import actions, queries
from cms.checks.forms import CheckedPageForm
from cms.checks.models import Exemption
from cms.checks.panels import FaultsPanel, address_of_faults
from cms.mail.models import OutgoingMail
from cms.pages.models import BasePage, StandardPage
from media.models import Film
from tests.factories.accounts import staff
from tests.factories.catalogue import make_home, publish
from tests.factories.checks import HERE_LINK, make_exemption, make_text_page
from tests.factories.library import make_library, make_publication
from tests.factories.media import DocumentFactory, FilmFactory
from tests.factories.pages import nothing_beside
from tests.reading import words_of

pytestmark = pytest.mark.django_db

GOOD = '<p>Zajrzyj do <a href="https://example.org">regulaminu naboru</a>.</p>'
WORDS = "Link „tutaj” nie mówi, dokąd prowadzi."


def form_of(*html: str, **fields: Any) -> dict[str, Any]:
    """The form of a text page as the browser sends it."""
    body = streamfield([("text", rich_text(piece)) for piece in html])
    return nested_form_data(
        {"title": "Nowa strona", "slug": "nowa", "lead": "", "legal_as_of": "", "body": body}
        | nothing_beside()
        | fields
    )


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


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


def let_pass(client: Client, page: Page, **fields: Any) -> Any:
    values = {
        "fault": "link_says_nothing|tutaj",
        "reason": "Autor poprawi tekst po urlopie.",
        "mend_by": (date.today() + timedelta(days=20)).isoformat(),
    }
    return client.post(address_of_faults(page), values | fields)


@pytest.mark.rule("check-5")
def test_a_lead_editor_lets_a_fault_pass_and_the_page_is_published(lead_desk: Client, lead) -> None:
    page = make_text_page(HERE_LINK)
    for _again in range(2):
        assert let_pass(lead_desk, page).status_code == 302
    one = Exemption.objects.get()
    assert (one.granted_by, one.title, one.language, one.what) == (lead, page.title, "pl", "tutaj")
    form = form_of(HERE_LINK, title=page.title, slug=page.slug) | {"action-publish": "1"}
    assert lead_desk.post(edit(page), form).status_code == 302
    page.refresh_from_db()
    assert page.live
    other = '<p>Więcej <a href="https://example.org">kliknij</a>.</p>'
    assert (
        lead_desk.post(edit(page), form_of(HERE_LINK, other, slug=page.slug) | {"action-publish": "1"}).status_code
        == 200
    )


@pytest.mark.rule("check-5")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "To pole jest wymagane."),
        ({"reason": "bo tak"}, "Napisz to zdaniem."),
        ({"mend_by": ""}, "To pole jest wymagane."),
        ({"mend_by": "2020-01-01"}, "Wybierz dzień późniejszy niż dzisiejszy."),
        ({"mend_by": "2099-01-01"}, "Wybierz dzień w ciągu najbliższego roku."),
        ({"fault": []}, "Wybierz co najmniej jeden błąd."),
        ({"fault": "heading_skipped|x"}, "nie jest żadną z dostępnych opcji"),
    ],
)
def test_without_a_reason_and_a_day_nothing_passes(lead_desk: Client, fields: dict, words: str) -> None:
    page = make_text_page(HERE_LINK)
    assert words in words_of(let_pass(lead_desk, page, **fields))
    assert not Exemption.objects.exists()


@pytest.mark.rule("check-5")
def test_editors_and_strangers_let_nothing_pass(desk: Client, editor) -> None:
    page = make_text_page(HERE_LINK)
    shown = words_of(desk.get(address_of_faults(page)))
    assert WORDS in shown
    assert 'name="reason"' not in shown
    let_pass(desk, page)
    one = make_exemption(page)
    desk.post(reverse("cms_checks_take_back", args=[one.pk]))
    one.refresh_from_db()
    assert one.closed_at is None
    assert Exemption.objects.count() == 1
    with pytest.raises(PermissionDenied):
        actions.let_faults_pass(
            row=page, faults=[("link_says_nothing", "tutaj")], reason="x", mend_by=date.today(), by=editor
        )
    for stranger in (Client(), _signed_in(Role.COORDINATORS)):
        assert WORDS not in words_of(stranger.get(address_of_faults(page), follow=True))


def _signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(staff(role))
    return client


@pytest.mark.rule("check-5")
def test_what_is_never_checked_has_no_such_page(lead_desk: Client) -> None:
    assert lead_desk.get(reverse("cms_checks_faults", args=[9999, 1]), follow=True).status_code == 404
    page = make_text_page()
    address = address_of_faults(page).replace(f"/{page.pk}/", "/999999/")
    assert lead_desk.get(address, follow=True).status_code == 404


@pytest.mark.rule("check-5")
def test_an_exemption_closes_when_the_mended_page_is_published(lead_desk: Client) -> None:
    page = make_text_page(HERE_LINK)
    one, other = make_exemption(page), make_exemption(make_text_page(HERE_LINK))
    publish(page)
    one.refresh_from_db()
    assert one.closed_at is None
    page.body = [("text", GOOD)]
    publish(page)
    for row in (one, other):
        row.refresh_from_db()
    assert one.closed_at is not None
    assert other.closed_at is None
    assert actions.close_mended(row=page) == 0


@pytest.mark.rule("check-5")
def test_an_exemption_is_taken_back(lead_desk: Client) -> None:
    page = make_text_page(HERE_LINK)
    one = make_exemption(page)
    take_back = reverse("cms_checks_take_back", args=[one.pk])
    assert "Odstępstwo do" in words_of(lead_desk.get(address_of_faults(page)))
    assert lead_desk.get(take_back).status_code == 405
    for _again in range(2):
        assert lead_desk.post(take_back).status_code == 302
    one.refresh_from_db()
    assert one.closed_at is not None
    assert queries.refusal_words(page)


@pytest.mark.rule("check-5")
def test_what_somebody_let_pass_at_a_film_is_not_held_against_its_lesson(lead, django_assert_max_num_queries) -> None:
    film = FilmFactory(bare=True, title="Niemy")
    faults = {fault.check.value for fault in queries.faults_of(film)}
    assert {"film_without_captions", "film_without_transcript"} <= faults
    from tests.factories.catalogue import make_course_page, make_lesson

    lesson = make_lesson(make_course_page(), body=[("film", {"film": film})])
    assert {fault.check.value for fault in queries.faults_of(lesson)} == faults
    keys = [fault.key for fault in queries.faults_of(film)]
    day = date.today() + timedelta(days=9)
    assert len(
        actions.let_faults_pass(row=film, faults=keys, reason="Napisy robi autor.", mend_by=day, by=lead)
    ) == len(keys)
    assert queries.faults_of(lesson) == []
    assert queries.refusal_words(Film.objects.get()) == []
    with django_assert_max_num_queries(6):
        queries.faults_of(lesson)


@pytest.mark.rule("check-6")
def test_the_declaration_gets_what_is_public_and_open() -> None:
    page, draft, english = (
        make_text_page(HERE_LINK),
        make_text_page(HERE_LINK),
        make_text_page(HERE_LINK, language="en"),
    )
    publish(page)
    publish(english)
    for row in (page, draft, english):
        make_exemption(row)
    make_exemption(page, what="link", closed_at=timezone.now())
    one, untranslated = queries.open_exemptions("pl")
    assert untranslated.title == english.title
    assert (one.title, one.address) == (page.title, page.get_url())
    assert one.fault == "Tekst linku „tutaj” nie mówi, dokąd on prowadzi."
    assert one.reason.startswith("Autor poprawia")
    assert {row.title for row in queries.open_exemptions("en")} == {page.title, english.title}
    twin = page.copy_for_translation(english.locale, copy_parents=True)
    publish(twin)
    assert [row.title for row in queries.open_exemptions("en")] == [english.title]
    PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    assert queries.open_exemptions("en") == []


@pytest.mark.rule("check-6")
def test_the_declaration_costs_the_same_for_one_and_for_many(django_assert_num_queries, settings) -> None:
    pages = [make_text_page(HERE_LINK) for _number in range(4)]
    for page in pages:
        publish(page)
    make_exemption(pages[0])
    queries.open_exemptions("pl")
    with django_assert_num_queries(4) as first:
        queries.open_exemptions("pl")
    for page in pages[1:]:
        make_exemption(page)
    with django_assert_num_queries(len(first.captured_queries)):
        assert len(queries.open_exemptions("pl")) == 4


@pytest.mark.rule("check-7")
def test_whoever_let_a_fault_pass_is_reminded_once(lead) -> None:
    due = make_exemption(make_text_page(HERE_LINK), days=-1, granted_by=lead)
    make_exemption(make_text_page(HERE_LINK), days=1, granted_by=lead)
    make_exemption(make_text_page(HERE_LINK), days=-1, granted_by=lead, closed_at=timezone.now())
    for _again in range(2):
        actions.remind_of_exemptions(today=date.today())
    (letter,) = OutgoingMail.objects.filter(template="exemption_due")
    assert (letter.recipient, letter.language) == (lead.email, "pl")
    assert letter.context["title"] == due.title


@pytest.mark.rule("check-7")
def test_without_that_person_all_lead_editors_are_reminded_and_what_is_gone_is_closed(lead, editor) -> None:
    staff(Role.LEAD_EDITORS)
    make_exemption(make_text_page(HERE_LINK), days=-1)
    gone = make_text_page(HERE_LINK)
    closed = make_exemption(gone, days=-1)
    gone.delete()
    assert actions.remind_of_exemptions(today=date.today()) == 2
    closed.refresh_from_db()
    assert closed.closed_at is not None


@pytest.mark.rule("check-7")
def test_exemptions_are_listed_narrowed_and_exported(desk: Client, lead) -> None:
    make_exemption(make_text_page(HERE_LINK, title="Po terminie"), days=-1, granted_by=lead)
    make_exemption(make_text_page(HERE_LINK, title="W terminie"), what="=cmd()")
    make_exemption(make_text_page(HERE_LINK, title="Zamknięte"), closed_at=timezone.now())
    address = reverse("exemptions:index")
    shown = words_of(desk.get(address))
    assert all(word in shown for word in ("Po terminie", "W terminie", "Zamknięte"))
    for state, count in (("open", 2), ("due", 1), ("closed", 1)):
        assert len(desk.get(address, {"state": state}).context["object_list"]) == count
    assert len(desk.get(address, {"q": "Po terminie"}).context["object_list"]) == 1
    sheet = desk.get(address, {"export": "csv"}).getvalue().decode()
    assert lead.email in sheet
    assert sheet.count("\n") == 4
    assert _signed_in(Role.COORDINATORS).get(address).status_code == 302


# --- The review ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("editor-1")
def test_editors_hand_in_and_lead_editors_publish(desk: Client, lead_desk: Client, editor, lead) -> None:
    page = make_text_page(GOOD)
    form = form_of(GOOD, title=page.title, slug=page.slug)
    desk.post(edit(page), form | {"action-publish": "1"})
    page.refresh_from_db()
    assert not page.live, "an editor has no such button"
    assert desk.post(edit(page), form | {"action-submit": "1"}).status_code == 302
    state = WorkflowState.objects.get(status="in_progress")
    assert str(state.workflow) == "Redakcja → redakcja prowadząca"
    (asked,) = OutgoingMail.objects.filter(template="review_asked")
    assert asked.recipient == lead.email
    assert asked.context["author"] == "Piotr Piszący"
    assert page.title in words_of(lead_desk.get(reverse("wagtailadmin_home")))
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    assert lead_desk.post(edit(page), form | approve).status_code == 302
    page.refresh_from_db()
    assert page.live
    (told,) = OutgoingMail.objects.filter(template="review_approved")
    assert told.recipient == editor.email


@pytest.mark.rule("editor-1")
def test_a_page_comes_back_with_words(desk: Client, lead_desk: Client, editor) -> None:
    page = make_text_page(GOOD)
    desk.post(edit(page), form_of(GOOD, title=page.title, slug=page.slug) | {"action-submit": "1"})
    task = page.current_workflow_task_state
    reject = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", task.pk])
    lead_desk.post(reject, {"comment": "Dopisz źródło."})
    (told,) = OutgoingMail.objects.filter(template="review_given_back")
    assert (told.recipient, told.context["comment"]) == (editor.email, "Dopisz źródło.")
    assert not OutgoingMail.objects.filter(template="review_approved").exists()


@pytest.mark.rule("editor-1")
def test_approving_goes_past_no_fault(desk: Client, lead_desk: Client, editor) -> None:
    target = make_text_page(GOOD)
    page = make_text_page(text := f'<p><a linktype="page" id="{target.pk}">regulamin</a></p>')
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    target.delete()
    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk]
    )
    lead_desk.post(approve, {"comment": ""})
    page.refresh_from_db()
    assert not page.live
    (told,) = OutgoingMail.objects.filter(template="review_given_back")
    assert "których już nie ma" in told.context["comment"]
    assert text


@pytest.mark.rule("editor-1")
def test_the_review_is_set_once_and_what_people_changed_stays() -> None:
    workflow = actions.make_review()
    assert workflow is not None
    workflow.name = "Nasza droga"
    workflow.save()
    again = actions.make_review()
    assert again == workflow
    assert again.name == "Nasza droga"
    assert make_text_page().get_workflow() == workflow
