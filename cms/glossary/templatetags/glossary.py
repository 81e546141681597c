"""The glossary for templates: its terms from A to Z, and hints in the text of a page."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.glossary import rules
from cms.glossary.hints import with_hints
from cms.glossary.models import LETTER, GlossaryPage
from cms.glossary.queries import Explained, terms_of
from cms.pages.generation import generation_of, kept

register = template.Library()


@register.simple_tag(takes_context=True)
def glossary_listing(context: dict[str, Any], page: GlossaryPage) -> dict[str, Any]:
    """The terms that ``?q=`` asks for: ``sections`` [{letter, id, terms}], ``letters`` [{letter, id}] (``id`` is empty
    where no term begins with it), ``query``, ``total``."""
    request: HttpRequest = context["request"]
    language = get_language() or "pl"
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:100]
    terms = kept(request, f"glossary-terms:{page.pk}", lambda: terms_of(page))
    found = [term for term in terms if not query or _fits(term, query, language)]
    sections: dict[str, list[Explained]] = {}
    for term in found:
        sections.setdefault(rules.letter_of(term.title), []).append(term)
    common = rules.letters_of(language)
    alphabet = [letter for letter in [*rules.ALPHABET.upper(), "#"] if letter in sections or letter in common]
    return {
        "sections": [{"letter": letter, "id": _id(letter), "terms": those} for letter, those in sections.items()],
        "letters": [{"letter": letter, "id": _id(letter) if letter in sections else ""} for letter in alphabet],
        "query": query,
        "total": len(found),
    }


def _id(letter: str) -> str:
    return f"{LETTER}{letter.casefold()}"


def _fits(term: Explained, query: str, language: str) -> bool:
    """Whether the words of the query stand in the names or the explanation, in whatever form and with or without
    diacritics."""
    wanted = rules.fold(query)
    text = rules.fold(" ".join([*term.names, term.abbreviation, term.explanation]))
    if wanted in text:
        return True
    asked = [word.casefold() for word in query.split()]
    own = [word.casefold() for name in (*term.names, term.abbreviation) for word in name.split()]
    return all(any(rules.same_word(rules.fold(word), rules.fold(one), language) for one in own) for word in asked)


class ExplainedNode(template.Node):
    """What stands between ``{% explained page %}`` and ``{% endexplained %}``, with hints."""

    def __init__(self, inside: NodeList, page: FilterExpression, language: FilterExpression | None) -> None:
        self.inside, self.page, self.language = inside, page, language

    def render(self, context: template.Context) -> SafeString:
        page, request = self.page.resolve(context), context["request"]
        language = (self.language.resolve(context) if self.language else "") or get_language() or "pl"

        def make() -> SafeString:
            html = self.inside.render(context)
            return with_hints(html, language=language, page_id=page.pk, generation=generation_of(request))

        if page.pk is None:
            return make()
        # As a plain text in the cache; what comes out of it is what went in.
        return format_html("{}", kept(request, f"explained:{page.pk}:{get_language()}", make))


@register.tag
def explained(parser: Parser, token: Token) -> ExplainedNode:
    """``{% explained page %}…{% endexplained %}``, ``{% explained page language %}``: the text with hints. It must be
    the same for everybody, for it is kept until the next publication."""
    parts = token.split_contents()[1:]
    if len(parts) not in (1, 2):
        raise template.TemplateSyntaxError("explained takes a page, and perhaps the language of its text")
    inside = parser.parse(("endexplained",))
    parser.delete_first_token()
    page, *language = (parser.compile_filter(part) for part in parts)
    return ExplainedNode(inside, page, language[0] if language else None)
