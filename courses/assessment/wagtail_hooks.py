"""Banks, questions and quizzes in the editors' side."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, PublishingPanel
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from courses.assessment.forms import (
    QuestionFilterForm,
    QuestionForm,
    QuizFilterForm,
    QuizForm,
    faults_of_translation,
    held_by,
    remarks_on,
)
from courses.assessment.models import Question, QuestionBank, Quiz
from courses.assessment.queries import questions_asked, what_holds
from media.choosers import GuardedChooserViewSet


def state_words(row: Question | Quiz) -> str:
    """Whether learners meet it. Wagtail's own tag would ask the database for each line."""
    if not row.live:
        return _("draft")
    return _("published, changes not yet published") if row.has_unpublished_changes else _("published")


# --- Banks -------------------------------------------------------------------------------------------------------


class BankIndexView(IndexView):
    """The list of banks, with how many questions each has."""

    def get_base_queryset(self) -> QuerySet[QuestionBank]:
        banks: QuerySet[QuestionBank] = super().get_base_queryset().annotate(question_count=Count("questions"))
        return banks


class QuestionBankViewSet(SnippetViewSet):
    model = QuestionBank
    icon = "folder-open-inverse"
    index_view_class = BankIndexView
    chooser_viewset_class = GuardedChooserViewSet
    copy_view_enabled = False
    ordering = ["name"]
    search_fields = ["name"]
    list_display = [
        "name",
        NumberColumn("question_count", label=gettext_lazy("questions"), sort_key="question_count"),
    ]
    edit_handler = ObjectList([FieldPanel("name")])


# --- Questions ---------------------------------------------------------------------------------------------------


class QuestionFilters(WagtailFilterSet):
    """Narrow the list of questions."""

    live = django_filters.BooleanFilter(label=gettext_lazy("published"))

    class Meta:
        model = Question
        fields = ["bank", "kind", "live"]


class QuestionIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Question]:
        questions: QuerySet[Question] = super().get_base_queryset().select_related("bank")
        return questions


class QuestionChooseView(ChooseView):
    filter_form_class = QuestionFilterForm


class QuestionChooseResultsView(ChooseResultsView):
    filter_form_class = QuestionFilterForm


class QuestionChooserViewSet(GuardedChooserViewSet):
    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionChooseResultsView


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    index_view_class = QuestionIndexView
    chooser_viewset_class = QuestionChooserViewSet
    filterset_class = QuestionFilters
    copy_view_enabled = False
    ordering = ["-pk"]
    # The database's own search: whatever is typed, quotes and blanks too, is looked for as it is.
    search_fields = ["prompt", "explanation", "tag"]
    list_display = [
        "__str__",
        Column("kind", label=gettext_lazy("kind"), accessor="get_kind_display", sort_key="kind"),
        Column("bank", label=gettext_lazy("bank"), accessor="bank", sort_key="bank__name"),
        Column("state", label=gettext_lazy("Status"), accessor=state_words, sort_key="live"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("prompt"),
            FieldPanel("kind"),
            InlinePanel(
                "options",
                panels=[FieldPanel("text"), FieldPanel("correct"), FieldPanel("feedback")],
                heading=gettext_lazy("Answers"),
                label=gettext_lazy("Answer"),
                help_text=gettext_lazy(
                    "Single choice: one of them correct. Multiple choice: at least one correct and one not. True or "
                    "false: these two. What you change here changes no attempt that has already begun."
                ),
            ),
            FieldPanel("explanation"),
            FieldRowPanel([FieldPanel("bank"), FieldPanel("tag")]),
            PublishingPanel(),
        ],
        base_form_class=QuestionForm,
    )


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def remark_on_published_question(request: HttpRequest, instance: Any) -> None:
    """What does not forbid publishing is said after it."""
    if isinstance(instance, Question) and "action-publish" in request.POST:
        for remark in remarks_on(instance):
            messages.warning(request, remark)


# --- Quizzes -----------------------------------------------------------------------------------------------------


class QuizFilters(WagtailFilterSet):
    """Narrow the list of quizzes."""

    live = django_filters.BooleanFilter(label=gettext_lazy("published"))

    class Meta:
        model = Quiz
        fields = ["live"]


class QuizIndexView(IndexView):
    """The list of quizzes, with how many questions each asks; a translation asks those of the quiz it translates."""

    def get_base_queryset(self) -> QuerySet[Quiz]:
        quizzes: QuerySet[Quiz] = super().get_base_queryset().annotate(question_count=questions_asked())
        return quizzes


class QuizChooseView(ChooseView):
    filter_form_class = QuizFilterForm


class QuizChooseResultsView(ChooseResultsView):
    filter_form_class = QuizFilterForm


class QuizChooserViewSet(GuardedChooserViewSet):
    choose_view_class = QuizChooseView
    choose_results_view_class = QuizChooseResultsView


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "tasks"
    index_view_class = QuizIndexView
    chooser_viewset_class = QuizChooserViewSet
    filterset_class = QuizFilters
    copy_view_enabled = False
    ordering = ["title"]
    search_fields = ["title"]
    list_display = [
        "title",
        NumberColumn("question_count", label=gettext_lazy("questions"), sort_key="question_count"),
        Column(
            "pass_mark",
            label=gettext_lazy("pass mark"),
            accessor=lambda quiz: f"{quiz.pass_mark}%",
            sort_key="pass_mark",
        ),
        Column("state", label=gettext_lazy("Status"), accessor=state_words, sort_key="live"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("attempts_allowed")]),
            FieldPanel("shuffle"),
            InlinePanel(
                "parts",
                panels=[
                    FieldPanel("question"),
                    FieldRowPanel([FieldPanel("bank"), FieldPanel("tag"), FieldPanel("draw")]),
                ],
                heading=gettext_lazy("Questions"),
                label=gettext_lazy("Part"),
                help_text=gettext_lazy(
                    "Each part is a question that everybody gets, or a number of questions drawn from a bank. In a "
                    "translation only the title counts; the questions are those of the quiz in the source language."
                ),
            ),
            PublishingPanel(),
        ],
        base_form_class=QuizForm,
    )


class QuizzesViewSetGroup(SnippetViewSetGroup):
    """Quizzes, questions and banks under one entry of the menu."""

    items = (QuizViewSet, QuestionViewSet, QuestionBankViewSet)
    menu_label = gettext_lazy("Quizzes")
    menu_icon = "tasks"
    menu_order = 320
    add_to_admin_menu = True


register_snippet(QuizzesViewSetGroup)


# --- Deleting ----------------------------------------------------------------------------------------------------


@hooks.register("before_delete_snippet")
def refuse_to_delete_what_is_held(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """What something points at is not deleted: the words say what, and a button leads to unpublishing."""
    held: list[tuple[Any, list[tuple[str, int]]]] = [
        (row, holders)
        for row in instances
        if isinstance(row, Quiz | Question | QuestionBank) and (holders := what_holds(row))
    ]
    for row, holders in held:
        viewset = row.snippet_viewset
        values = {"title": str(row), "holders": held_by(holders)}
        if getattr(row, "live", False):
            text = _("“%(title)s” was not deleted, because it is in use (%(holders)s). Unpublish it instead.")
            address = reverse(viewset.get_url_name("unpublish"), args=[row.pk])
            messages.error(request, text % values, buttons=[messages.button(address, _("Unpublish"))])
        else:
            messages.error(request, _("“%(title)s” was not deleted, because it is in use (%(holders)s).") % values)
    if not held:
        return None
    if len(instances) == 1:
        return redirect(viewset.get_url_name("edit"), held[0][0].pk)
    return redirect(viewset.get_url_name("list"))


@hooks.register("words_against_translation")
def refuse_other_answers(row: Any) -> list[str]:
    """A translated question has the answers of its original."""
    return faults_of_translation(row) if isinstance(row, Question) else []
