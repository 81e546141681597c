"""Who may look into a chooser."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts.rules import Role
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

MODELS = ["media_film", "courses_assessment_question", "courses_assessment_quiz", "courses_assessment_questionbank"]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("roles", "opens"), [([Role.EDITORS], True), ([Role.COORDINATORS], False), ([Role.ADMINISTRATORS], False)]
)
def test_choosers_open_for_whom_their_lists_open(model: str, roles: list[Role], opens: bool) -> None:
    client = Client()
    client.force_login(UserFactory(roles=roles))
    space = f"wagtailsnippetchoosers_{model}"
    for name in ("choose", "choose_results", "chosen_multiple"):
        answer = client.get(reverse(f"{space}:{name}"), headers={"X-Requested-With": "XMLHttpRequest"})
        assert answer.status_code == (200 if opens else 403), name
    if not opens:
        chosen = reverse(f"{space}:chosen", args=["1"])
        assert client.get(chosen, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403


def test_a_stranger_is_sent_to_the_door() -> None:
    answer = Client().get(reverse("wagtailsnippetchoosers_media_film:choose"))
    assert answer.status_code == 302
