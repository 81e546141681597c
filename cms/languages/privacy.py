"""What this room holds about people: who translated which sentence, in the tables of wagtail-localize."""

from typing import Any

from django.utils.translation import gettext_lazy as _

_WHO_TRANSLATED: dict[str, Any] = {
    "user": "last_translated_by",
    "purpose": _("Establishing later who changed what"),
    "basis": _("Art. 6(1)(f) GDPR: running the site"),
    "retention": _("As long as the translation is there; after the account is deleted, without a name"),
    "erase": "anonymise",
    "blank": {"last_translated_by": None},
}
HOLDINGS: list[dict[str, Any]] = [
    _WHO_TRANSLATED
    | {
        "model": "wagtail_localize.StringTranslation",
        "what": _("Sentences that you translated"),
        "columns": ["data", "created_at", "updated_at"],
    },
    _WHO_TRANSLATED
    | {
        "model": "wagtail_localize.SegmentOverride",
        "what": _("Links, files and values that you set for a translation"),
        "columns": ["data_json", "created_at", "updated_at"],
    },
]
