"""What the addresses of courses are made of, as editors type it."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts.rules import Role
from tests.courses.catalogue.test_editing import course_form
from tests.factories.accounts import staff
from tests.factories.catalogue import make_course_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["Szkolenie o żółwiach", "kod!", "łódź"])
def test_a_wrong_code_is_refused_in_words_that_editors_know(client: Client, code: str) -> None:
    page = make_course_page(code="nowe-szkolenie")
    client.force_login(staff(Role.EDITORS))
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), course_form([]) | {"code": code})
    [error] = answer.context["form"].errors["code"]
    assert "liter bez znaków diakrytycznych" in error.replace("\xa0", " ")
    assert "slug" not in error


def test_the_address_that_a_title_gives_has_no_letters_with_diacritics(client: Client) -> None:
    """The browser makes it from the title while it is typed; this is how it is told."""
    page = make_course_page(code="nowe-szkolenie")
    client.force_login(staff(Role.EDITORS))
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'data-controller="w-slug"' in shown
    assert "data-w-slug-allow-unicode-value" not in shown
