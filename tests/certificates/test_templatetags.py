"""Certificates on the pages of lower houses."""

from collections.abc import Callable

import pytest
from django.template import Context, Template

from certificates import actions
from certificates.models import Award, Certificate
from cms.accounts.models import Person
from tests.factories.certificates import make_award, make_certificate
from tests.factories.learning import make_completion

pytestmark = pytest.mark.django_db


def shown(source: str, **context: object) -> str:
    return Template("{% load certificates %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_my_certificates_cost_one_query(holder: Person, count: int, django_assert_num_queries: Callable) -> None:
    for _ in range(count):
        make_certificate(holder)
    source = "{% my_certificates person as found %}{% for one in found %}{{ one.number }} {{ one.state }} {% endfor %}"
    with django_assert_num_queries(1):
        html = shown(source, person=holder)
    assert html.count("valid") == count


def test_a_row_tells_what_a_list_needs(certificate: Certificate, holder: Person) -> None:
    actions.make_paper(certificate_id=certificate.pk)
    from certificates.templatetags.certificates import my_certificates

    (row,) = my_certificates(holder)
    certificate.refresh_from_db()
    assert row["title"] == certificate.snapshot["course_title"]
    assert (row["number"], row["state"], row["ready"]) == (certificate.number, "valid", True)
    assert row["pdf_size"] == certificate.pdf_size
    assert row["url"].endswith(f"/{certificate.pk}/")
    assert row["pdf_url"].endswith(f"/{certificate.pk}/pdf/")
    assert row["verify_url"] == certificate.snapshot["verify_url"]
    assert row["issued_on"].isoformat() == certificate.snapshot["issued_on"]


def test_the_section_reads_by_itself(certificate: Certificate, holder: Person) -> None:
    html = shown('{% include "certificates/_mine.html" %}', person=holder)
    assert certificate.number in html
    assert "<h3>" in html


def test_a_course_that_is_done_shows_its_certificate_or_waits(
    award: Award, holder: Person, django_assert_num_queries: Callable
) -> None:
    completion = make_completion(holder, award.course)
    source = "{% certificate_of completion as found %}{{ found.number|default:'waits' }}"
    with django_assert_num_queries(1):
        assert shown(source, completion=completion) == "waits"
    certificate = actions.issue(completion_id=completion.pk, now=completion.completed_at)
    assert certificate is not None
    assert shown(source, completion=completion) == certificate.number
    assert shown(source, completion=None) == "waits"


@pytest.mark.rule("certificate-1")
def test_a_course_promises_what_its_award_says(award: Award, django_assert_num_queries: Callable) -> None:
    off = make_award(active=False)
    source = "{% certificate_promise code as promised %}{{ promised }}"
    with django_assert_num_queries(1):
        assert shown(source, code=award.course.code) == "True"
    assert shown(source, code=off.course.code) == "False"
    assert shown(source, code="no-course") == "False"
