"""Whatever is typed into a search of the administration, it answers."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import MATCH_ALL, And, Phrase, PlainText

from cms.accounts.rules import Role
from cms.search_backend import MOST_WORDS, only_words, words_of
from media.models import Film
from tests.factories.accounts import UserFactory
from tests.factories.media import FilmFactory

BAD = [
    '"', '""', '"a', "'", '=HYPERLINK("http://x")', " ", "\x00", "a\x00b", "(", ")", "*", "a*", "AND", "NOT a", "a AND",
    "{title} : a", "^a", "a:b", "-", "--", "%s", "%", "\\", "_", "🙂", "\ufeff", "Ⅷ", "x" * 5000, "a " * 200,
]  # fmt: skip
ADDRESSES = [
    "wagtailimages:index", "wagtailimages:index_results", "wagtailimages_chooser:choose_results",
    "wagtaildocs:index", "wagtaildocs:index_results", "wagtaildocs_chooser:choose_results",
    "wagtailsnippets_media_film:list", "wagtailsnippets_media_film:list_results",
    "wagtailsnippetchoosers_media_film:choose_results",
    "wagtailsnippetchoosers_courses_assessment_question:choose_results",
    "wagtailsnippetchoosers_courses_assessment_quiz:choose_results",
    "wagtailadmin_pages:search", "wagtailadmin_pages:search_results", "wagtailadmin_choose_page_search",
    "wagtailadmin_explore_root",
]  # fmt: skip


@pytest.fixture
def editor(db: None) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(UserFactory(roles=[Role.EDITORS]))
    return client


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_lists_and_choosers_answer(editor: Client, name: str) -> None:
    for typed in BAD:
        assert editor.get(reverse(name), {"q": typed}).status_code == 200, repr(typed)


def test_the_pages_below_a_page_are_searched(editor: Client) -> None:
    address = reverse("wagtailadmin_explore", args=[Page.objects.get(depth=1).pk])
    for typed in BAD:
        assert editor.get(address, {"q": typed}).status_code == 200, repr(typed)


def test_the_api_of_the_administration_answers(editor: Client) -> None:
    for kind in ("pages", "images", "documents"):
        for typed in BAD:
            answer = editor.get(f"/admin/api/main/{kind}/", {"search": typed})
            assert answer.status_code == 200, (kind, typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Zażółć gęślą", "Zażółć gęślą"),
        ("z\u0307o\u0301łw", "żółw"),
        ('=HYPERLINK("http://x")', "HYPERLINK http x"),
        ("karta-usługi_2.pdf", "karta usługi 2 pdf"),
        (' "*() \x00', ""),
        ("a " * 100, ("a " * MOST_WORDS).strip()),
    ],
)
def test_only_words_are_looked_for(typed: str, words: str) -> None:
    assert words_of(typed) == words


def test_the_parts_of_a_query_keep_their_kind() -> None:
    query = only_words(And([Phrase('a "b"'), PlainText("c*", operator="or")]))
    assert repr(query) == "<And <Phrase 'a b'> <PlainText 'c' operator='or' boost=1>>"
    assert only_words(And([Phrase("a"), PlainText("*")])) is None
    assert only_words(MATCH_ALL) is MATCH_ALL


@pytest.mark.django_db
def test_words_are_found_in_spite_of_what_stands_around_them() -> None:
    film = FilmFactory(title="Jak zgłosić „zapotrzebowanie” (część 1)")
    search = get_search_backend()
    for typed in ("zapotrz", '"zapotrzebowanie" (1', "część*", "zgłosić AND NOT"):
        found = list(search.autocomplete(typed, Film))
        assert found == ([] if "NOT" in typed else [film]), typed
    for typed in ("", '"', "nigdzie"):
        assert list(search.autocomplete(typed, Film.objects.all())) == []
        assert search.search(typed, Film).count() == 0
    assert list(search.search(MATCH_ALL, Film)) == [film]
