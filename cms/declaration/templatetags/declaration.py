"""What the page of the declaration shows beside its own fields."""

from typing import Any

from django import template
from django.utils.translation import get_language

from cms.declaration.queries import Declared, declared_on
from cms.pages.models import AccessibilityPage

register = template.Library()


@register.simple_tag(takes_context=True)
def declared(context: dict[str, Any], page: AccessibilityPage) -> Declared:
    """The status, the list that fills itself, and the reviews, for this page or for its version out of force."""
    return declared_on(page, language=get_language() or "pl", old=context.get("old_version"))
