"""What this house holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "certificates.NameConfirmation",
        "person": "person",
        "what": _("The name that you confirmed for your certificates"),
        "purpose": _("Issuing certificates in the right name"),
        "basis": _("Art. 6(1)(b) GDPR: the account agreement"),
        "retention": _("As long as the account exists"),
        "erase": "delete",
        "columns": ["name", "confirmed_at"],
    },
    {
        "model": "certificates.Certificate",
        "person": "person",
        "what": _("Certificates issued to you: number, name, course, hours, dates"),
        "purpose": _("Proving that the training took place; anybody who holds a certificate can have it checked"),
        "basis": _("Art. 6(1)(f) GDPR: proving what was certified; erasure is limited by art. 17(3)(e)"),
        "retention": _("10 years from the year of issue; then the number and the course remain, without your name"),
        "erase": "keep",
        "columns": [
            "number",
            "holder_name",
            "language",
            "issued_at",
            "issue_reason",
            "replaced_at",
            "revoked_at",
            "revocation_reason",
        ],
    },
    {
        "model": "certificates.Certificate",
        "user": "revoked_by",
        "what": _("Certificates that you revoked"),
        "purpose": _("Explaining later who revoked a certificate"),
        "basis": _("Art. 6(1)(f) GDPR: running the site"),
        "retention": _("As long as the certificate is kept; after the account is deleted, without a name"),
        "erase": "anonymise",
        "about_staff": True,
        "columns": ["number", "revoked_at"],
        "blank": {"revoked_by": None},
    },
]
