"""Jobs of this room."""

from django_tasks import task
from wagtail.models import Locale, Page

from cms.accounts.models import User
from cms.languages import actions


@task()
def submit_below(page_id: int, locale_id: int, user_id: int) -> None:
    """Hand all pages below one to translation. Safe to repeat; ends where the page or the language is gone."""
    page, locale = Page.objects.filter(pk=page_id).first(), Locale.objects.filter(pk=locale_id).first()
    if page is not None and locale is not None:
        actions.submit_below(page=page, locale=locale, by=User.objects.filter(pk=user_id).first())
