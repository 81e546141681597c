"""Letters about reviews: to lead editors when a page waits, to its author when it comes back or is approved."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.accounts.queries import letter_language
from cms.checks.actions import edit_address
from cms.mail.actions import queue_mail


def write_that_it_waits(*, state: TaskState, by: User | None) -> int:
    """Tell everybody who may approve a page that it waits, but not whoever handed it in; tells how many. Once each."""
    task = state.task.specific
    readers = (
        User.objects.filter(groups__in=task.groups.all(), is_active=True).distinct() if hasattr(task, "groups") else []
    )
    author = state.workflow_state.requested_by
    context = _about(state.workflow_state) | {"author": _name_of(author) if author else _("Somebody")}
    return sum(
        _write("review_asked", f"review-asked:{state.pk}", reader, "submitted_notifications", context)
        for reader in readers
        if by is None or reader.pk != by.pk
    )


def write_that_it_came_back(*, state: WorkflowState, by: User | None) -> int:
    """Tell the author that a page was given back, with the words of whoever did. Once."""
    last = state.task_states.exclude(finished_at=None).order_by("-finished_at").first()
    context = _about(state) | {"comment": last.comment if last else ""}
    key = f"review-back:{last.pk if last else state.pk}"
    return _to_author(state, by, "review_given_back", key, "rejected_notifications", context)


def write_that_it_is_approved(*, state: WorkflowState, by: User | None) -> int:
    """Tell the author that a page was approved. Once."""
    return _to_author(
        state, by, "review_approved", f"review-approved:{state.pk}", "approved_notifications", _about(state)
    )


def _to_author(
    state: WorkflowState, by: User | None, template: str, key: str, wish: str, context: dict[str, Any]
) -> int:
    author = state.requested_by
    if author is None or not author.is_active or (by is not None and by.pk == author.pk):
        return 0
    return _write(template, key, author, wish, context)


def _write(template: str, key: str, reader: User, wish: str, context: dict[str, Any]) -> int:
    if not getattr(UserProfile.get_for_user(reader), wish):
        return 0
    queue_mail(
        key=f"{key}:{reader.pk}",
        recipient=reader.email,
        template=template,
        language=letter_language(reader.email),
        context=context,
    )
    return 1


def _about(state: WorkflowState) -> dict[str, Any]:
    row = state.content_object
    return {"title": str(row), "edit_url": edit_address(row)}


def _name_of(user: User) -> str:
    person = getattr(user, "person", None)
    return person.name if person is not None and person.name else user.email
