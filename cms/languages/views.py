"""Screens of wagtail-localize at which more is asked here."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.languages.permissions import may_publish
from cms.languages.queries import lacks_parent_in, words_against


class SubmitPage(SubmitPageTranslationView):
    """Hands a page to translation, once the page above it has been: else that one would be mirrored unasked."""

    def get_form(self) -> Any:
        form = super().get_form()
        if self.request.method == "POST" and form.is_valid():
            for locale in form.cleaned_data["locales"]:
                if lacks_parent_in(self.object, locale):
                    form.add_error("locales", _("Translate the page above first: a translation stands below its own."))
        return form


class SendOn(UpdateTranslationsView):
    """Sends changes of an original to its translations. Publishing them at once asks what publishing always asks."""

    def form_valid(self, form: Any) -> HttpResponse:
        if form.cleaned_data["publish_translations"]:
            self._refuse_or_go_on(form)
        return super().form_valid(form)

    def _refuse_or_go_on(self, form: Any) -> None:
        """Without leave or with faults the changes are sent on, and nothing is published."""
        self.object.update_from_db()
        for translation in self.object.translations.filter(enabled=True).select_related("target_locale", "source"):
            row = translation.get_target_instance()
            if not may_publish(self.request.user, row) or words_against(translation):
                form.cleaned_data["publish_translations"] = False
        if not form.cleaned_data["publish_translations"]:
            messages.warning(self.request, _("The changes were sent on; nothing was published."))


def refuse_to_mirror(request: HttpRequest, page_id: int) -> HttpResponse:
    """No page becomes a mirror of one in another language."""
    raise PermissionDenied
