"""What this room holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "cms_pages.PageCare",
        "user": "responsible",
        "what": _("Pages that you look after"),
        "purpose": _("Reminding whoever looks after a page that it is to be reviewed"),
        "basis": _("Art. 6(1)(f) GDPR: running the site"),
        "retention": _("As long as you look after the page; after the account is deleted, without a name"),
        "erase": "anonymise",
        "columns": ["page__title", "review_on"],
        "blank": {"responsible": None},
    },
]
