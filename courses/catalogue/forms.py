"""Forms of the editors: a draft may be unfinished; what is refused on publishing is said where it is mended."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cms.checks.forms import CheckedPageForm, is_publishing
from courses.catalogue.models import Course, LessonPage
from courses.catalogue.queries import draft_step
from courses.catalogue.rules import DraftStep, StepKind, publish_problems
from courses.catalogue.wording import publish_refusal
from media.staying import refuse_expiry


class CoursePageForm(CheckedPageForm):
    """A course: a draft may be unfinished; what is published must hold together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].error_messages["invalid"] = _(
                "Write the code with letters without diacritics, digits and hyphens only, for example: narzedzie-it."
            )

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if not is_publishing(self.data):
            return valid
        return self._outline_may_be_published() and valid

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        key = self.instance.translation_key
        if Course.objects.filter(code=code).exclude(key=key).exists():
            raise forms.ValidationError(_("Another course has this code."), code="code_taken")
        known = Course.objects.filter(key=key).first()
        if known and known.code != code:
            raise forms.ValidationError(
                _("The code of a published course does not change; it is “%(code)s”."),
                code="code_changed",
                params={"code": known.code},
            )
        return code

    def _outline_may_be_published(self) -> bool:
        rows: list[tuple[forms.BaseForm, DraftStep]] = []
        for module_form in self._kept("modules", self):
            for position, step_form in enumerate(self._kept("steps", module_form), start=1):
                values = step_form.cleaned_data
                rows.append(
                    (
                        step_form,
                        draft_step(
                            module_title=module_form.cleaned_data.get("title", ""),
                            position=position,
                            kind=StepKind(values.get("kind") or StepKind.LESSON),
                            target=values.get(values.get("kind", "")),
                            required=bool(values.get("required")),
                        ),
                    )
                )
        problems = publish_problems([row for _form, row in rows])
        for code, step in problems:
            words = publish_refusal(code, step)
            self.add_error(None, words)
            if step is not None:
                form = next(form for form, row in rows if row is step)
                at_step = _("Choose what this step leads to.") if code == "step_without_target" else words
                form.add_error(form.cleaned_data.get("kind") or "kind", at_step)
        return not problems

    @staticmethod
    def _kept(name: str, form: Any) -> list[Any]:
        formset = form.formsets.get(name)
        if formset is None:
            return []
        return [
            row for row in formset.ordered_forms if hasattr(row, "cleaned_data") and row not in formset.deleted_forms
        ]


class LessonPageForm(CheckedPageForm):
    """A lesson: nobody publishes an empty one. A new one may have the title of another; its address then differs."""

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        return slug if self.instance.pk or not slug else str(self.parent_page.free_slug(slug))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if is_publishing(self.data) and "body" in cleaned and not cleaned["body"]:
            self.add_error("body", _("Write the lesson before you publish it."))
        if is_publishing(self.data):
            refuse_expiry(self)
        return cleaned


class PlaceLessonForm(forms.Form):
    """In which module of its course a new lesson shall stand."""

    module = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, lesson: LessonPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        draft = lesson.get_parent().specific.get_latest_revision_as_object()
        self.fields["module"].label = _("Module")
        self.fields["module"].choices = [(str(m.key), f"{m.code}. {m.title}") for m in draft.modules.all()]
