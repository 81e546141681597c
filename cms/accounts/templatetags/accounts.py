"""Words about accounts in templates."""

from django import template

from cms.accounts import rules

register = template.Library()


@register.filter
def device_name(user_agent: str) -> str:
    """The browser and the device, as people call them."""
    return rules.device_name(user_agent)
