"""What this room does when Wagtail or Django say that something happened."""

from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowPage, WorkflowState
from wagtail.signals import published, task_submitted, workflow_approved, workflow_rejected

from cms.checks import review_letters
from cms.checks.actions import close_mended, make_review
from cms.checks.models import LeadReview


@receiver(post_migrate)
def set_the_review(app_config: Any, **kwargs: Any) -> None:
    """Once the last app has its tables, pages get their way from editors to lead editors."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    tables = {LeadReview._meta.db_table, WorkflowPage._meta.db_table}
    if app_config == with_models[-1] and tables <= set(connection.introspection.table_names()):
        make_review()


@receiver(published)
def close_exemptions(instance: Any, **kwargs: Any) -> None:
    """What has been mended needs no exemption any more."""
    close_mended(row=instance)


@receiver(task_submitted)
def write_to_reviewers(instance: TaskState, user: Any, **kwargs: Any) -> None:
    """A page waits for a review."""
    review_letters.write_that_it_waits(state=instance, by=user)


@receiver(workflow_rejected, sender=WorkflowState)
def write_that_it_came_back(instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    """A page was given back to its author."""
    review_letters.write_that_it_came_back(state=instance, by=user)


@receiver(workflow_approved, sender=WorkflowState)
def write_that_it_is_approved(instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    """A page was approved, and with that published."""
    review_letters.write_that_it_is_approved(state=instance, by=user)
