"""Files for the participants of a course, and covers: nobody else gets them, by whatever address."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.accounts.rules import Role
from cms.library import actions, tasks
from cms.library.models import Cover, PublicationFile, PublicationPage
from courses.learning.models import Enrolment
from media.models import CustomDocument
from tests.factories.accounts import PersonFactory, UserFactory, staff
from tests.factories.catalogue import make_course
from tests.factories.files import blank_pdf, locked_pdf, pdf
from tests.factories.learning import enrol
from tests.factories.library import make_publication
from tests.factories.media import DocumentFactory
from tests.factories.pages import nothing_beside
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def at(file: PublicationFile) -> str:
    return reverse("cms_library:open-file", args=[file.key])


def enrolled() -> Enrolment:
    return enrol(PersonFactory(), make_course())  # type: ignore[arg-type]


def closed(code: str) -> PublicationFile:
    make_publication(files=1, access={"access": f"course:{code}"})
    return PublicationFile.objects.get()


@pytest.mark.rule("library-12")
def test_a_file_for_participants_opens_for_them_alone(client: Client) -> None:
    enrolment = enrolled()
    file = closed(enrolment.course.code)
    told = client.get(at(file))
    assert told.status_code == 403
    assert "Zaloguj się" in words_of(told)
    assert enrolment.course.title("pl") in words_of(told)
    client.force_login(UserFactory())
    told = client.get(at(file))
    assert told.status_code == 403
    assert "nie jest zapisane" in words_of(told)
    assert "osób, które uczestniczą" in words_of(client.get(file.publication.get_url()))
    client.force_login(enrolment.person.user)
    assert client.get(at(file)).status_code == 200
    for state, expected in ((Enrolment.State.COMPLETED, 200), (Enrolment.State.WITHDRAWN, 403)):
        Enrolment.objects.update(state=state)
        assert client.get(at(file)).status_code == expected
    client.force_login(staff(Role.EDITORS))
    assert client.get(at(file)).status_code == 200


@pytest.mark.rule("library-12")
def test_no_other_address_leads_to_it(client: Client) -> None:
    file = closed(enrolled().course.code)
    answer = client.get(file.document.url)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 403
    old_name = reverse("wagtaildocs_serve", args=[file.document.pk, "stara-nazwa.pdf"])
    assert client.get(old_name, follow=True).status_code in {403, 404}
    assert client.get(f"/media/{file.document.file.name}").status_code == 404
    cover = reverse("cms_library:show-cover", args=[file.key, "small"])
    assert client.get(cover).status_code == 404


@pytest.mark.rule("library-12")
def test_a_course_that_is_gone_lets_nobody_in(client: Client) -> None:
    file = closed("nie-ma-go")
    client.force_login(UserFactory())
    told = client.get(at(file))
    assert told.status_code == 403
    assert "której już nie ma" in words_of(told)
    assert "Dla zamkniętej grupy osób." in words_of(client.get(file.publication.get_url()))


@pytest.mark.rule("library-12")
def test_an_editor_chooses_among_the_courses_there_are(client: Client) -> None:
    course = enrolled().course
    page = make_publication(files=1, document=DocumentFactory(accessible=True))
    client.force_login(staff(Role.LEAD_EDITORS))
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f'value="course:{course.code}"' in form

    def saved(access: str) -> str:
        file = {"id": page.files.get().pk, "document": page.files.get().document_id, "access": access}
        data = nested_form_data(
            {
                "title": page.title, "slug": page.slug, "summary": "Zdanie.", "kind": "guide", "year": 2026,
                "licence": "cc-by-4.0", "language": "pl", "chapters": streamfield([]),
                "files": inline_formset([file], initial=1), "comments": inline_formset([]), "action-publish": "1",
            }
            | nothing_beside()
        )  # fmt: skip
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
        return PublicationFile.objects.get().access

    assert saved(f"course:{course.code}") == f"course:{course.code}"
    assert saved("course:nie-ma-go") == f"course:{course.code}"
    assert saved("public") == "public"


@pytest.mark.rule("library-13")
def test_the_first_page_of_an_open_file_is_the_cover(client: Client) -> None:
    document = DocumentFactory(file=ContentFile(pdf(), name="a.pdf"))
    page = make_publication(files=1, document=document, cover_from_file=True)
    file = PublicationFile.objects.get()
    assert "okladka" not in words_of(client.get(page.get_url()))
    tasks.make_missing.call()
    cache.clear()
    cover = Cover.objects.get()
    assert cover.width > cover.height > 0
    small = reverse("cms_library:show-cover", args=[file.key, "small"])
    assert small in words_of(client.get(page.get_parent().get_url()))
    shown = words_of(client.get(page.get_url()))
    assert reverse("cms_library:show-cover", args=[file.key, "large"]) in shown
    assert 'alt=""' in shown
    answer = client.get(small)
    assert answer["Content-Type"] == "image/webp"
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert client.get(small, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get(reverse("cms_library:show-cover", args=[file.key, "huge"])).status_code == 404
    first = cover.small.name
    actions.draw_cover(document_id=document.pk)
    assert Cover.objects.get().small.name == first


@pytest.mark.rule("library-13")
def test_a_cover_shows_nothing_that_its_file_does_not(client: Client) -> None:
    document = DocumentFactory(file=ContentFile(pdf(), name="a.pdf"))
    page = make_publication(files=1, document=document, cover_from_file=True)
    tasks.make_missing.call()
    file = PublicationFile.objects.get()
    small = reverse("cms_library:show-cover", args=[file.key, "small"])
    assert client.get(small).status_code == 200
    changes = [{"access": "signed_in"}, {"opens_on": date.today() + timedelta(days=2)}, {"access": "course:x"}]
    for change in changes:
        PublicationFile.objects.update(**{"access": "public", "opens_on": None, **change})
        assert client.get(small).status_code == 404
        client.force_login(UserFactory())
        assert client.get(small).status_code == 404
        client.logout()
    PublicationFile.objects.update(access="public", opens_on=None)
    PublicationPage.objects.update(cover_from_file=False)
    assert client.get(small).status_code == 404
    PublicationPage.objects.update(cover_from_file=True)
    CustomDocument.objects.update(file="documents/new.pdf")
    assert client.get(small).status_code == 404
    page.unpublish()
    assert client.get(small).status_code == 404


@pytest.mark.rule("library-13")
@pytest.mark.parametrize("content", [b"%PDF-1.7 startxref", locked_pdf(password="x"), blank_pdf()])
def test_what_cannot_be_drawn_is_not_tried_for_ever(content: bytes) -> None:
    document = DocumentFactory(file=ContentFile(content, name="a.pdf"))
    make_publication(files=1, document=document, cover_from_file=True)
    for _time in range(3):
        tasks.make_missing.call()
    cover = Cover.objects.get()
    assert bool(cover.small) == (content == blank_pdf()) or cover.tries >= 1
    assert actions.draw_cover(document_id=0) is None
