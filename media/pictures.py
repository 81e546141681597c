"""Pictures in blocks, read together with their smaller copies: Wagtail asks the database once for each copy."""

import copy
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from media.models import CustomImage, CustomRendition

WIDTHS = ("width-1200", "width-720")
"""The copies that pages show."""

_at_hand: ContextVar[dict[int, CustomImage] | None] = ContextVar("pictures_at_hand", default=None)


@contextmanager
def pictures_at_hand(ids: Collection[int]) -> Iterator[None]:
    """Read these pictures now, for every block that shows one of them meanwhile: 1 query for all places together."""
    token = _at_hand.set(_with_copies(ids))
    try:
        yield
    finally:
        _at_hand.reset(token)


def picture_ids(content: object) -> set[int]:
    """The ids of all pictures in the stored form of a StreamField, wherever they stand in it."""
    if isinstance(content, dict):
        own = {value for name in ("image", "narrow") if isinstance(value := content.get(name), int)}
        return own.union(*(picture_ids(value) for value in content.values()))
    if isinstance(content, list | tuple):
        return set().union(*(picture_ids(value) for value in content))
    return set()


class ReadyImageChooserBlock(ImageChooserBlock):
    """A picture without words of its own: 1 query for all of one kind of block, 1 more for those without copies."""

    def bulk_to_python(self, values: Sequence[int | None]) -> list[CustomImage | None]:
        wanted = {value for value in values if value is not None}
        found = _at_hand.get() or {}
        if not wanted <= found.keys():
            found = _with_copies(wanted)
            found |= CustomImage.objects.in_bulk(wanted - found.keys())
        # Each place gets a picture of its own, for its alternative text is noted on the picture.
        return [_twin(found[value]) if value in found else None for value in values]


class ReadyImageBlock(ImageBlock):
    """A picture with its alternative text, or the word that it is decorative."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        chooser = ReadyImageChooserBlock(required=required, label=_("image"))
        chooser.set_name("image")
        self.child_blocks["image"] = chooser

    class Meta:
        # Folded, it says what the picture shows; Wagtail would say „No“ for the box of decorative ones.
        label_format = "{alt_text}"


def _with_copies(ids: Collection[int]) -> dict[int, CustomImage]:
    """The pictures that have copies already, by their id."""
    found: dict[int, CustomImage] = {}
    copies = CustomRendition.objects.filter(image__in=ids, filter_spec__in=WIDTHS).select_related("image")
    for rendition in copies if ids else ():
        image = found.setdefault(rendition.image_id, rendition.image)
        image.__dict__.setdefault("prefetched_renditions", []).append(rendition)
    return found


def _twin(image: CustomImage) -> CustomImage:
    twin = copy.copy(image)
    if "prefetched_renditions" in twin.__dict__:
        twin.prefetched_renditions = [copy.copy(rendition) for rendition in image.prefetched_renditions]
        for rendition in twin.prefetched_renditions:
            rendition.image = twin
    return twin
