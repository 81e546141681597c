"""Editors hand in, lead editors approve or give back."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState

from cms.checks import actions
from cms.mail.models import OutgoingMail
from tests.factories.checks import GOOD, edit, form_of, make_text_page
from tests.reading import words_of

pytestmark = pytest.mark.django_db


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
