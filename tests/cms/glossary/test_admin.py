"""Terms in the administration: who may, the list, the form, hints of a page, where a term is used."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from cms.accounts.rules import Role
from cms.glossary import actions, tasks
from cms.glossary.models import PageWithoutHints, Term, TermUse
from tests.factories.accounts import UserFactory, staff
from tests.factories.catalogue import make_home
from tests.factories.glossary import make_term
from tests.factories.news import make_news
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def at(name: str, *args: int) -> str:
    return reverse(Term.snippet_viewset.get_url_name(name), args=args)


def form_of_a_term(**fields: str) -> dict[str, str]:
    empty = ("slug", "abbreviation", "synonyms", "forms", "source", "legal_as_of")
    return dict.fromkeys(empty, "") | {"title": "karta usługi", "explanation": "Opis usługi.", "text": "null"} | fields


@pytest.mark.rule("glossary-5")
def test_editors_write_terms_and_others_do_not(client: Client) -> None:
    make_home()
    client.force_login(UserFactory())
    assert client.get(at("list")).status_code in (302, 403)
    client.force_login(staff(Role.COORDINATORS))
    assert client.get(at("list")).status_code in (302, 403)
    assert client.get(reverse("cms_glossary_uses", args=[make_term().pk])).status_code in (302, 403)
    client.force_login(staff(Role.EDITORS))
    assert client.get(at("list")).status_code == 200
    answer = client.post(at("add"), form_of_a_term() | {"action-publish": "1"})
    assert answer.status_code == 302
    term = Term.objects.get(title="karta usługi")
    assert (term.slug, term.live) == ("karta-uslugi", True)


@pytest.mark.rule("glossary-5")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"slug": "main"}, "Tego słowa potrzebuje sama strona."),
        ({"slug": "letter-a"}, "Tego słowa potrzebuje sama strona."),
        ({"explanation": ""}, "To pole jest wymagane."),
        ({"title": ""}, "To pole jest wymagane."),
        ({"explanation": "x" * 351}, "350"),
    ],
)
def test_a_term_that_is_wrong_is_refused_at_its_field(client: Client, fields: dict, words: str) -> None:
    make_home()
    client.force_login(staff(Role.EDITORS))
    answer = client.post(at("add"), form_of_a_term(**fields) | {"action-publish": "1"})
    assert words in words_of(answer)
    assert not Term.objects.exists()


@pytest.mark.rule("glossary-5")
def test_two_terms_do_not_stand_at_one_place(client: Client) -> None:
    make_home()
    client.force_login(staff(Role.EDITORS))
    for _time in range(2):
        answer = client.post(at("add"), form_of_a_term() | {"action-publish": "1"})
    assert answer.status_code == 200
    assert Term.objects.count() == 1


@pytest.mark.rule("glossary-5")
def test_the_list_of_terms_costs_the_same_whatever_its_length(client: Client) -> None:
    make_home()
    client.force_login(staff(Role.EDITORS))
    make_term()
    client.get(at("list"))
    asked = []
    for total in (1, 3, 15):
        while Term.objects.count() < total:
            make_term(legal_as_of=date(2026, 11, 24))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at("list")).status_code == 200
        asked.append(len(queries))
    assert len(set(asked)) == 1, asked
    shown = words_of(client.get(at("list"), {"q": "numer", "live": "true"}))
    assert all(at("edit", term.pk) in shown for term in Term.objects.all())
    assert "24 listopada 2026 r." in shown
    assert "pojęcie numer" not in words_of(client.get(at("list"), {"q": "'-- nic"}))


@pytest.mark.rule("hint-4")
def test_whoever_may_edit_a_page_turns_its_hints_off(client: Client) -> None:
    page = make_news()
    ask = reverse("cms_glossary_ask_hints", args=[page.pk])
    client.force_login(staff(Role.COORDINATORS))
    assert client.post(ask, {"shown": "0"}).status_code == 302
    assert not PageWithoutHints.objects.exists()
    client.force_login(staff(Role.EDITORS))
    assert ask in words_of(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert "Nie objaśniaj tu pojęć" in words_of(client.get(ask))
    for _time in range(2):
        assert client.post(ask, {"shown": "0"}).status_code == 302
    assert PageWithoutHints.objects.get().page_id == page.pk
    assert "Objaśniaj tu pojęcia" in words_of(client.get(ask))
    client.post(ask, {"shown": "1"})
    assert not PageWithoutHints.objects.exists()


@pytest.mark.rule("glossary-6")
def test_editors_see_where_a_term_is_used(client: Client) -> None:
    term, other = make_term("karta usługi"), make_term("zupełnie inne")
    uses = make_news(title="O kartach", body=[("text", "<p>Na karcie usługi.</p>")])
    make_news(title="Szkic", body=[("text", "<p>karta usługi</p>")], live=False)
    make_news("en", title="English", body=[("text", "<p>karta usługi</p>")])
    for _time in range(2):
        actions.note_uses()
    assert [(use.term_id, use.page_id) for use in TermUse.objects.all()] == [(term.pk, uses.pk)]
    client.force_login(staff(Role.EDITORS))
    shown = words_of(client.get(reverse("cms_glossary_uses", args=[term.pk])))
    assert "O kartach" in shown
    assert at("edit", term.pk) in shown
    assert "Żadna opublikowana strona" in words_of(client.get(reverse("cms_glossary_uses", args=[other.pk])))
    uses.body = []
    uses.save_revision().publish()
    actions.note_uses()
    assert not TermUse.objects.exists()


@pytest.mark.rule("glossary-6")
def test_the_sweep_rests_until_something_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    monkeypatch.setattr(actions, "note_uses", lambda: calls.append(1))
    for _time in range(3):
        tasks.note_uses.call()
    assert len(calls) == 1
    cache.clear()
    tasks.note_uses.call()
    assert len(calls) == 2


def test_a_failed_language_leaves_the_others_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    make_term("karta usługi")
    make_news(body=[("text", "<p>karta usługi</p>")])
    actions.note_uses()

    def fail(locale: Locale) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "_pages_in", fail)
    with pytest.raises(RuntimeError):
        actions.note_uses()
    assert TermUse.objects.count() == 1
