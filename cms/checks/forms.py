"""The form of a page refuses to publish what has a blocking fault, and says so where it is mended."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateInput

from cms.checks.queries import Standing, standings_of
from cms.checks.wording import fault_words

Tree = dict[str | int, Any]
"""Messages by place: the ones of the place itself stand under the empty key."""

LONGEST = timedelta(days=366)


def is_publishing(data: Any) -> bool:
    """Whether the editor pressed a button that makes a page public or hands it in: not one that gives it back."""
    if any(name in data for name in ("action-publish", "action-submit", "action-restart-workflow")):
        return True
    return "action-workflow-action" in data and data.get("workflow-action-name") != "reject"


class CheckedPageForm(WagtailAdminPageForm):
    """A page. A draft may have faults; what is published or handed in has none that stops publication."""

    def is_valid(self) -> bool:
        valid: bool = super().is_valid()
        if not valid or not is_publishing(self.data):
            return valid
        stopping = [standing for standing in standings_of(self.instance, self._children()) if standing.stops]
        self._refuse(stopping)
        return not stopping

    def _children(self) -> dict[str, list[Any]]:
        """The rows of the formsets as they were sent, without those to be deleted."""
        return {
            name: [form.instance for form in self._kept_forms(formset)]
            for name, formset in self.formsets.items()
            if name != "comments"
        }

    @staticmethod
    def _kept_forms(formset: Any) -> list[Any]:
        forms_in_order = formset.ordered_forms if formset.can_order else formset.forms
        return [
            form
            for form in forms_in_order
            if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
        ]

    def _refuse(self, stopping: list[Standing]) -> None:
        if not stopping:
            return
        count = len(stopping)
        self.add_error(
            None,
            ngettext(
                "Not published: one fault stops it. It is described where it is mended.",
                "Not published: %(count)d faults stop it. Each is described where it is mended.",
                count,
            )
            % {"count": count},
        )
        trees: dict[str, Tree] = {}
        for standing in stopping:
            path, words = standing.fault.place.path, fault_words(standing.fault)
            if path and path[0] in self.fields:
                tree = trees.setdefault(str(path[0]), {})
                for step in path[1:]:
                    tree = tree.setdefault(step, {})
                tree.setdefault("", []).append(words)
            elif len(path) > 1 and path[0] in self.formsets and isinstance(path[1], int):
                kept = self._kept_forms(self.formsets[str(path[0])])
                self._refuse_child(kept[path[1]], str(path[2]) if len(path) > 2 else None, words)
            else:
                self.add_error(None, words)
        for name, tree in trees.items():
            block = getattr(self._meta.model._meta.get_field(name), "stream_block", None)
            value = getattr(self.instance, name)
            self.add_error(name, _error_of(block, value, tree) if block else ValidationError(tree[""]))

    @staticmethod
    def _refuse_child(form: forms.BaseForm, name: str | None, words: str) -> None:
        form.add_error(name if name in form.fields else None, words)


def _error_of(block: blocks.Block, value: Any, tree: Tree) -> ValidationError:
    """The messages of a tree as Wagtail shows them inside the blocks to which they belong."""
    own: list[str] = tree.get("", [])
    below = {key: inner for key, inner in tree.items() if key != ""}
    if isinstance(block, blocks.StreamBlock):
        inside = {key: _error_of(value[key].block, value[key].value, inner) for key, inner in below.items()}
        return blocks.StreamBlockValidationError(block_errors=inside, non_block_errors=own)
    if isinstance(block, blocks.ListBlock):
        inside = {key: _error_of(block.child_block, value[key], inner) for key, inner in below.items()}
        return blocks.ListBlockValidationError(block_errors=inside, non_block_errors=own)
    if isinstance(block, blocks.StructBlock):
        inside = {
            key: _error_of(block.child_blocks[str(key)], value.get(key) if hasattr(value, "get") else None, inner)
            for key, inner in below.items()
        }
        return blocks.StructBlockValidationError(block_errors=inside, non_block_errors=own)
    return ValidationError(own or _flat(below))


def _flat(tree: Tree) -> list[str]:
    return [words for inner in tree.values() for words in _words_in(inner)]


def _words_in(tree: Tree) -> Iterable[str]:
    return [*tree.get("", []), *_flat({key: inner for key, inner in tree.items() if key != ""})]


class LetPassForm(forms.Form):
    """Why faults are let pass for a time, and by when they will be mended."""

    fault = forms.MultipleChoiceField(
        label=_("Faults"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one fault.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it in the accessibility declaration. Say why, and whom to ask until then."),
    )
    mend_by = forms.DateField(label=_("Mended by"), widget=AdminDateInput, help_text=_("A day within the next year."))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fault"].choices = choices  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        reason = " ".join(self.cleaned_data["reason"].split())
        if len(reason) < 10:
            raise ValidationError(_("Say it in a sentence."), code="short")
        return reason

    def clean_mend_by(self) -> Any:
        day, today = self.cleaned_data["mend_by"], timezone.localdate()
        if day <= today:
            raise ValidationError(_("Choose a day after today."), code="past")
        if day > today + LONGEST:
            raise ValidationError(_("Choose a day within the next year."), code="far")
        return day
