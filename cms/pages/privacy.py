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
        "about_staff": True,
        "columns": ["page__title", "review_on"],
        "blank": {"responsible": None},
    },
    {
        "model": "cms_pages.NoticeRead",
        "user": "user",
        "what": _("Which version of this notice you have read"),
        "purpose": _("Telling you of a change once, and not again"),
        "basis": _("Art. 6(1)(c) GDPR: telling you how data are used"),
        "retention": _("As long as the account exists"),
        "erase": "delete",
        "columns": ["version_number", "read_at"],
    },
]
