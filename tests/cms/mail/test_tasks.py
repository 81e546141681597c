"""Jobs of the outbox call one action each."""

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from cms.mail import tasks
from cms.mail.models import OutgoingMail
from tests.factories.mail import OutgoingMailFactory

pytestmark = pytest.mark.django_db


@pytest.mark.rule("mail-1", "mail-7")
def test_jobs_send() -> None:
    tasks.send.enqueue(OutgoingMailFactory().pk)
    OutgoingMailFactory()
    tasks.send_due.enqueue()
    assert len(django_mail.outbox) == 2


@pytest.mark.rule("mail-1")
def test_a_job_for_a_letter_that_is_gone_does_nothing() -> None:
    tasks.send.enqueue(999)
    assert django_mail.outbox == []


@pytest.mark.rule("mail-9")
def test_the_nightly_job_tidies() -> None:
    OutgoingMailFactory(state="failed", created_at=timezone.now() - timedelta(days=91))
    tasks.tidy.enqueue()
    assert not OutgoingMail.objects.exists()
