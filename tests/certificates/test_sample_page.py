"""What a certificate of a course looks like: for anybody, before enrolling."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from certificates.models import Certificate
from tests.factories.catalogue import make_course, page_of
from tests.factories.certificates import make_award

pytestmark = [pytest.mark.django_db, pytest.mark.rule("certificate-25")]


def test_the_course_page_leads_to_a_sample_that_says_so(client: Client, django_assert_max_num_queries) -> None:
    award = make_award(make_course())
    address = reverse("certificates_own:show-sample", kwargs={"course": award.course.code})
    assert f'href="{address}"' in client.get(page_of(award.course).get_url()).content.decode()
    client.get(address)
    with django_assert_max_num_queries(5):
        answer = client.get(address)
    page = answer.content.decode()
    assert "DOKUMENT PRZYKŁADOWY" in page
    assert "Anna Przykładowa" in page
    assert f'href="{page_of(award.course).get_url()}"' in page
    assert not Certificate.objects.exists()
    assert not answer.cookies


def test_where_no_certificate_is_promised_there_is_no_sample(client: Client) -> None:
    award = make_award(make_course())
    address = reverse("certificates_own:show-sample", kwargs={"course": award.course.code})
    award.active = False
    award.save()
    cache.clear()
    assert client.get(address).status_code == 404
    assert address not in client.get(page_of(award.course).get_url()).content.decode()


def test_a_course_that_is_not_for_this_visitor_shows_no_sample(client: Client) -> None:
    award = make_award(make_course())
    page = page_of(award.course)
    address = reverse("certificates_own:show-sample", kwargs={"course": award.course.code})
    closed = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address).status_code == 404
    closed.delete()
    assert client.get(address).status_code == 200
    page.unpublish()
    assert client.get(address).status_code == 404
