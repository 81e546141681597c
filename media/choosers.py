"""A chooser for those who may see what it offers. Wagtail's own opens for everybody on the editors' side."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import SnippetChooserViewSet

MAY_CHOOSE = {"view", "add", "change", "delete"}


class GuardedChooserViewSet(SnippetChooserViewSet):
    """Refuses whoever may neither see nor edit the model; each of the chooser's addresses does."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponseBase]:
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            policy = policy_registry.get_by_type(self.model)
            if not policy.user_has_any_permission(request.user, MAY_CHOOSE):
                raise PermissionDenied
            answer: HttpResponseBase = view(request, *args, **kwargs)
            return answer

        return guarded
