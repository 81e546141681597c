"""Films, pictures and documents for tests. A film is complete and published unless told otherwise."""

from pathlib import Path
from typing import Any

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from media.models import CaptionTrack, CustomDocument, CustomImage, Film, Transcript

FILES = Path(__file__).parent.parent / "media" / "files"

# The smallest picture there is: one white pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f00010101005a4d6ff1"
    "0000000049454e44ae426082"
)
CAPTIONS = """WEBVTT

00:00.000 --> 00:02.000
Dzień dobry. To jest film próbny.

00:02.000 --> 00:04.000
Pokażę dwa kroki.

00:04.000 --> 00:06.000
Dziękuję za uwagę.
"""
CHAPTERS = """WEBVTT

00:00.000 --> 00:03.900
Początek

00:03.900 --> 00:06.000
Koniec
"""


def six_seconds(name: str = "six-seconds.mp4") -> ContentFile:
    """A real film of six seconds with sound."""
    return ContentFile((FILES / name).read_bytes(), name=name)


class ImageFactory(DjangoModelFactory):
    """A picture of one pixel with its description."""

    class Meta:
        model = CustomImage

    title = factory.Sequence(lambda n: f"Obraz {n}")
    description = "Biały kwadrat"
    file = factory.LazyFunction(lambda: ContentFile(PIXEL, name="obraz.png"))


class DocumentFactory(DjangoModelFactory):
    """A text file."""

    class Meta:
        model = CustomDocument

    title = factory.Sequence(lambda n: f"Dokument {n}")
    file = factory.LazyFunction(lambda: ContentFile("Treść".encode(), name="dokument.txt"))


class FilmFactory(DjangoModelFactory):
    """A published film of six seconds in Polish; ``bare=True`` makes one without tracks and transcript."""

    class Meta:
        model = Film
        skip_postgeneration_save = True

    class Params:
        bare = factory.Trait(tracks=False)

    title = factory.Sequence(lambda n: f"Film {n}")
    language = "pl"
    source = factory.LazyFunction(six_seconds)
    duration_seconds = 6.0
    description_kind = "not_needed"
    description_reason = "Lektor mówi wszystko, co widać."
    description_declared_by = "Zespół Akademii"
    live = True

    @factory.post_generation
    def tracks(film: Film, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted is False or not create:
            return
        TrackFactory(film=film)
        TrackFactory(film=film, kind=CaptionTrack.Kind.CHAPTERS, content=CHAPTERS)
        Transcript.objects.create(
            film=film,
            language=film.language,
            text="<h3>Początek</h3><p>Dzień dobry. To jest film próbny.</p><p>Pokażę dwa kroki.</p>"
            "<h3>Koniec</h3><p>Dziękuję za uwagę.</p>",
        )


class TrackFactory(DjangoModelFactory):
    """Polish captions; ``content`` is the text of the WebVTT file."""

    class Meta:
        model = CaptionTrack

    class Params:
        content = CAPTIONS

    film = factory.SubFactory(FilmFactory, bare=True)
    language = "pl"
    kind = CaptionTrack.Kind.CAPTIONS
    file = factory.LazyAttribute(lambda track: ContentFile(track.content.encode(), name="napisy.vtt"))
