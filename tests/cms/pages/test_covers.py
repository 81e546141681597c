"""Covers come from titles alone: the same title, the same picture, everywhere and always."""

import hashlib
import unicodedata
import xml.etree.ElementTree as ET

import pytest

from cms.pages import covers

TITLES = [
    "Narzędzie IT programu współpracy – obsługa",
    "Mapa trybów współpracy: dotacja, zakup, inicjatywa",
    "Karta usługi PES",
    "Łódź",
    "x",
]


@pytest.mark.parametrize(
    ("title", "motif", "palette"),
    [
        ("Narzędzie IT programu współpracy – obsługa", "cutouts", 4),
        ("Karta usługi PES", "orbits", 5),
        ("Mapa trybów współpracy", "bond", 7),
    ],
)
def test_a_title_keeps_its_motif_and_palette(title: str, motif: str, palette: int) -> None:
    number = covers.seed_of(title)
    assert (covers.motif_of(number), covers.palette_of(number)) == (motif, palette)


def test_the_seed_is_the_digest_of_the_composed_title() -> None:
    title = "Łącznik współpracy"
    digest = hashlib.sha256(unicodedata.normalize("NFC", title).encode()).hexdigest()
    assert covers.seed_of(title) == int(digest, 16)
    assert covers.seed_of(unicodedata.normalize("NFD", title)) == covers.seed_of(f"  {title} ")


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (None, covers.seed_of("now")),
        ("", covers.seed_of("now")),
        (42, 42),
        (f"{covers.seed_of('first'):064x}", covers.seed_of("first")),
        ("The first title", covers.seed_of("The first title")),
        ("Ada", covers.seed_of("Ada")),
    ],
)
def test_a_stored_seed_wins_over_the_title(stored: int | str | None, expected: int) -> None:
    assert covers.read_seed(stored, "now") == expected


@pytest.mark.parametrize("title", TITLES)
def test_a_cover_is_always_the_same(title: str) -> None:
    assert covers.cover("course", title) == covers.cover("course", title)
    assert covers.cover("course", "another title", seed=title) == covers.cover("course", title)


def test_a_cover_does_not_change_between_releases() -> None:
    """If this fails, every published course and film gets a new face: then the change must be meant."""
    pictures = "".join(covers.cover(kind, title) for title in TITLES for kind in ("publication", "film", "course"))
    assert hashlib.sha256(pictures.encode()).hexdigest()[:16] == "c66b08b8c71276fa"


@pytest.mark.parametrize("motif", covers.MOTIFS)
@pytest.mark.parametrize("kind", list(covers.SIZES))
@pytest.mark.parametrize("palette", range(len(covers.PALETTES)))
def test_every_motif_draws_in_every_shape_and_palette(motif: str, kind: str, palette: int) -> None:
    picture = covers.cover(kind, "Tytuł", motif=motif, palette=palette, shape="arch", uid="one")
    root = ET.fromstring(picture)
    assert root.attrib["aria-hidden"] == "true"
    assert "style" not in picture
    # No text inside, and light enough to stand in the page.
    assert not list(root.iter("text"))
    assert len(picture) < 12_000
    colours = {name[2:] for shape in root.iter() for name in shape.get("class", "").split() if name.startswith("f-")}
    assert colours <= set(covers.PALETTES[palette])


def test_dice_fall_evenly_enough_and_the_same_each_time() -> None:
    first, second = covers.Dice(covers.seed_of("a")), covers.Dice(covers.seed_of("a"))
    thrown = [first.below(4) for _ in range(400)]
    assert thrown == [second.below(4) for _ in range(400)]
    assert set(thrown) == {0, 1, 2, 3}
    assert all(2 <= first.between(2, 3) <= 3 for _ in range(50))


@pytest.mark.parametrize(
    ("size", "grid"), [((400, 300), (4, 3)), ((500, 200), (5, 2)), ((240, 320), (3, 4)), ((480, 270), (7, 4))]
)
def test_cut_outs_are_whole_cells_nearly_square(size: tuple[int, int], grid: tuple[int, int]) -> None:
    assert covers.grid_of(*size) == grid


@pytest.mark.parametrize("motif", ["bridge", "gables", "window", "dialogue", "cutouts"])
@pytest.mark.parametrize("size", [(400, 300), (500, 200), (480, 270), (240, 320)])
def test_no_edge_of_a_cover_cuts_a_planet(motif: str, size: tuple[int, int]) -> None:
    for seed in range(7, 7000, 577):
        root = ET.fromstring(covers.cover("course", "", *size, seed=seed, motif=motif))
        for circle in root.iter("circle"):
            if circle.attrib["class"].startswith("f-"):
                x, y, radius = (float(circle.attrib[name]) for name in ("cx", "cy", "r"))
                assert radius <= x <= size[0] - radius, (seed, x)
                assert radius <= y <= size[1] - radius, (seed, y)
