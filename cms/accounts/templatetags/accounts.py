"""Words about accounts in templates, and links that keep the way on which somebody came to the door."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from cms.accounts import rules
from cms.accounts.pending import local_path

register = template.Library()


@register.filter
def device_name(user_agent: str) -> str:
    """The browser and the device, as people call them."""
    return rules.device_name(user_agent)


@register.simple_tag(takes_context=True)
def way_on(context: dict[str, Any], name: str) -> str:
    """The address ``name``, with where the reader wanted to go, if that is a path of this site."""
    request = context["request"]
    way = local_path(str(request.POST.get("next") or request.GET.get("next") or ""))
    return f"{reverse(name)}?{urlencode({'next': way})}" if way else reverse(name)
