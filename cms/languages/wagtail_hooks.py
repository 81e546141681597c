"""What this room adds to the administration: the way to translation from lists, and the gate before publication."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page, TranslatableMixin

from cms.checks.panels import address_of_faults
from cms.languages import mending, views
from cms.languages.queries import enabled_translation_into, words_against

mending.ask_nothing_for_each_row()
SUBMIT = "wagtail_localize.submit_translation"


@hooks.register("register_admin_urls", order=-10)
def addresses() -> list[Any]:
    """The addresses of wagtail-localize at which more is asked here. The first one that fits answers."""
    return [
        path("localize/submit/page/<int:page_id>/", views.SubmitPage.as_view(), name="cms_languages_submit_page"),
        path("localize/update/<int:translation_source_id>/", views.SendOn.as_view(), name="cms_languages_send_on"),
        path("localize/page/<int:page_id>/convert_to_alias/", views.refuse_to_mirror, name="cms_languages_mirror"),
    ]


def _source_locale(user: Any) -> int | None:
    """The id of the source language; asked once for each user object, that is for each request."""
    if not hasattr(user, "source_locale_id"):
        found = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).values_list("pk", flat=True)
        user.source_locale_id = found.first()
    known: int | None = user.source_locale_id
    return known


@hooks.register("register_snippet_listing_buttons")
def translate_a_snippet(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way to translation, in the list of a kind of content, from what is written in the source language."""
    if not isinstance(snippet, TranslatableMixin) or not user.has_perm(SUBMIT):
        return
    if snippet.locale_id == _source_locale(user):
        options = snippet._meta
        address = reverse(
            "wagtail_localize:submit_snippet_translation",
            args=[options.app_label, options.model_name, quote(snippet.pk)],
        )
        name = _("Translate “%(title)s”") % {"title": snippet}
        yield Button(
            _("Translate"), address, icon_name="wagtail-localize-language", priority=100, attrs={"aria-label": name}
        )


@hooks.register("register_page_listing_more_buttons")
def translate_a_page(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way to translation in the list of pages."""
    if page.is_root() or not user.has_perm(SUBMIT) or page.locale_id != _source_locale(user):
        return
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    yield Button(_("Translate this page"), address, icon_name="wagtail-localize-language", priority=60)


@hooks.register("construct_page_action_menu")
def offer_no_mirror(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


# --- The gate -----------------------------------------------------------------------------------------------------


@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def refuse_to_publish_a_translation(request: HttpRequest, row: Any) -> HttpResponse | None:
    """wagtail-localize publishes without a form; what a form would refuse is refused here, and told beforehand."""
    translation = enabled_translation_into(row)
    if translation is None:
        return None
    publishing = request.method == "POST" and request.POST.get("action") == "publish"
    if not publishing and request.method != "GET":
        return None
    if not (words := words_against(translation)):
        return None
    say = messages.error if publishing else messages.warning
    text = (
        _("Not published: %(title)s. %(faults)s") if publishing else _("This keeps it from being published: %(faults)s")
    )
    buttons = [messages.button(address_of_faults(row), _("Show the faults"))]
    say(request, text % {"title": row, "faults": " ".join(words)}, buttons=buttons)
    return redirect(request.path) if publishing else None
