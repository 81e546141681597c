"""The guide for editors: its chapters, and which of them explains what."""

from dataclasses import dataclass

from cms.checks.rules import Check


@dataclass(frozen=True)
class Chapter:
    """A chapter; its text stands in ``templates/cms/checks/guide/<slug>.html`` in Polish, the language of editors."""

    slug: str
    title: str
    icon: str

    @property
    def template(self) -> str:
        return f"cms/checks/guide/{self.slug}.html"


CHAPTERS = (
    Chapter("od-czego-zaczac", "Od czego zacząć", "home"),
    Chapter("strony", "Strony", "doc-empty"),
    Chapter("publikacje", "Publikacje i pliki", "doc-full"),
    Chapter("filmy", "Filmy i napisy", "media"),
    Chapter("obrazki", "Obrazki i ich opisy", "image"),
    Chapter("linki", "Linki", "link"),
    Chapter("tabele", "Tabele", "table"),
    Chapter("prosty-jezyk", "Prosty język", "pilcrow"),
    Chapter("prawo-i-daty", "Prawo i daty", "date"),
    Chapter("tlumaczenia", "Tłumaczenia", "globe"),
    Chapter("newsletter", "Newsletter", "mail"),
    Chapter("sprawdzanie", "Sprawdzanie i publikacja", "check"),
    Chapter("deklaracja", "Deklaracja dostępności", "clipboard-list"),
    Chapter("co-robic-gdy", "Co robić, gdy…", "help"),
)
BY_SLUG = {chapter.slug: chapter for chapter in CHAPTERS}

_PREFIXES = {
    "picture": "obrazki",
    "heading": "strony",
    "link": "linki",
    "table": "tabele",
    "film": "filmy",
    "file": "publikacje",
    "law": "prawo-i-daty",
}
_MODELS = {
    "media.film": "filmy",
    "media.customimage": "obrazki",
    "media.customdocument": "publikacje",
    "cms_library.publicationpage": "publikacje",
    "cms_pages.accessibilitypage": "deklaracja",
}


def chapter_of(check: Check) -> str:
    """The chapter that explains a fault."""
    return _PREFIXES[check.value.partition("_")[0]]


def chapter_for(label: str) -> str:
    """The chapter for whoever edits a model, by its label in small letters."""
    return _MODELS.get(label, "strony")
