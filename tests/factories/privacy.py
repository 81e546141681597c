"""Consents."""

import factory

from cms.privacy.models import Consent
from cms.privacy.rules import TERMS_VERSION
from tests.factories.accounts import UserFactory


class ConsentFactory(factory.django.DjangoModelFactory):
    """The terms in force, accepted."""

    class Meta:
        model = Consent

    user = factory.SubFactory(UserFactory)
    purpose = Consent.Purpose.TERMS
    text_version = TERMS_VERSION
