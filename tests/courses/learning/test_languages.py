"""What is not in the language of the page says so."""

import pytest
from django.test import Client

from courses.catalogue.actions import refresh_words
from courses.catalogue.models import LessonPage
from tests.browsers import address
from tests.factories.accounts import PersonFactory
from tests.factories.learning import enrol
from tests.factories.site import make_academy

pytestmark = pytest.mark.django_db


@pytest.mark.rule("page-14")
def test_titles_that_are_not_translated_are_marked_as_polish(client: Client) -> None:
    academy = make_academy()
    LessonPage.objects.filter(locale__language_code="en").update(live=False)
    refresh_words(course=academy.course)
    academy.course.refresh_from_db()
    person = PersonFactory()
    enrol(person, academy.course)
    client.force_login(person.user)
    step = address("courses_learning:open-step", "en", **academy.address(academy.lesson))
    text = client.get(step).content.decode()
    assert '<h1 lang="pl">Karta usługi</h1>' in text.replace("\u00a0", " ")
    assert '<span lang="pl">M1.1 Karta usługi</span>' in text.replace("\u00a0", " ")
    assert ">Quiz after the lesson<" in text.replace("\u00a0", " ")
    polish = client.get(address("courses_learning:open-step", **academy.address(academy.lesson))).content.decode()
    assert 'lang="pl">Karta' not in polish.replace("\u00a0", " ")
    mine = client.get(address("courses_learning:list-mine", "en")).content.decode().replace("\u00a0", " ")
    assert '<h2 id="next-step-title" lang="pl">Karta usługi</h2>' in mine
