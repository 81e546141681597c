"""A whole small site: pages in two languages, and one course from its lesson to its certificate."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from certificates.models import Award
from cms.pages.demo import build as build_pages
from courses.assessment.models import Quiz
from courses.catalogue.demo.blocks import LessonFiles, stored_blocks
from courses.catalogue.models import Course, CoursePage, LessonPage, OutlineStep
from media.models import Film
from tests.factories.assessment import QuestionBankFactory, QuestionFactory, QuizFactory, locale, translated
from tests.factories.catalogue import make_course_page, make_home, make_index, page_of, publish, set_outline
from tests.factories.certificates import make_award, make_template
from tests.factories.media import DocumentFactory, FilmFactory, ImageFactory

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300" width="600" height="300">
<rect width="600" height="300" fill="#f5eee2"/><path d="M200 250V150a100 100 0 0 1 200 0v100z" fill="#9e3426"/></svg>"""
# kind, prompt and options in Polish, with who is right; then the same in English
QUESTIONS: list[tuple[str, str, list[tuple[str, bool]], str, list[str]]] = [
    (
        "single",
        "Kto zakłada konto organizacji w narzędziu?",
        [("Osoba upoważniona przez organizację", True), ("Dowolna osoba z miasta", False), ("Tylko urząd", False)],
        "Who opens the account of an organisation?",
        ["A person whom the organisation authorised", "Anybody in the town", "Only the town hall"],
    ),
    (
        "multiple",
        "Co wpisuje się w karcie usługi?",
        [("Nazwę usługi", True), ("Termin i sposób wyceny", True), ("Numer PESEL osoby, która ją wykonuje", False)],
        "What does a service card say?",
        ["The name of the service", "When, and how it is priced", "The personal number of who provides it"],
    ),
    (
        "true_false",
        "Opublikowane zapotrzebowanie jest umową.",
        [("Prawda", False), ("Fałsz", True)],
        "A published need is a contract.",
        ["True", "False"],
    ),
]


@dataclass(frozen=True)
class Academy:
    """The course of the small site with its three steps."""

    course: Course
    award: Award
    lesson: OutlineStep
    film: OutlineStep
    quiz: OutlineStep

    def address(self, step: OutlineStep) -> dict[str, Any]:
        """What names a step in addresses."""
        return {"course": self.course.code, "key": step.key}


def make_academy() -> Academy:
    """The site with a published course of a lesson, a film and a quiz, in Polish and English, and its certificate."""
    _make_pages()
    page = make_course_page(code="narzedzie", title="Narzędzie IT w praktyce", is_sample=True, **_course_words())
    lesson = _make_lesson(page)
    film = _make_film()
    quiz = _make_quiz()
    set_outline(page, [lesson, film, quiz])
    publish(page)
    course = Course.objects.get(key=page.translation_key)
    _translate(course, lesson)
    award = make_award(course, template=make_template(name="Zaświadczenie o ukończeniu"))
    steps = list(OutlineStep.objects.filter(version__course=course).order_by("position"))
    return Academy(course, award, *steps)


def _make_pages() -> None:
    """The site's own pages as the demonstration builds them, and the lists of courses."""
    build_pages()
    for language in ("pl", "en"):
        # Courses come first in the menu.
        make_index(language).move(make_home(language), pos="first-child")


def _course_words() -> dict[str, Any]:
    return {
        "summary": "Po szkoleniu opublikujesz kartę usługi i odpowiesz na zapotrzebowanie.",
        "abilities": "zakładasz konto organizacji\npublikujesz kartę usługi",
        "outcomes_knowledge": "opisuje role w narzędziu",
        "outcomes_skills": "publikuje kartę usługi",
        "outcomes_social": "odpowiada na zapotrzebowania w terminie",
        "verification_method": "Quiz na końcu szkolenia.",
        "audience": "<p>Dla osób z podmiotów ekonomii społecznej.</p>",
        "requirements": "<p>Wystarczy telefon z przeglądarką.</p>",
        "legal_as_of": date(2026, 10, 1),
        "trainer": "Anna Przykładowa",
    }


def _make_lesson(course: CoursePage) -> LessonPage:
    drawing = ImageFactory(file=ContentFile(DRAWING.encode(), name="rysunek.svg"), description="Łuk")
    files = LessonFiles(
        drawings={"luk": (drawing, drawing)},
        documents={"lista": DocumentFactory(title="Lista kontrolna")},
        films={},
    )
    lesson = LessonPage(
        title="Karta usługi", slug="karta-uslugi", summary="Z czego składa się karta.", locale=course.locale, live=False
    )
    lesson.body = json.dumps(stored_blocks(LESSON, files, lesson="karta"))
    course.add_child(instance=lesson)
    publish(lesson)
    return lesson


def _make_film() -> Film:
    film: Film = FilmFactory(title="Zapotrzebowanie krok po kroku")
    return film


def _make_quiz() -> Quiz:
    bank = QuestionBankFactory(name="Narzędzie")
    questions = []
    for kind, prompt, options, english, texts in QUESTIONS:
        question = QuestionFactory(
            bank=bank,
            kind=kind,
            prompt=prompt,
            options=[(text, right, f"Komentarz do odpowiedzi „{text}”.") for text, right in options],
        )
        translated(question, prompt=english, texts=texts)
        questions.append(question)
    quiz: Quiz = QuizFactory(title="Sprawdzian po lekcji", questions=questions)
    Quiz.objects.create(
        locale=locale("en"), translation_key=quiz.translation_key, title="Quiz after the lesson", live=True
    )
    return quiz


def _translate(course: Course, lesson: LessonPage) -> None:
    english = page_of(course).copy_for_translation(locale=locale("en"), copy_parents=True)
    english.title = "The IT tool in practice"
    english.summary = "After the course you publish a service card and answer needs."
    publish(english)
    twin = lesson.copy_for_translation(locale=locale("en"))
    twin.title, twin.summary = "The service card", "What a card is made of."
    publish(twin)


LESSON: list[dict[str, Any]] = [
    {
        "type": "text",
        "html": "<h2>Po co jest karta</h2><p>Karta mówi, <b>co</b> oferujesz i w jakim terminie. Więcej "
        '<a href="mailto:akademia@example.org">pod tym adresem</a>.</p><ul><li>nazwa</li><li>termin</li></ul>',
    },
    {"type": "definition", "term": "karta usługi", "text": "<p>Opis jednej usługi w narzędziu.</p>"},
    {"type": "callout", "kind": "note", "title": "Dobra rada", "text": "<p>Jedna usługa to jedna karta.</p>"},
    {"type": "callout", "kind": "warning", "text": "<p>Nie wpisuj danych osobowych.</p>"},
    {"type": "callout", "kind": "law", "as_of": date(2026, 10, 1), "text": "<p>Ustawa o ekonomii społecznej.</p>"},
    {
        "type": "procedure",
        "title": "Jak opublikować kartę",
        "steps": [
            {
                "text": "<p><b>Otwórz</b> formularz karty.</p>",
                "drawing": "luk",
                "alt": "Formularz karty z ramką wokół przycisku",
                "caption": "Rysunek poglądowy: formularz karty",
            },
            {"text": "<p><b>Naciśnij</b> „Opublikuj”.</p>"},
        ],
    },
    {"type": "image", "drawing": "luk", "alt": "Czerwony łuk na piasku", "caption": "Rysunek poglądowy: łuk"},
    {
        "type": "table",
        "caption": "Pola karty usługi",
        "header": ["Pole", "Przykład", "Czy wymagane"],
        "rows": [["Nazwa", "Catering na spotkania", "tak"], ["Cena", "wycena po rozmowie", "nie"]],
    },
    {"type": "quotation", "text": "Najpierw rozmowa, potem umowa.", "source": "Anna Przykładowa"},
    {
        "type": "worked_case",
        "title": "Catering na konferencję",
        "situation": "<p>Urząd szuka obiadu dla 40 osób.</p>",
        "solution": "<p>Spółdzielnia odpowiada w dwa dni.</p>",
        "conclusion": "<p>Termin w karcie był aktualny.</p>",
    },
    {
        "type": "comparison",
        "title": "Dwie nazwy",
        "left_title": "Słabo",
        "left": "<p>Usługi różne</p>",
        "right_title": "Dobrze",
        "right": "<p>Catering na spotkania do 60 osób</p>",
    },
    {
        "type": "accordion",
        "items": [{"title": "Czy karta wygasa?", "text": "<p>Po sześciu miesiącach pytamy o aktualność.</p>"}],
    },
    {"type": "download", "document": "lista", "title": "Lista kontrolna karty"},
    {
        "type": "check_yourself",
        "question": "Która nazwa karty jest dobra?",
        "options": [
            {"text": "Usługi różne", "correct": False, "feedback": "Z tej nazwy nikt nie wie, co oferujesz."},
            {"text": "Catering na spotkania", "correct": True, "feedback": "Nazwa mówi, co i dla kogo."},
        ],
    },
]
