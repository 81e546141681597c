"""What of each kind of content is translated and what is taken over: the table that a person wrote."""

from typing import Any

import pytest
from wagtail.models import get_translatable_models
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields

PAGE = "title slug seo_title search_description"
FACTS = "show_in_menus legal_as_of care page_funding easy_version"
FOR_WHOM = "for_pes for_administration for_trainers"
TABLE: dict[str, tuple[str, str]] = {
    "cms_pages.HomePage": (f"{PAGE} hero_title intro project_intro figures partners", FACTS),
    "cms_pages.StandardPage": (f"{PAGE} lead body", f"{FACTS} is_sample"),
    "cms_pages.AccessibilityPage": (
        f"{PAGE} body_name gaps method contact_name architecture communication",
        f"{FACTS} site_published_on site_updated_on status prepared_on reviewed_on contact_email contact_phone "
        "is_sample",
    ),
    "cms_pages.PrivacyPage": (
        f"{PAGE} lead who what_for basis how_long rights contact sections what_changed",
        f"{FACTS} contact_email version_number in_force_from concerns_accounts is_sample",
    ),
    "cms_news.NewsIndexPage": (f"{PAGE} lead", FACTS),
    "cms_news.NewsPage": (f"{PAGE} lead picture body", f"{FACTS} date kind is_sample"),
    "cms_library.LibraryPage": (f"{PAGE} lead", FACTS),
    "cms_library.PublicationPage": (
        f"{PAGE} summary abstract funding_notice chapters legal_note",
        f"{FACTS} kind authors institution place year isbn doi licence {FOR_WHOM} phase replaces makes_files "
        "cover_from_file is_sample files topics",
    ),
    "cms_library.Topic": ("title", "slug"),
    "cms_glossary.GlossaryPage": (f"{PAGE} lead", FACTS),
    "cms_glossary.Term": ("title abbreviation synonyms explanation text", "slug source legal_as_of is_sample"),
    "cms_films.FilmListPage": (f"{PAGE} lead", FACTS),
    "cms_films.FilmPage": (f"{PAGE} summary body", f"{FACTS} film {FOR_WHOM} is_sample topics"),
    "cms_newsletter.NewsletterPage": (f"{PAGE} lead", FACTS),
    "cms_newsletter.ArchivePage": (f"{PAGE} lead", FACTS),
    "cms_newsletter.IssuePage": (f"{PAGE} subject preheader intro body", f"{FACTS} is_sample topics"),
    "courses_catalogue.CourseIndexPage": (f"{PAGE} lead", FACTS),
    "courses_catalogue.CoursePage": (
        f"{PAGE} summary abilities outcomes_knowledge outcomes_skills outcomes_social verification_method audience "
        "requirements modules",
        f"{FACTS} code form sequential trainer validator is_sample",
    ),
    "courses_catalogue.CourseModule": ("title aim", "code steps"),
    "courses_catalogue.LessonPage": (f"{PAGE} summary body", FACTS),
    "courses_assessment.Question": ("prompt explanation options", "bank kind tag"),
    "courses_assessment.AnswerOption": ("text feedback", "correct"),
    "courses_assessment.Quiz": ("title", "pass_mark attempts_allowed shuffle parts"),
}
LEFT_ALONE = {"cms_library.PublicationPage": {"language"}, "cms_glossary.Term": {"forms"}}


def ours() -> list[Any]:
    return [
        model
        for model in get_translatable_models(include_subclasses=True)
        if model.__module__.partition(".")[0] in {"media", "cms", "courses", "certificates"}
    ]


@pytest.mark.rule("languages-4")
def test_the_table_decides_on_every_field_of_every_translatable_kind() -> None:
    found = {
        model._meta.label: tuple(
            {field.field_name for field in get_translatable_fields(model) if isinstance(field, kind)}
            for kind in (TranslatableField, SynchronizedField)
        )
        for model in ours()
    }
    assert found == {label: (set(texts.split()), set(facts.split())) for label, (texts, facts) in TABLE.items()}


@pytest.mark.rule("languages-4")
def test_what_is_left_alone_is_said() -> None:
    for model in ours():
        own = {field.name for field in model._meta.local_fields if field.editable and not field.primary_key}
        machinery = {
            "page_ptr",
            "live",
            "first_published_at",
            "go_live_at",
            "expire_at",
            "sort_order",
            "page",
            "question",
        }
        machinery |= {"has_unpublished_changes", "last_published_at", "latest_revision", "live_revision", "expired"}
        named = {f.field_name for f in get_translatable_fields(model) if type(f).__name__ != "BaseTranslatableField"}
        left = own - named - machinery
        assert left == LEFT_ALONE.get(model._meta.label, set()), model._meta.label
