"""The editors' side, through its real forms and addresses."""

from collections.abc import Sequence
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.accounts.models import Person, User
from courses.assessment import actions, queries
from courses.assessment.models import AnswerOption, Attempt, Question, QuestionBank, Quiz, QuizPart
from tests.factories.assessment import (
    NOON,
    QuestionBankFactory,
    QuestionFactory,
    QuizFactory,
    locale,
    translated,
)
from tests.factories.languages import translate_all

pytestmark = pytest.mark.django_db
ODD_SEARCHES = ['"', "'", "   ", "\x00", '=HYPERLINK("http://x")', "(" * 500, "%", "\\", "żółć", "*:*", "słowo " * 2000]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redakcja@example.org"))
    return client


def address(model: type[models.Model], name: str, *args: Any) -> str:
    viewset: Any = model.snippet_viewset  # type: ignore[attr-defined]
    return reverse(viewset.get_url_name(name), args=args)


def question_data(bank: QuestionBank, options: Sequence[dict[str, Any]], publish: bool = True, **fields: Any) -> Any:
    """What the form of a question sends; ``options`` may carry ids of those that exist."""
    data = {"prompt": "Co to jest PES?", "kind": "single", "explanation": "Bo tak.", "bank": bank.pk, "tag": ""}
    data |= {"options": inline_formset(options, initial=sum("id" in option for option in options))} | fields
    return nested_form_data(data) | ({"action-publish": "1"} if publish else {})


def option(text: str, correct: bool = False, **fields: Any) -> dict[str, Any]:
    return {"text": text, "feedback": ""} | ({"correct": "on"} if correct else {}) | fields


def quiz_data(parts: Sequence[dict[str, Any]], publish: bool = True, **fields: Any) -> Any:
    data = {"title": "Quiz próbny", "pass_mark": 70, "attempts_allowed": 0, "shuffle": "on"} | fields
    data["parts"] = inline_formset(parts, initial=sum("id" in part for part in parts))
    return nested_form_data(data) | ({"action-publish": "1"} if publish else {})


def part(question: Question | None = None, bank: QuestionBank | None = None, draw: int = 0, **fields: Any) -> Any:
    chosen = {"question": question.pk if question else "", "bank": bank.pk if bank else ""}
    return chosen | {"draw": draw, "tag": ""} | fields


def codes(response: Any) -> set[str]:
    """The codes of what the form refused."""
    if response.status_code == 302:
        return set()
    return {error.code for error in response.context["form"].non_field_errors().as_data()}


GOOD = [option("Podmiot ekonomii społecznej", correct=True), option("Przedsiębiorstwo państwowe")]


# --- Questions -------------------------------------------------------------------------------------------------


def test_a_question_is_written_and_published(admin: Client) -> None:
    bank = QuestionBankFactory()
    response = admin.post(address(Question, "add"), question_data(bank, GOOD))
    assert codes(response) == set()
    question = Question.objects.get()
    assert (question.live, question.locale.language_code) == (True, "pl")
    assert [(o.text, o.correct, o.locale) for o in question.options.all()] == [
        ("Podmiot ekonomii społecznej", True, question.locale),
        ("Przedsiębiorstwo państwowe", False, question.locale),
    ]


@pytest.mark.rule("quiz-12")
@pytest.mark.parametrize(
    ("options", "kind", "expected"),
    [
        ([], "single", {"too_few_options", "needs_exactly_one_correct"}),
        ([option("A"), option("B")], "single", {"needs_exactly_one_correct"}),
        ([option("A", correct=True), option("B", correct=True)], "multiple", {"needs_a_wrong_option"}),
        ([option("A", correct=True), option("B"), option("C")], "true_false", {"true_false_needs_two_options"}),
        ([option("A", correct=True), option("a ")], "single", {"option_twice"}),
    ],
)
def test_a_question_that_does_not_hold_is_kept_as_a_draft_only(
    admin: Client, options: list[dict[str, Any]], kind: str, expected: set[str]
) -> None:
    bank = QuestionBankFactory()
    response = admin.post(address(Question, "add"), question_data(bank, options, kind=kind))
    assert codes(response) == expected
    assert not Question.objects.exists()
    response = admin.post(address(Question, "add"), question_data(bank, options, kind=kind, publish=False))
    assert response.status_code == 302
    assert not Question.objects.get().live


@pytest.mark.rule("quiz-12")
def test_a_question_without_explanation_or_with_an_empty_answer_is_refused_at_the_field(admin: Client) -> None:
    bank = QuestionBankFactory()
    response = admin.post(address(Question, "add"), question_data(bank, GOOD, explanation=" ", prompt=""))
    assert set(response.context["form"].errors) == {"explanation", "prompt"}
    response = admin.post(address(Question, "add"), question_data(bank, [*GOOD, option("", feedback="Tu nic.")]))
    assert response.context["form"].formsets["options"].errors[2] == {"text": ["To pole jest wymagane."]}
    assert not Question.objects.exists()


@pytest.mark.rule("quiz-12", "quiz-7")
def test_a_draft_of_a_published_question_changes_nothing_until_it_is_published(admin: Client, learner: Person) -> None:
    question = QuestionFactory()
    first, second, third = question.options.all()
    edited = [
        option("Nowe", id=first.pk),
        option("Inne", id=second.pk, correct=True),
        option("Trzecie", id=third.pk, DELETE="on"),
        option("Czwarte"),
    ]
    where = address(Question, "edit", question.pk)
    assert admin.post(where, question_data(question.bank, edited, publish=False)).status_code == 302
    quiz = QuizFactory(questions=[question])
    attempt = actions.start_attempt(person=learner, quiz=quiz, language="pl", now=NOON)
    assert {o["text"] for o in attempt.items.get().frozen["options"]} == {"Tak", "Nie", "Może"}

    published = question_data(question.bank, edited)
    assert admin.post(where, published).status_code == 302
    question = Question.objects.get()
    assert {(o.text, o.correct) for o in question.options.all()} == {
        ("Nowe", False),
        ("Inne", True),
        ("Czwarte", False),
    }
    assert question.options.get(text="Nowe").translation_key == first.translation_key, "keys survive editing"
    assert not AnswerOption.objects.filter(locale=None).exists()
    assert {o["text"] for o in attempt.items.get().frozen["options"]} == {"Tak", "Nie", "Może"}


@pytest.mark.rule("quiz-14")
def test_a_telling_length_is_remarked_after_publishing(admin: Client) -> None:
    telling = [option("Odpowiedź o wiele za długa, bo tylko ona wszystko tłumaczy", correct=True), option("Krótka")]
    for options, remarks in ((telling, 1), (GOOD, 0)):
        response = admin.post(address(Question, "add"), question_data(QuestionBankFactory(), options), follow=True)
        assert len([m for m in response.context["messages"] if m.level_tag == "warning"]) == remarks
    assert Question.objects.filter(live=True).count() == 2


@pytest.mark.rule("quiz-15")
def test_a_translation_with_other_answers_is_not_published(admin: Client) -> None:
    question = QuestionFactory()
    twin = translated(question, prompt="In English?", texts=["Yes", "No", "Maybe"], live=False)
    yes, no, maybe = twin.options.all()
    where = address(Question, "edit", twin.pk)
    kept = [option("Yes", correct=True, id=yes.pk), option("No", id=no.pk)]
    missing = [*kept, option("Maybe", id=maybe.pk, DELETE="on")]
    assert codes(admin.post(where, question_data(twin.bank, missing))) == {"twin_differs"}
    other = [option("Yes", id=yes.pk), option("No", correct=True, id=no.pk), option("Maybe", id=maybe.pk)]
    assert codes(admin.post(where, question_data(twin.bank, other))) == {"twin_differs"}
    same = [*kept, option("Perhaps", id=maybe.pk)]
    assert codes(admin.post(where, question_data(twin.bank, same))) == set()
    twin.refresh_from_db()
    assert (twin.live, [o.text for o in twin.options.all()]) == (True, ["Yes", "No", "Perhaps"])


@pytest.mark.rule("quiz-20")
def test_a_question_copied_for_translation_keeps_its_keys_and_begins_as_a_draft(
    admin: Client, learner: Person, django_capture_on_commit_callbacks: Any
) -> None:
    question = QuestionFactory()
    question.save_revision().publish()
    question.refresh_from_db()
    where = reverse("wagtail_localize:submit_snippet_translation", args=["courses_assessment", "question", question.pk])
    assert admin.post(where, {"locales": [locale("en").pk]}).status_code == 302
    twin = question.get_translation(locale("en"))
    assert [o.translation_key for o in twin.options.all()] == [o.translation_key for o in question.options.all()]
    assert {o.locale.language_code for o in twin.options.all()} == {"en"}
    assert (twin.live, twin.live_revision, twin.first_published_at) == (False, None, None)
    assert twin.latest_revision.object_id == str(twin.pk), "a draft of its own"
    quiz = QuizFactory(questions=[question])
    attempt = actions.start_attempt(person=learner, quiz=quiz, language="en", now=NOON)
    assert attempt.items.get().frozen["language"] == "pl"
    translate_all(twin, "English")
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(address(Question, "edit", twin.pk), {"action": "publish"}).status_code == 302
    twin.refresh_from_db()
    question.refresh_from_db()
    assert (twin.live, question.live, twin.prompt) == (True, True, f"English: {question.prompt}")
    assert [(o.translation_key, o.correct) for o in twin.options.all()] == [
        (o.translation_key, o.correct) for o in question.options.all()
    ]
    assert twin.options.first().text == f"English: {question.options.first().text}"
    assert twin.live_revision.object_id == str(twin.pk)


@pytest.mark.rule("quiz-20")
def test_a_quiz_copied_for_translation_begins_as_a_draft(admin: Client) -> None:
    quiz = QuizFactory()
    where = reverse("wagtail_localize:submit_snippet_translation", args=["courses_assessment", "quiz", quiz.pk])
    assert admin.post(where, {"locales": [locale("en").pk]}).status_code == 302
    twin = quiz.get_translation(locale("en"))
    assert (twin.live, twin.parts.count()) == (False, 3)
    assert queries.question_count(twin) == queries.question_count(quiz) == 3


# --- Quizzes ---------------------------------------------------------------------------------------------------


def test_a_quiz_is_put_together_and_published(admin: Client) -> None:
    bank = QuestionBankFactory()
    question, *_others = [QuestionFactory(bank=bank) for _ in range(3)]
    response = admin.post(address(Quiz, "add"), quiz_data([part(question), part(bank=bank, draw=2)]))
    assert codes(response) == set()
    quiz = Quiz.objects.get()
    assert quiz.live
    assert [(p.question, p.bank, p.draw) for p in quiz.parts.all()] == [(question, None, 0), (None, bank, 2)]


@pytest.mark.rule("quiz-13")
def test_a_quiz_that_cannot_be_filled_is_kept_as_a_draft_only(admin: Client) -> None:
    bank = QuestionBankFactory()
    question, draft = QuestionFactory(bank=bank), QuestionFactory(bank=bank, live=False)
    english = QuestionFactory(bank=bank, locale=locale("en"))
    cases = [
        ([], {"no_parts"}),
        ([part(draft)], {"question_not_published"}),
        ([part(english)], {"question_of_other_language"}),
        ([part(question), part(question)], {"question_twice"}),
        ([part(bank=bank, draw=2)], {"draw_exceeds_pool"}),
        ([part(question), part(bank=bank, draw=1)], {"draw_exceeds_pool"}),
    ]
    for parts, expected in cases:
        response = admin.post(address(Quiz, "add"), quiz_data(parts))
        assert codes(response) == expected
        assert not Quiz.objects.exists()
        for error in response.context["form"].non_field_errors():
            assert "%(" not in error
            assert error in unescape(response.content.decode()), "the editor reads it"
    for parts, _expected in cases:
        assert admin.post(address(Quiz, "add"), quiz_data(parts, publish=False)).status_code == 302
    assert Quiz.objects.filter(live=False).count() == len(cases)


@pytest.mark.rule("quiz-13")
def test_a_part_is_either_a_question_or_a_draw(admin: Client) -> None:
    question = QuestionFactory()
    for wrong in (part(question, bank=question.bank, draw=1), part(), part(bank=question.bank), part(question, draw=2)):
        response = admin.post(address(Quiz, "add"), quiz_data([part(question), wrong], publish=False))
        assert response.status_code == 200
        assert response.context["form"].formsets["parts"].forms[1].non_field_errors()
    assert not Quiz.objects.exists()
    quiz = QuizFactory(questions=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizPart.objects.create(quiz=quiz, question=question, draw=1)


@pytest.mark.parametrize("fields", [{"pass_mark": 0}, {"pass_mark": 101}, {"attempts_allowed": -1}, {"pass_mark": "x"}])
def test_numbers_out_of_range_are_refused(admin: Client, fields: dict[str, Any]) -> None:
    response = admin.post(address(Quiz, "add"), quiz_data([part(QuestionFactory())], **fields))
    assert set(response.context["form"].errors) == set(fields)


def test_nothing_is_asked_of_the_parts_of_a_translated_quiz(admin: Client) -> None:
    quiz = QuizFactory()
    twin = QuizFactory(locale=locale("en"), translation_key=quiz.translation_key, questions=0, live=False)
    assert codes(admin.post(address(Quiz, "edit", twin.pk), quiz_data([], title="In English"))) == set()
    twin.refresh_from_db()
    assert (twin.live, twin.title) == (True, "In English")


# --- Lists and choosers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Question, Quiz, QuestionBank])
def test_lists_and_choosers_take_whatever_is_typed(admin: Client, model: type[models.Model]) -> None:
    quiz = QuizFactory()
    viewset: Any = model.snippet_viewset  # type: ignore[attr-defined]
    chooser = viewset.chooser_viewset
    choose = [reverse(chooser.get_url_name("choose")), reverse(chooser.get_url_name("choose_results"))]
    for words in ODD_SEARCHES:
        for where in (address(model, "list"), *choose):
            assert admin.get(where, {"q": words}).status_code == 200
    assert admin.get(address(model, "list"), {"q": "\x00"}).status_code == 200
    assert quiz.parts.count() == 3


def test_the_list_of_questions_is_searched_and_filtered(admin: Client) -> None:
    wanted = QuestionFactory(prompt="Kiedy „żaglówka” wypływa?", kind="multiple", live=False)
    QuestionFactory(prompt="Inne pytanie?")
    for query in (
        {"q": "żaglówka"},
        {"kind": "multiple"},
        {"bank": wanted.bank.pk},
        {"live": "false"},
        {"q": "„żaglówka” wypływa"},
    ):
        text = admin.get(address(Question, "list"), query).content.decode()
        assert "żaglówka" in text
        assert "Inne pytanie?" not in text


def test_choosers_find_by_every_word(admin: Client) -> None:
    locale("en")
    wanted = QuestionFactory(prompt="Kiedy statek wypływa?", bank=QuestionBankFactory(name="Morze"))
    QuestionFactory(prompt="Kiedy statek wraca?")
    viewset: Any = Question.snippet_viewset  # type: ignore[attr-defined]
    where = reverse(viewset.chooser_viewset.get_url_name("choose_results"))
    text = admin.get(where, {"q": "morze statek", "locale": "pl"}).content.decode()
    assert wanted.prompt in text
    assert "wraca" not in text
    assert wanted.prompt not in admin.get(where, {"locale": "en"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_few_and_many(admin: Client, count: int, django_assert_max_num_queries: Any) -> None:
    for _ in range(count):
        QuizFactory()
    for model in (Question, Quiz, QuestionBank):
        admin.get(address(model, "list"))
        with django_assert_max_num_queries(30):
            response = admin.get(address(model, "list"))
        assert response.status_code == 200


# --- Deleting --------------------------------------------------------------------------------------------------


def error_messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"] if message.level_tag == "error"]


@pytest.mark.rule("quiz-18")
def test_what_is_in_use_is_not_deleted_and_unpublishing_is_offered(admin: Client, learner: Person) -> None:
    quiz = QuizFactory(questions=1)
    question = Question.objects.get()
    actions.start_attempt(person=learner, quiz=quiz, language="pl", now=NOON)
    for row in (quiz, question):
        for send in (admin.get, admin.post):
            response = send(address(type(row), "delete", row.pk), follow=True)
            (error,) = error_messages(response)
            assert str(row) in error
            assert address(type(row), "unpublish", row.pk) in error
    (error,) = error_messages(admin.post(address(QuestionBank, "delete", question.bank.pk), follow=True))
    assert "1" in error
    assert (Quiz.objects.count(), Question.objects.count(), QuestionBank.objects.count()) == (1, 1, 1)
    assert Attempt.objects.exists()

    admin.post(address(Quiz, "unpublish", quiz.pk))
    (error,) = error_messages(admin.post(address(Quiz, "delete", quiz.pk), follow=True))
    assert address(Quiz, "unpublish", quiz.pk) not in error


@pytest.mark.rule("quiz-18")
def test_several_at_once_are_not_deleted_when_one_is_in_use(admin: Client) -> None:
    QuizFactory(questions=1)
    used, free = Question.objects.get(), QuestionFactory()
    where = reverse("wagtail_bulk_action", args=["courses_assessment", "question", "delete"])
    response = admin.post(f"{where}?id={used.pk}&id={free.pk}", follow=True)
    assert len(error_messages(response)) == 1
    assert Question.objects.count() == 2


def test_what_nothing_points_at_is_deleted(admin: Client) -> None:
    quiz, question, bank = QuizFactory(questions=0), QuestionFactory(), QuestionBankFactory()
    for row in (quiz, question, bank):
        assert admin.post(address(type(row), "delete", row.pk)).status_code == 302
        assert not type(row).objects.filter(pk=row.pk).exists()


# --- Who may ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "status"), [("Editors", 200), ("Coordinators", 302), ("Trainers", 403), (None, 403)])
def test_editors_write_quizzes_and_nobody_else(client: Client, role: str | None, status: int) -> None:
    user = User.objects.create_user("ktos@example.org", "hasło próbne")
    if role:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    for model in (Question, Quiz, QuestionBank):
        for name in ("list", "add"):
            assert client.get(address(model, name)).status_code == status
    if status == 200:
        response = client.post(address(Question, "add"), question_data(QuestionBankFactory(), GOOD))
        assert codes(response) == set()
        assert Question.objects.get().live
