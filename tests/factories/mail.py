"""Letters."""

import factory

from cms.mail.models import OutgoingMail


class OutgoingMailFactory(factory.django.DjangoModelFactory):
    """A queued letter that tells that an account was deleted: the simplest of all, it needs no context."""

    class Meta:
        model = OutgoingMail

    idempotency_key = factory.Sequence(lambda number: f"letter:{number}")
    recipient = "anna@example.org"
    template = "account_deleted"
    language = "pl"
