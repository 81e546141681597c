"""Reviews, headings and reminders: written once, by whoever may."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from cms.accounts.rules import Role
from cms.declaration import tasks
from cms.declaration.actions import keep_list, place, record_review, remind_of_review
from cms.declaration.models import ListedThen, Placement, Reminder, Review
from cms.declaration.queries import standing
from cms.declaration.rules import Group, ReviewState
from cms.mail.letters import compose
from cms.mail.models import OutgoingMail
from cms.pages.models import AccessibilityPage
from cms.pages.versions import versions_of
from tests.factories.accounts import staff
from tests.factories.catalogue import publish
from tests.factories.checks import HERE_LINK, make_exemption, make_text_page
from tests.factories.declaration import make_declaration, make_review

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 1)
FACTS = {
    "reviewed_on": TODAY,
    "kind": "yearly",
    "method": "self",
    "status": "not",
    "next_on": date(2028, 3, 31),
    "notes": "Sprawdzono wszystkie szablony.",
    "today": TODAY,
}


@pytest.mark.rule("declaration-5")
def test_a_review_is_written_once_and_published_in_each_language(lead) -> None:
    pages = [make_declaration("pl"), make_declaration("en")]

    first = record_review(by=lead, **FACTS)
    again = record_review(by=lead, **FACTS)

    assert first == again
    assert (first.reviewed_by, first.status, first.auditor) == (lead, "not", "")
    assert ModelLogEntry.objects.filter(action="declaration.review").count() == 1
    for page in pages:
        page.refresh_from_db()
        assert (page.status, page.reviewed_on, page.has_unpublished_changes) == ("not", TODAY, False)
        assert len(versions_of(page)) == 2


@pytest.mark.rule("declaration-5")
def test_other_facts_of_the_same_day_are_refused(lead) -> None:
    make_declaration()
    record_review(by=lead, **FACTS)

    with pytest.raises(ValidationError) as refused:
        record_review(by=lead, **FACTS | {"status": "partly"})

    assert "reviewed_on" in refused.value.message_dict
    assert Review.objects.get().status == "not"


@pytest.mark.rule("declaration-5")
def test_a_draft_stays_a_draft(lead) -> None:
    page = make_declaration()
    page.body_name = "Nazwa, której nikt nie opublikował"
    page.save_revision()

    record_review(by=lead, **FACTS)

    page.refresh_from_db()
    assert page.body_name == "Stowarzyszenie Przykładowe"
    assert page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    assert (draft.body_name, draft.status, draft.reviewed_on) == ("Nazwa, której nikt nie opublikował", "not", TODAY)


@pytest.mark.rule("declaration-5")
def test_an_older_review_that_is_entered_later_changes_no_page(lead) -> None:
    page = make_declaration()
    record_review(by=lead, **FACTS)

    record_review(
        by=lead, **FACTS | {"reviewed_on": date(2026, 12, 1), "next_on": date(2027, 3, 31), "status": "partly"}
    )

    page.refresh_from_db()
    assert (page.status, page.reviewed_on) == ("not", TODAY)
    assert len(versions_of(page)) == 2


@pytest.mark.rule("declaration-3")
def test_compliant_is_refused_while_something_is_not_accessible(lead) -> None:
    make_declaration()
    english = make_text_page(HERE_LINK, language="en")
    publish(english)
    make_exemption(english)

    with pytest.raises(ValidationError) as refused:
        record_review(by=lead, **FACTS | {"status": "compliant"})

    assert "status" in refused.value.message_dict
    assert not Review.objects.exists()


@pytest.mark.rule("declaration-5")
@pytest.mark.parametrize("role", [Role.EDITORS, Role.TRAINERS, Role.COORDINATORS])
def test_others_write_no_review_and_no_heading(role) -> None:
    make_declaration()
    stranger = staff(role)

    with pytest.raises(PermissionDenied):
        record_review(by=stranger, **FACTS)
    with pytest.raises(PermissionDenied):
        place(by=stranger, key="exemption:1", group=Group.NOT_COVERED)

    assert not Review.objects.exists()
    assert not Placement.objects.exists()


@pytest.mark.rule("declaration-5")
def test_an_administrator_may_review_without_the_right_to_publish_pages() -> None:
    page = make_declaration()

    record_review(by=staff(Role.ADMINISTRATORS), **FACTS)

    page.refresh_from_db()
    assert page.reviewed_on == TODAY


def test_a_heading_is_one_row_and_the_last_word_holds(lead) -> None:
    place(by=lead, key="file:1", group=Group.EXCESSIVE, reason="Drogo.", assessment_url="https://example.org/o")
    place(by=lead, key="file:1", group=Group.NOT_COVERED, reason="Archiwum.", assessment_url="https://example.org/o")

    row = Placement.objects.get()
    assert (row.group, row.reason, row.assessment_url) == ("not_covered", "Archiwum.", "")


@pytest.mark.rule("declaration-6")
def test_the_list_of_a_version_is_kept_once() -> None:
    page = make_declaration()
    assert ListedThen.objects.count() == 1

    keep_list(page=page, revision=page.live_revision)

    assert ListedThen.objects.count() == 1


@pytest.mark.rule("declaration-4")
def test_lead_editors_are_written_to_once_in_february_and_once_when_it_is_overdue(lead) -> None:
    make_declaration(prepared_on=date(2026, 11, 24))
    staff(Role.EDITORS)
    closed = staff(Role.LEAD_EDITORS)
    closed.is_active = False
    closed.save()

    assert remind_of_review(today=date(2027, 1, 31)) == 0
    assert [remind_of_review(today=date(2027, 2, day)) for day in (1, 2, 28)] == [1, 0, 0]
    assert [remind_of_review(today=date(2027, 4, day)) for day in (1, 2)] == [1, 0]

    letters = list(OutgoingMail.objects.filter(template="declaration_review").order_by("pk"))
    assert [(letter.recipient, letter.context["overdue"]) for letter in letters] == [
        (lead.email, False),
        (lead.email, True),
    ]
    assert Reminder.objects.count() == 2


@pytest.mark.rule("declaration-4")
def test_a_review_ends_the_reminders(lead) -> None:
    make_declaration(prepared_on=date(2026, 11, 24))
    make_review(date(2027, 2, 10))

    assert remind_of_review(today=date(2027, 4, 1)) == 0
    assert remind_of_review(today=date(2028, 2, 5)) == 1


@pytest.mark.rule("declaration-4")
def test_without_lead_editors_administrators_are_written_to() -> None:
    make_declaration(prepared_on=date(2026, 11, 24))
    admin = staff(Role.ADMINISTRATORS)

    remind_of_review(today=date(2027, 2, 1))

    assert OutgoingMail.objects.get(template="declaration_review").recipient == admin.email


def test_without_a_declaration_nobody_is_reminded(lead) -> None:
    tasks.remind.call()

    assert standing(today=TODAY).next_on is None
    assert not OutgoingMail.objects.exists()
    assert AccessibilityPage.objects.count() == 0


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("overdue", [True, False])
def test_the_letter_has_both_parts(lead, language: str, overdue: bool) -> None:
    context = {"day": "31 marca 2027 r.", "overdue": overdue, "due": 2, "url": "https://example.org/admin/"}
    mail = OutgoingMail(
        idempotency_key="x", recipient=lead.email, template="declaration_review", language=language, context=context
    )

    message = compose(mail)

    html = str(message.alternatives[0][0])
    for text in (str(message.body), html):
        assert "31 marca 2027 r." in text
        assert "https://example.org/admin/" in text
    assert "\n" not in message.subject


@pytest.mark.rule("declaration-4")
def test_the_day_of_the_next_review_follows_the_newest_of_all_days() -> None:
    make_declaration(prepared_on=date(2026, 11, 24), reviewed_on=date(2027, 3, 3))
    make_review(date(2027, 1, 1), next_on=date(2027, 2, 1))

    now = standing(today=date(2027, 4, 1))

    assert (now.next_on, now.state) == (date(2028, 3, 31), ReviewState.FINE)
