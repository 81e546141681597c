"""The demonstration's template and promise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certificates import demo
from certificates.documents import render
from certificates.models import Award, CertificateTemplate
from certificates.papers import sample_snapshot
from tests.factories.catalogue import make_course

pytestmark = pytest.mark.django_db


def test_it_is_built_once_and_keeps_what_was_changed() -> None:
    course = make_course(lessons=1, code="narzedzie-it")
    list(demo.build())
    CertificateTemplate.objects.update(issued_place="Bydgoszcz")
    Award.objects.update(active=False)
    list(demo.build())
    template, award = CertificateTemplate.objects.get(), Award.objects.get()
    assert (template.issued_place, template.is_sample, award.active, award.course) == ("Bydgoszcz", True, False, course)
    assert award.not_before < timezone.now() - timedelta(days=300)


def test_without_the_course_there_is_only_the_template() -> None:
    list(demo.build())
    assert CertificateTemplate.objects.count() == 1
    assert not Award.objects.exists()


@pytest.mark.parametrize("language", ["pl", "en"])
def test_its_paper_can_be_printed(language: str) -> None:
    list(demo.build())
    template = CertificateTemplate.objects.get()
    template.full_clean()
    assert render(sample_snapshot(template, language)).startswith(b"%PDF-")
