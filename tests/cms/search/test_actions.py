"""The index is kept: by jobs, by the sweep, by the command."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from cms.search import actions, sources
from cms.search.models import Entry, Passage, Posting, Target, Word
from media import events
from media.models import DocumentPage, DocumentReading
from tests.factories.catalogue import publish
from tests.factories.library import make_publication
from tests.factories.search import index_everything, make_pdf, titles

pytestmark = pytest.mark.django_db


def snapshot() -> list[Any]:
    """All that the index holds, without the ids."""
    return [
        sorted(Target.objects.values_list("key", "mark", "stale_since")),
        sorted(Entry.objects.values_list("target__key", "part", "language", "title", "stale")),
        sorted(Passage.objects.values_list("entry__target__key", "entry__part", "number", "text")),
        sorted(Posting.objects.values_list("entry__target__key", "word__folded", "weight", "places")),
        sorted(Word.objects.values_list("folded", "language", "lemma", "light", "uses")),
    ]


@pytest.mark.rule("search-9")
def test_what_is_published_is_found_after_its_job_and_what_is_withdrawn_is_not(client: Client, on_commit: Any) -> None:
    with on_commit():
        page = make_publication(title="Ornitologia")
    assert titles(client, "ornitologia") == ["Ornitologia"]
    page.title = "Glaciologia"
    with on_commit():
        publish(page)
    assert titles(client, "ornitologia") == []
    assert titles(client, "glaciologia") == ["Glaciologia"]
    with on_commit():
        page.unpublish()
    assert titles(client, "glaciologia") == []
    assert not Entry.objects.exclude(target__key__contains="list").exists()
    with on_commit():
        publish(page)
    assert titles(client, "glaciologia") == ["Glaciologia"]
    with on_commit():
        page.delete()
    assert not Target.objects.filter(key__startswith="cms_library.publication").exists()


@pytest.mark.rule("search-9")
def test_until_it_was_read_again_nobody_is_shown_what_was_changed(client: Client) -> None:
    page = make_publication(title="Ornitologia")
    index_everything()
    page.title = "Bez niej"
    publish(page)
    assert titles(client, "ornitologia") == []
    actions.sweep(now=timezone.now())
    index_everything()
    assert titles(client, "niej") == ["Bez niej"]


@pytest.mark.rule("search-9")
def test_reading_twice_changes_nothing() -> None:
    make_publication(title="Ornitologia", files=1, document=make_pdf("Strona o ptakach."))
    index_everything()
    first = snapshot()
    ids = set(Posting.objects.values_list("pk", flat=True))
    index_everything()
    assert snapshot() == first
    assert set(Posting.objects.values_list("pk", flat=True)) == ids
    Entry.objects.update(fingerprint="")
    index_everything()
    assert snapshot() == first


@pytest.mark.rule("search-9")
def test_a_job_that_dies_half_way_leaves_what_was_there(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_publication(title="Ornitologia")
    index_everything()
    before = snapshot()
    Entry.objects.update(fingerprint="")

    def die(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Posting.objects, "bulk_create", die)
        with pytest.raises(RuntimeError):
            actions.index_target(key=f"cms_library.publication:{page.pk}", now=timezone.now())
    Entry.objects.update(fingerprint="")
    index_everything()
    assert snapshot() == before


@pytest.mark.rule("search-9")
def test_the_sweep_finds_what_no_job_was_told_of(client: Client, on_commit: Any) -> None:
    page = make_publication(title="Ornitologia")
    with on_commit():
        assert actions.sweep(now=timezone.now()) > 0
    assert titles(client, "ornitologia") == ["Ornitologia"]
    assert actions.sweep(now=timezone.now()) == 0
    type(page).objects.filter(pk=page.pk).update(title="Glaciologia", last_published_at=timezone.now())
    with on_commit():
        assert actions.sweep(now=timezone.now()) == 1
    assert titles(client, "glaciologia") == ["Glaciologia"]
    type(page).objects.filter(pk=page.pk).update(live=False)
    with on_commit():
        assert actions.sweep(now=timezone.now()) == 1
    assert not Target.objects.filter(key=f"cms_library.publication:{page.pk}").exists()


@pytest.mark.rule("search-9")
def test_the_sweep_comes_back_to_what_was_left_stale(on_commit: Any) -> None:
    page = make_publication()
    index_everything()
    long_ago = timezone.now() - timedelta(hours=1)
    Target.objects.filter(key=f"cms_library.publication:{page.pk}").update(stale_since=long_ago)
    with on_commit():
        assert actions.sweep(now=timezone.now()) == 1
    assert not Target.objects.exclude(stale_since=None).exists()


@pytest.mark.rule("search-9")
def test_whoever_changed_it_meanwhile_has_it_read_once_more(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    page = make_publication(title="Ornitologia")
    key = f"cms_library.publication:{page.pk}"
    read, calls = actions.drafts_of, []

    def changing(source: sources.Source, pk: int) -> list[sources.EntryDraft]:
        found = read(source, pk)
        if not calls:
            calls.append(pk)
            type(page).objects.filter(pk=page.pk).update(title="Glaciologia")
            actions.touch(keys=[key], now=timezone.now())
        return found

    monkeypatch.setattr(actions, "drafts_of", changing)
    actions.index_target(key=key, now=timezone.now())
    assert titles(client, "glaciologia") == ["Glaciologia"]
    assert titles(client, "ornitologia") == []


def test_a_document_that_was_read_is_found(client: Client, on_commit: Any) -> None:
    document = make_pdf("Nic.")
    make_publication(title="Zapis", files=1, document=document)
    index_everything()
    DocumentPage.objects.create(document=document, number=2, text="Dużo o ornitologii.")
    with on_commit():
        events.document_read.send(sender=DocumentReading, document_id=document.pk)
    assert titles(client, "ornitologia") == ["Zapis"]


def test_the_command_reads_everything_and_tells_what_it_cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    make_publication()
    Target.objects.create(key="gone.room:7")
    told = StringIO()
    call_command("reindex", stdout=told)
    assert "things were read" in told.getvalue()
    assert not Target.objects.filter(key="gone.room:7").exists()

    def refuse(*_args: Any) -> list[Any]:
        raise ValueError("broken")

    monkeypatch.setattr(actions, "drafts_of", refuse)
    with pytest.raises(CommandError, match="ValueError: broken"):
        call_command("reindex", stdout=told)


def test_words_that_no_text_has_any_longer_are_forgotten() -> None:
    page = make_publication(title="Ornitologia")
    index_everything()
    page.title = "Inna"
    publish(page)
    index_everything()
    assert Word.objects.filter(folded="ornitologia", uses=0).exists()
    assert actions.forget_unused_words() > 0
    assert not Word.objects.filter(folded="ornitologia").exists()
    assert Word.objects.filter(folded="inna").exists()
