"""The demonstration: a fault that is let pass and a first review, each once."""

import pytest
from django.test import Client

from cms.accounts.demo import build as build_accounts
from cms.checks.actions import close_exemption
from cms.checks.models import Exemption
from cms.declaration.demo import finish
from cms.declaration.models import Review
from cms.pages.demo import build as build_pages

pytestmark = pytest.mark.django_db


@pytest.mark.rule("declaration-2")
def test_the_demonstration_declares_what_is_true_of_it_once(lead) -> None:
    build_accounts()
    list(build_pages() or ())
    for _twice in range(2):
        list(finish())

    one = Exemption.objects.get()
    assert Review.objects.get().kind == "first"
    html = Client().get("/pl/deklaracja-dostepnosci/").content.decode()
    assert "Notatka graficzna: od potrzeby do odbioru" in html.replace("\u00a0", " ")
    assert 'id="a11y-data-przeglad"' in html

    close_exemption(exemption_id=one.pk, by=lead)
    list(finish())
    assert not Exemption.objects.filter(closed_at=None).exists()
