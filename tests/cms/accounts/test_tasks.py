"""Jobs about accounts call one action each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.accounts import tasks
from cms.accounts.models import User
from tests.factories.accounts import PersonFactory


@pytest.mark.rule("account-18")
@pytest.mark.django_db
def test_the_nightly_job_removes_accounts_that_nobody_proved() -> None:
    PersonFactory(user__verified=False, user__date_joined=timezone.now() - timedelta(days=15))
    tasks.remove_unverified.enqueue()
    assert not User.objects.exists()
