"""The demonstration's certificates: a template that says it is a sample, and the promise of the sample course."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from certificates.models import Award, CertificateTemplate
from courses.catalogue.models import Course

TEMPLATE = "Zaświadczenie Akademii"
COURSE = "narzedzie-it"


def build() -> Iterator[str]:
    """Make what is missing; what a coordinator changed in the meantime stays."""
    template, _created = CertificateTemplate.objects.get_or_create(
        name=TEMPLATE,
        defaults={
            "series": "AW",
            "issuer_name": "Akademia Współpracy – wersja demonstracyjna",
            "issued_place": "Toruń",
            "signatory_name": "",
            "signatory_function_pl": "Koordynacja szkoleń (przykład)",
            "signatory_function_en": "Training coordination (sample)",
            "funding_note_pl": "Treść przykładowa – edycja bez finansowania UE.",
            "funding_note_en": "Sample content – an edition without EU funding.",
            "is_sample": True,
        },
    )
    course = Course.objects.filter(code=COURSE).first()
    if course is None:
        return
    # Whoever of the demo people completed the course before today shall see a certificate, too.
    award, created = Award.objects.get_or_create(
        course=course,
        kind=Award.Kind.COMPLETION,
        defaults={"template": template, "not_before": timezone.now() - timedelta(days=365)},
    )
    if created:
        yield f"Award for “{award.course}”"
