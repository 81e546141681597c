"""What is measured: each work with its floor, and how many times the floor it may cost."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.handlers.wsgi import WSGIRequest
from django.urls import reverse
from django.utils import timezone

from certificates import actions, documents
from cms.library.models import PublicationPage
from cms.pages.generation import start_generation
from cms.pages.models import HomePage, StandardPage
from cms.pages.page_cache import key_of
from courses.catalogue.models import CourseIndexPage, CoursePage
from courses.learning.models import FilmCoverage, StepProgress
from tests.benchmarks.content import Content
from tests.benchmarks.many import fill_index, many_films, many_publications, much_news
from tests.benchmarks.meter import Asked, Server, cpu, statements
from tests.benchmarks.settings import PLAIN_MIDDLEWARE

Turn = Callable[[], tuple[int, float]]
BARE = "bare page"


@dataclass(frozen=True)
class Work:
    """One row of the table. ``target`` says what is aimed at: a ratio to the floor, or milliseconds."""

    name: str
    turn: Turn
    floor: Turn | None = None
    floor_name: str = ""
    most: float | None = None
    budget: int | None = None

    @property
    def aim(self) -> str:
        """What is aimed at, in words."""
        ratio = "" if self.most is None else f"≤ {self.most:g}" + ("" if self.floor else " ms")
        return ", ".join(part for part in (ratio, "" if self.budget is None else f"≤ {self.budget} SQL") if part)


def nothing() -> None:
    """What most works need done before each turn."""


def turn(
    server: Server, asked: Asked | Callable[[], Asked], *, status: int = 200, before: Callable[[], None] = nothing
) -> Turn:
    """Send a request and make sure that the answer is the wanted one."""

    def measured() -> tuple[int, float]:
        before()
        request = asked() if callable(asked) else asked
        answer = server(request)
        if answer.status != status:
            raise RuntimeError(
                f"{request.method} {request.path} was answered with {answer.status}: {answer.body[:500]!r}"
            )
        return answer.statements, answer.milliseconds

    return measured


def act(do: Callable[[], object], *, before: Callable[[], None] = nothing) -> Turn:
    """Do something that is no request."""

    def measured() -> tuple[int, float]:
        before()
        with statements() as counted, cpu() as spent:
            do()
        return counted[0], spent[0]

    return measured


def forget(asked: Asked) -> None:
    """Take one page out of the page cache, and leave what all pages share."""
    cache.delete(key_of(WSGIRequest(asked.environ())))


def works(content: Content) -> Iterator[Work]:
    """All works, the floors first."""
    ours, plain = Server(), Server(PLAIN_MIDDLEWARE)
    plain_page = turn(plain, Asked(content.plain_text))
    plain_lesson = turn(plain, content.get(content.plain_lesson))
    states = itertools.cycle(["opened", "done"])
    upsert = turn(ours, lambda: _note(content, next(states)))
    stored = turn(ours, Asked("/stored/"))

    yield Work("floor: bare Wagtail page, anonymous", plain_page)
    yield Work("floor: plain Wagtail page with the same lesson, signed in", plain_lesson)
    yield Work("floor: bare view that saves one row, signed in", upsert)
    yield Work("floor: bare view that hands out stored bytes", stored)

    pages = {
        "home page": HomePage,
        "text page": StandardPage,
        "list of courses": CourseIndexPage,
        "course page": CoursePage,
    }
    lists = {
        "list of courses": turn(plain, Asked(content.plain_list)),
        "course page": turn(plain, Asked(content.plain_course)),
    }
    for name, model in pages.items():
        address = model.objects.filter(locale__language_code="pl").order_by("path").first().get_url()
        asked = Asked(address)
        yield Work(
            f"{name}, anonymous, miss",
            turn(ours, asked, before=partial(forget, asked)), plain_page, BARE, 1.1, 9,
        )  # fmt: skip
        if name in lists:
            yield Work(
                f"{name}, anonymous, miss, beside the same list",
                turn(ours, asked, before=partial(forget, asked)), lists[name], "plain list",
            )  # fmt: skip
        yield Work(
            f"{name}, anonymous, the first after a publication",
            turn(ours, asked, before=start_generation), plain_page, BARE, budget=9,
        )  # fmt: skip
    yield from _lists(ours, plain_page)
    edition = Asked(PublicationPage.objects.get(slug__startswith="karta-uslugi", locale__language_code="pl").get_url())
    yield Work(
        "publication with its edition, anonymous, miss",
        turn(ours, edition, before=partial(forget, edition)), plain_page, BARE, budget=20,
    )  # fmt: skip
    home = Asked(HomePage.objects.get(locale__language_code="pl").get_url())
    yield Work("home page, anonymous, hit", turn(ours, home), plain_page, BARE, 0.15, 0)
    yield Work("home page, anonymous, hit, beside stored bytes", turn(ours, home), stored, "stored bytes")

    yield from _searches(ours, content, plain_page, plain_lesson)

    signed_in = "plain page"
    lesson = content.get(content.step(content.lesson))
    yield Work("lesson in the player", turn(ours, lesson), plain_lesson, signed_in, 0.8, 8)
    yield Work(
        "lesson in the player, words only",
        turn(ours, content.get(content.step(content.text_lesson))),
        turn(plain, content.get(content.plain_text_lesson)), signed_in, 0.8, 8,
    )  # fmt: skip
    yield Work(
        "lesson, the first after a publication",
        turn(ours, lesson, before=start_generation), plain_lesson, signed_in,
    )  # fmt: skip
    film = content.get(content.step(content.film))
    yield Work("film in the player", turn(ours, film), plain_lesson, signed_in)
    question = content.step(content.quiz, "show-question", position=1)
    yield Work("question of a quiz", turn(ours, content.get(question)), plain_lesson, signed_in, budget=9)
    mine = content.get(reverse("courses_learning:list-mine"))
    yield Work("my learning", turn(ours, mine), plain_lesson, signed_in, budget=10)

    visitors = (f"10.{a}.{b}.{c}" for a in range(9) for b in range(250) for c in range(250))
    verification = Asked(reverse("certificates:verify", args=[content.certificate.code]))
    yield Work(
        "verification of a certificate",
        turn(ours, lambda: replace(verification, visitor=next(visitors))), plain_page, BARE, budget=6,
    )  # fmt: skip

    done = content.post(content.step(content.lesson, "complete-step"))
    yield Work(
        "step marked as done", turn(ours, done, status=302, before=lambda: _reopen(content)), upsert, "upsert", 3, 10
    )
    choices = itertools.cycle(content.quiz_answers)
    yield Work(
        "answer saved",
        turn(ours, lambda: content.post(question, f"answer={next(choices)}".encode())), upsert, "upsert", 2, 5,
    )  # fmt: skip
    record = content.step(content.film, "record-film")
    report = json.dumps({"intervals": [[12, 24.5]], "position": 24.5}).encode()
    yield Work(
        "film progress reported",
        turn(ours, content.post(record, report, json=True), before=lambda: _rewind(content)), upsert, "upsert",
    )  # fmt: skip

    papers = (
        content.certificate.snapshot | {"holder_name": f"Anna {''.join(name)}", "number": f"AW/2026/{number:05}"}
        for number, name in enumerate(itertools.permutations("Abcdefgh"))
    )
    yield Work("certificate: the PDF", act(lambda: documents.render(next(papers))), most=20)
    yield Work(
        "certificate: the job, PDF kept and noted",
        act(
            lambda: actions.make_paper(certificate_id=content.certificate.pk),
            before=lambda: _lose_paper(content, next(papers)),
        ),
        most=20,
    )


def _lists(ours: Server, floor: Turn) -> Iterator[Work]:
    """Long lists as they are met first, further back and narrowed."""
    found = {
        "500 films": (many_films(), "audience=pes&topic=zamowienia"),
        "2,000 publications": (many_publications(), "kind=guide&audience=pes&year=2014"),
        "2,000 items of news": (much_news(), "year=2024&month=5"),
    }
    fill_index()
    for what, (page, narrow) in found.items():
        first = Asked(page.get_url())
        further, narrowed = (replace(first, path=f"{first.path}?{query}") for query in ("page=7", narrow))
        yield Work(
            f"list of {what}, miss", turn(ours, first, before=partial(forget, first)), floor, BARE, 1.5, 12,
        )  # fmt: skip
        yield Work(f"list of {what}, seventh page", turn(ours, further), floor, BARE, 1.5, 12)
        yield Work(f"list of {what}, narrowed", turn(ours, narrowed), floor, BARE, 1.5, 12)
        yield Work(
            f"list of {what}, the first after a publication",
            turn(ours, first, before=start_generation), floor, BARE, budget=12,
        )  # fmt: skip


def _searches(ours: Server, content: Content, floor: Turn, signed_in_floor: Turn) -> Iterator[Work]:
    """Searches among all of the long lists."""
    asked = {
        "two words": "karta usługi",
        "a word of most texts": "współpraca",
        "six words": "jak gmina zleca usługi społeczne spółdzielni",
        "a rare word": "prekwalifikacja",
        "misspelt": "spółdzelnia",
        "a phrase": '"karta usługi"',
    }
    for name, typed in asked.items():
        search = Asked(f"/pl/szukaj/?{urlencode({'q': typed})}")
        yield Work(f"search, {name}", turn(ours, search), floor, BARE, 3, 12)
    search = content.get(f"/pl/szukaj/?{urlencode({'q': 'karta usługi'})}")
    yield Work("search, two words, with lessons", turn(ours, search), signed_in_floor, "plain page", 3, 12)


def _note(content: Content, state: str) -> Asked:
    return content.post("/note/", json.dumps({"state": state}).encode(), json=True)


def _reopen(content: Content) -> None:
    rows = StepProgress.objects.filter(enrolment=content.enrolment, step_key=content.lesson.key)
    rows.update(state="opened", done_at=None, source="")


def _rewind(content: Content) -> None:
    """As if the last report had come a while ago and had said something else."""
    rows = StepProgress.objects.filter(enrolment=content.enrolment, step_key=content.film.key)
    rows.update(state="opened", done_at=None, source="", position=0)
    FilmCoverage.objects.filter(enrolment=content.enrolment).update(
        intervals=[[0, 12]], seconds_covered=12, reported_at=timezone.now() - timedelta(minutes=1)
    )


def _lose_paper(content: Content, snapshot: dict[str, Any]) -> None:
    content.certificate.refresh_from_db()
    if content.certificate.pdf:
        content.certificate.pdf.delete(save=False)
    content.certificate.snapshot = snapshot
    content.certificate.save()
