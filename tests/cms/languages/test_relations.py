"""What stands beside and below a page when it is translated: files, topics, care, modules with their steps."""

import json
from datetime import date
from typing import Any

import pytest

from cms.glossary.models import Term
from cms.library.models import PublicationFile, PublicationPage, Topic
from cms.pages.models import EasyVersion, PageCare
from courses.catalogue.models import CoursePage, LessonPage, OutlineVersion
from tests.factories.catalogue import locale, make_course, make_home, make_index, page_of
from tests.factories.languages import submit, translate_all, translation_of
from tests.factories.library import make_library, make_publication
from tests.factories.media import DocumentFactory
from tests.factories.pages import look_after, make_text_page, name_easy_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish_in_english(django_capture_on_commit_callbacks: Any) -> Any:
    """Translate each sentence of a page with a mark and publish it."""

    def publish(page: Any) -> Any:
        twin = page.get_translation(locale("en"))
        translate_all(twin, "English")
        with django_capture_on_commit_callbacks(execute=True):
            translation_of(twin).save_target(publish=True)
        return type(page).objects.get(pk=twin.pk)

    return publish


@pytest.fixture
def home() -> Any:
    page = make_home()
    submit(page)
    return page


def send_on(page: Any) -> None:
    """What the button for sending changes on does."""
    translation_of(page.get_translation(locale("en"))).source.update_from_db()


@pytest.mark.rule("languages-3")
def test_a_publication_keeps_its_record_files_and_topics(home: Any, publish_in_english: Any) -> None:
    library = make_library()
    submit(library)
    page = make_publication(isbn="978-83-01-00000-4", year=2026, language="pl")
    page = PublicationPage.objects.get(pk=page.pk)
    topic = Topic.objects.create(title="Zakupy społeczne", slug="zakupy-spoleczne", locale=locale("pl"))
    english = Topic.objects.create(
        title="Social purchasing", slug="zakupy-spoleczne", locale=locale("en"), translation_key=topic.translation_key
    )
    alone = Topic.objects.create(title="Tylko po polsku", slug="tylko", locale=locale("pl"))
    page.topics = [topic, alone]
    page.files = [PublicationFile(document=DocumentFactory(), pages=7)]
    page.save_revision().publish()
    submit(page)
    twin = publish_in_english(page)
    assert (twin.year, twin.isbn, twin.authors, twin.kind) == (page.year, page.isbn, page.authors, page.kind)
    assert (twin.language, page.language) == ("en", "pl")
    assert set(twin.topics.all()) == {english, alone}
    kept = page.files.values_list("key", "document", "pages", "access")
    assert list(twin.files.values_list("key", "document", "pages", "access")) == list(kept)
    assert len(kept) == 1
    twin = publish_in_english(page)
    assert twin.files.count() == 1, "publishing again adds nothing"


@pytest.mark.rule("languages-3")
def test_an_older_publication_is_replaced_in_its_own_language(home: Any, publish_in_english: Any) -> None:
    submit(make_library())
    old, new = make_publication(title="Stara"), make_publication(title="Nowa")
    new = PublicationPage.objects.get(pk=new.pk)
    new.replaces = PublicationPage.objects.get(pk=old.pk)
    new.save_revision().publish()
    submit(old)
    submit(new)
    twin = publish_in_english(new)
    assert twin.replaces == old.get_translation(locale("en"))


@pytest.mark.rule("languages-3")
def test_care_and_easy_version_lead_to_pages_of_their_language(home: Any, publish_in_english: Any) -> None:
    page, newer, easy = make_text_page("O nas"), make_text_page("Nowsza"), make_text_page("O nas prosto")
    look_after(page, review_on=date(2027, 1, 15), is_outdated=True, replaced_by=newer)
    name_easy_version(page, easy)
    submit(page)
    twin = publish_in_english(page)
    assert PageCare.objects.get(page=twin).review_on == date(2027, 1, 15)
    assert PageCare.objects.get(page=twin).replaced_by_id == newer.pk, "the only one there is"
    assert not EasyVersion.objects.filter(page=twin).exists(), "a Polish text is no easy version of an English one"
    for one in (newer, easy):
        submit(one)
    twin = publish_in_english(page)
    assert PageCare.objects.get(page=twin).replaced_by_id == newer.get_translation(locale("en")).pk
    assert EasyVersion.objects.get(page=twin).easy_page_id == easy.get_translation(locale("en")).pk
    assert EasyVersion.objects.get(page=page).easy_page_id == easy.pk


@pytest.mark.rule("languages-5")
def test_a_translated_course_gives_words_and_freezes_nothing(home: Any, publish_in_english: Any) -> None:
    submit(make_index())
    course = make_course(lessons=3, per_module=2)
    page = page_of(course)
    versions = OutlineVersion.objects.count()
    lessons = list(LessonPage.objects.child_of(page))
    submit(page)
    for lesson in lessons:
        submit(lesson)
    twin = publish_in_english(page)
    for lesson in lessons:
        publish_in_english(lesson)
    assert outline(twin) == outline(page)
    assert [module.title for module in twin.modules.all()] == [f"English: {m.title}" for m in page.modules.all()]
    assert {module.locale_id for module in twin.modules.all()} == {locale("en").pk}
    assert OutlineVersion.objects.count() == versions
    course.refresh_from_db()
    assert course.words["en"]["title"] == f"English: {page.title}"
    assert set(course.words["en"]["steps"]) == set(course.words["pl"]["steps"])
    assert {words["title"] for words in course.words["en"]["steps"].values()} == {
        f"English: {one.title}" for one in lessons
    }


@pytest.mark.rule("languages-5")
def test_a_changed_outline_reaches_the_translation_when_it_is_sent_on(home: Any, publish_in_english: Any) -> None:
    submit(make_index())
    page = page_of(make_course(lessons=3, per_module=2))
    submit(page)
    twin = publish_in_english(page)
    kept = {module.translation_key: module.pk for module in twin.modules.all()}
    page = CoursePage.objects.get(pk=page.pk)
    page.modules = list(page.modules.all())[:1]
    page.save_revision().publish()
    versions = OutlineVersion.objects.count()
    send_on(page)
    twin = publish_in_english(page)
    assert outline(twin) == outline(page)
    assert [module.pk for module in twin.modules.all()] == [
        kept[module.translation_key] for module in page.modules.all()
    ]
    assert OutlineVersion.objects.count() == versions


def outline(page: CoursePage) -> list[Any]:
    """Modules and steps by their keys and targets."""
    return [
        (module.key, module.code, list(module.steps.values_list("key", "kind", "lesson", "film", "quiz", "required")))
        for module in CoursePage.objects.get(pk=page.pk).modules.all()
    ]


@pytest.mark.rule("languages-3")
def test_a_term_begins_without_the_forms_of_the_other_language(publish_in_english: Any) -> None:
    term = Term.objects.create(
        title="spółdzielnia socjalna",
        forms="spółdzielnią",
        explanation="Firma osób.",
        text="<p>Więcej <b>o niej</b>.</p>",
        locale=locale("pl"),
    )
    term.full_clean()
    term.save()
    term.save_revision().publish()
    submit(term)
    twin = term.get_translation(locale("en"))
    assert (twin.live, twin.forms, twin.first_published_at) == (False, "", None)
    twin = publish_in_english(term)
    assert (twin.live, twin.title, twin.slug) == (True, "English: spółdzielnia socjalna", term.slug)
    assert twin.text == "<p>English: Więcej <b>o niej</b>.</p>"


@pytest.mark.rule("languages-3")
def test_a_step_without_its_picture_does_not_stop_a_translation(home: Any) -> None:
    submit(make_index())
    page = page_of(make_course(lessons=1))
    lesson = LessonPage.objects.child_of(page).get()
    submit(page)
    steps = [{"text": "<p>Otwórz.</p>"}, {"text": "<p>Zapisz.</p>", "image": None, "narrow": None, "caption": ""}]
    stored = [{"type": "procedure", "value": {"title": "Jak", "steps": steps}}, {"type": "image", "value": {}}]
    lesson.body = json.dumps(stored)
    lesson.save_revision().publish()
    translation = submit(lesson)
    assert translation.get_progress()[0] >= 3
