"""Nothing is published as a translation that the form of a page would refuse, and nothing is overwritten."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.accounts.rules import Role
from cms.languages import actions
from tests.factories.accounts import UserFactory
from tests.factories.assessment import QuestionFactory
from tests.factories.catalogue import locale, make_home
from tests.factories.languages import submit, translate_all, translation_of
from tests.factories.media import ImageFactory
from tests.factories.pages import make_text_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client: Client) -> Client:
    client.force_login(UserFactory(roles=[Role.LEAD_EDITORS]))
    return client


def page_with_fault() -> Any:
    """A page handed to translation, with a picture that nobody described."""
    submit(make_home())
    picture = {"image": {"image": ImageFactory().pk, "alt_text": "", "decorative": False}, "caption": ""}
    page = make_text_page("O nas", body=json.dumps([{"type": "image", "value": picture}]))
    submit(page)
    twin = page.get_translation(locale("en")).specific
    translate_all(twin, "English")
    return page, twin


def edit(twin: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[twin.pk])


@pytest.mark.rule("languages-7")
def test_a_faulty_translation_is_refused_and_kept(lead: Client, django_capture_on_commit_callbacks: Any) -> None:
    _page, twin = page_with_fault()
    with django_capture_on_commit_callbacks(execute=True):
        response = lead.post(edit(twin), {"action": "publish"}, follow=True)
    assert [message.level_tag for message in response.context["messages"]][:1] == ["error"]
    twin.refresh_from_db()
    assert (twin.live, twin.title) == (False, "O nas")
    assert translation_of(twin).get_progress()[0] == translation_of(twin).get_progress()[1] > 0


@pytest.mark.rule("languages-7")
def test_what_is_sent_on_is_not_published_with_a_fault_either(
    lead: Client, django_capture_on_commit_callbacks: Any
) -> None:
    _page, twin = page_with_fault()
    where = reverse("wagtail_localize:update_translations", args=[translation_of(twin).source_id])
    with django_capture_on_commit_callbacks(execute=True):
        assert lead.post(where, {"publish_translations": "on"}).status_code == 302
    twin.refresh_from_db()
    assert not twin.live


@pytest.mark.rule("languages-7")
def test_a_sound_translation_is_published(lead: Client, django_capture_on_commit_callbacks: Any) -> None:
    submit(make_home())
    page = make_text_page("O nas")
    submit(page)
    twin = page.get_translation(locale("en"))
    translate_all(twin, "English")
    assert lead.get(edit(twin)).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert lead.post(edit(twin), {"action": "publish"}).status_code == 302
    twin.refresh_from_db()
    assert (twin.live, twin.title) == (True, "English: O nas")


@pytest.mark.rule("languages-7")
def test_an_editor_who_may_not_publish_publishes_no_translation(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(UserFactory(roles=[Role.EDITORS]))
    submit(make_home())
    page = make_text_page("O nas")
    submit(page)
    twin = page.get_translation(locale("en"))
    where = reverse("wagtail_localize:update_translations", args=[translation_of(twin).source_id])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(edit(twin), {"action": "publish"}).status_code in {302, 403}
        assert client.post(where, {"publish_translations": "on"}).status_code == 302
    twin.refresh_from_db()
    assert not twin.live


@pytest.mark.rule("languages-7")
@pytest.mark.parametrize("leave", [["change_question"], ["change_question", "publish_question"]])
def test_who_may_not_publish_a_question_publishes_no_translation_of_it(
    client: Client, django_capture_on_commit_callbacks: Any, leave: list[str]
) -> None:
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=[*leave, "access_admin", "submit_translation"]))
    client.force_login(user)
    question = QuestionFactory()
    question.save_revision().publish()
    submit(question)
    twin = question.get_translation(locale("en"))
    translate_all(twin, "English")
    where = reverse("wagtail_localize:update_translations", args=[translation_of(twin).source_id])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(where, {"publish_translations": "on"}).status_code == 302
    twin.refresh_from_db()
    assert twin.live == ("publish_question" in leave)


@pytest.mark.rule("languages-7", "quiz-15")
def test_a_question_whose_original_has_other_answers_now_is_not_published(
    lead: Client, django_capture_on_commit_callbacks: Any
) -> None:
    question = QuestionFactory()
    question.save_revision().publish()
    submit(question)
    twin = question.get_translation(locale("en"))
    question.refresh_from_db()
    question.options.add(type(question.options.first())(text="Nowa", correct=False, locale=question.locale))
    question.save_revision().publish()
    where = reverse(type(question).snippet_viewset.get_url_name("edit"), args=[twin.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert lead.post(where, {"action": "publish"}).status_code == 302
    twin.refresh_from_db()
    assert not twin.live


@pytest.mark.rule("languages-6")
def test_a_page_is_handed_over_below_a_translated_one_only(lead: Client) -> None:
    make_home("en")
    above = make_text_page("Nad")
    below = make_text_page("Pod", below=above)
    where = reverse("wagtail_localize:submit_page_translation", args=[below.pk])
    response = lead.post(where, {"locales": [locale("en").pk]})
    assert response.status_code == 200
    assert "locales" in response.context["form"].errors
    assert not below.get_translations().exists()
    assert not above.get_translations().exists(), "nothing mirrors it"
    submit(above)
    assert lead.post(where, {"locales": [locale("en").pk]}).status_code == 302
    assert below.get_translations().get().alias_of_id is None


@pytest.mark.rule("languages-6")
def test_handing_over_all_pages_below_leaves_what_was_written_by_hand(lead: Client) -> None:
    home, _english = make_home(), make_home("en")
    page, other = make_text_page("O nas"), make_text_page("Inna")
    by_hand = make_text_page("About us", language="en")
    by_hand.translation_key = page.translation_key
    by_hand.save()
    revision = by_hand.latest_revision_id
    assert actions.submit_below(page=home, locale=locale("en"), by=None) == 1
    assert actions.submit_below(page=home, locale=locale("en"), by=None) == 0, "again is nothing"
    by_hand.refresh_from_db()
    assert (by_hand.title, by_hand.latest_revision_id, by_hand.live) == ("About us", revision, True)
    assert not other.get_translations().get().live
    where = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert lead.post(where, {"locales": [locale("en").pk]}).status_code == 200, "its language is not offered"
    by_hand.refresh_from_db()
    assert by_hand.title == "About us"
    assert "lead" in lead.get(edit(by_hand)).context["form"].fields, "edited in the form of a page"


@pytest.mark.rule("languages-1")
def test_no_page_is_turned_into_a_mirror(lead: Client) -> None:
    submit(make_home())
    page = make_text_page("O nas")
    submit(page)
    twin = page.get_translation(locale("en"))
    where = reverse("wagtail_localize:convert_to_alias", args=[twin.pk])
    assert lead.post(where).status_code in {302, 403}
    twin.refresh_from_db()
    assert twin.alias_of_id is None


@pytest.mark.rule("languages-8")
def test_rows_of_lists_lead_to_translation_without_a_query_each(lead: Client, django_assert_num_queries: Any) -> None:
    home = make_home()
    page = make_text_page("Pierwsza")
    where = reverse("wagtailadmin_explore", args=[home.pk])
    assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) in lead.get(where).content.decode()
    lead.get(where)
    with CaptureQueriesContext(connection) as queries:
        lead.get(where)
        count = len(queries)
    for _number in range(3):
        make_text_page()
    lead.get(where)
    with django_assert_num_queries(count):
        lead.get(where)
