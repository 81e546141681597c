"""Forms of the editors. A draft may be unfinished; what is published must hold, and is refused in words where not."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm, LocaleFilterMixin

from courses.assessment import queries, rules
from courses.assessment.models import Question
from media.staying import refuse_expiry

WORDS = {
    "too_few_options": gettext_lazy("A question needs at least two answers to choose from."),
    "true_false_needs_two_options": gettext_lazy("True or false needs exactly two answers."),
    "needs_exactly_one_correct": gettext_lazy("Mark exactly one answer as correct."),
    "needs_a_correct_option": gettext_lazy("Mark at least one answer as correct."),
    "needs_a_wrong_option": gettext_lazy("Multiple choice needs at least one answer that is not correct."),
    "option_without_text": gettext_lazy("Answer %(position)s has no text."),
    "option_twice": gettext_lazy("Answer %(position)s says the same as another one."),
    "twin_differs": gettext_lazy(
        "A translation has the same answers as the question in the source language, and the same ones correct. "
        "Translate the answers that are there; add and remove them in the source language."
    ),
    "no_parts": gettext_lazy("The quiz has no questions. Add a question, or a bank to draw from."),
    "question_not_published": gettext_lazy("The question of part %(position)s is not published."),
    "question_of_other_language": gettext_lazy(
        "The question of part %(position)s is in another language than the quiz."
    ),
    "question_twice": gettext_lazy("The question of part %(position)s stands in the quiz twice."),
    "draw_exceeds_pool": gettext_lazy(
        "Part %(position)s draws more questions than the bank has left: only published questions in the language of "
        "the quiz count, and none is asked twice."
    ),
}
REMARKS = {
    "right_answer_is_longest": gettext_lazy(
        "The correct answer is by far the longest one, and its length gives it away. Shorten it or lengthen the others."
    )
}


class PublishingForm(WagtailAdminModelForm):
    """A form that looks closer when the editor publishes, now or at a set time; saving a draft is always possible."""

    formset_name = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "action-publish" in self.data:
            refuse_expiry(self)
            for problem in self.problems(cleaned):
                # A field that is empty says so itself.
                if problem.code in WORDS:
                    self.add_error(None, forms.ValidationError(words_of(problem, WORDS), code=problem.code))
        return cleaned

    def problems(self, cleaned: dict[str, Any]) -> list[rules.Problem]:
        """What stands in the way of publishing what was entered."""
        raise NotImplementedError

    def rows(self) -> list[Any] | None:
        """What was entered in the child forms, in order; None when one of them is wrong and says so itself."""
        formset = self.formsets[self.formset_name]
        if not formset.is_valid():
            return None
        kept = [row for row in formset.forms if row not in formset.deleted_forms and row.cleaned_data]
        return sorted(kept, key=lambda row: row.cleaned_data.get("ORDER") or 0)


def words_of(problem: rules.Problem, words: dict[str, Any]) -> str:
    """A problem in words, with its place where it has one."""
    text = str(words[problem.code])
    return text % {"position": problem.position} if problem.position else text


class QuestionForm(PublishingForm):
    """A question with its answers."""

    formset_name = "options"

    def problems(self, cleaned: dict[str, Any]) -> list[rules.Problem]:
        rows = self.rows()
        if rows is None:
            return []
        options = [
            rules.OptionFacts(
                text=row.cleaned_data["text"],
                correct=row.cleaned_data["correct"],
                key=str(row.instance.translation_key),
            )
            for row in rows
        ]
        problems = rules.question_problems(
            cleaned.get("kind", ""), cleaned.get("prompt", ""), cleaned.get("explanation", ""), options
        )
        source = queries.source_question(self.instance)
        if source is not None:
            problems += rules.twin_problems([queries.option_facts(option) for option in source.options.all()], options)
        return problems


def faults_of_translation(question: Question) -> list[str]:
    """What keeps a translated question from being published without a form, in words."""
    source = queries.source_question(question)
    if source is None:
        return []
    options = [queries.option_facts(option) for option in question.options.all()]
    problems = rules.question_problems(question.kind, question.prompt, question.explanation, options)
    problems += rules.twin_problems([queries.option_facts(option) for option in source.options.all()], options)
    return [words_of(problem, WORDS) for problem in problems if problem.code in WORDS]


class QuizForm(PublishingForm):
    """A quiz with its parts. Those of a translation do not count, so nothing is asked of them."""

    formset_name = "parts"

    def problems(self, cleaned: dict[str, Any]) -> list[rules.Problem]:
        rows = self.rows()
        if rows is None or queries.is_translation(self.instance):
            return []
        values = [row.cleaned_data for row in rows]
        parts = [
            rules.Part(
                question=value["question"].pk if value["question"] else None,
                bank=value["bank"].pk if value["bank"] else None,
                tag=value["tag"],
                draw=value["draw"] or 0,
            )
            for value in values
        ]
        fixed: list[Question] = [value["question"] for value in values if value["question"]]
        found = queries.candidates(
            questions=[question.pk for question in fixed],
            banks=[part.bank for part in parts if part.bank],
            locale_id=self.instance.locale_id,
        )
        foreign = {question.pk for question in fixed if question.locale_id != self.instance.locale_id}
        return rules.quiz_problems(parts, found, foreign=foreign)


def remarks_on(question: Question) -> list[str]:
    """What an editor should think about, in words, after the question was published."""
    options = [queries.option_facts(option) for option in question.options.all()]
    return [words_of(problem, REMARKS) for problem in rules.question_warnings(question.kind, options)]


def held_by(holders: Iterable[tuple[str, int]]) -> str:
    """What holds a row, in words: "steps of an outline: 2, attempts: 40"."""
    return ", ".join(gettext("%(things)s: %(count)d") % {"things": name, "count": count} for name, count in holders)


MOST_WORDS = 30
"""So many words of a search count; each becomes a condition, and SQLite takes no more than a thousand of them."""


class WordFilterForm(LocaleFilterMixin, BaseFilterForm):
    """The filter of a chooser: every word must be found somewhere in the text. Takes whatever is typed."""

    search_in: Sequence[str] = ()
    q = forms.CharField(
        label=gettext_lazy("Search"),
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Search")}),
        required=False,
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        objects = super().filter(objects)
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split()[:MOST_WORDS]:
            found = Q()
            for field in self.search_in:
                found |= Q(**{f"{field}__icontains": word})
            objects = objects.filter(found)
        return objects


class QuestionFilterForm(WordFilterForm):
    search_in = ("prompt", "bank__name", "tag")


class QuizFilterForm(WordFilterForm):
    search_in = ("title",)
