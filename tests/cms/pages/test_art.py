"""Drawings come from titles alone: the same title, the same picture, everywhere and always."""

import hashlib
import math
import unicodedata
import xml.etree.ElementTree as ET

import pytest

from cms.pages import art, drawings

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
    number = art.seed_of(title)
    assert (art.motif_of(number), art.palette_of(number)) == (motif, palette)


def test_the_seed_is_the_digest_of_the_composed_title() -> None:
    title = "Łącznik współpracy"
    digest = hashlib.sha256(unicodedata.normalize("NFC", title).encode()).hexdigest()
    assert art.seed_of(title) == int(digest, 16)
    assert art.seed_of(unicodedata.normalize("NFD", title)) == art.seed_of(f"  {title} ")


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (None, art.seed_of("now")),
        ("", art.seed_of("now")),
        (42, 42),
        (f"{art.seed_of('first'):064x}", art.seed_of("first")),
        ("The first title", art.seed_of("The first title")),
        ("Ada", art.seed_of("Ada")),
    ],
)
def test_a_stored_seed_wins_over_the_title(stored: int | str | None, expected: int) -> None:
    assert art.read_seed(stored, "now") == expected


@pytest.mark.parametrize("title", TITLES)
def test_a_cover_is_always_the_same(title: str) -> None:
    assert art.cover("course", title) == art.cover("course", title)
    assert art.cover("course", "another title", seed=title) == art.cover("course", title)


def test_a_cover_does_not_change_between_releases() -> None:
    """If this fails, every published course and film gets a new face: then the change must be meant."""
    pictures = "".join(art.cover(kind, title) for title in TITLES for kind in art.SIZES)
    assert hashlib.sha256(pictures.encode()).hexdigest()[:16] == "6463f68d8032e8a3"


@pytest.mark.parametrize("motif", art.MOTIFS)
@pytest.mark.parametrize("kind", list(art.SIZES))
@pytest.mark.parametrize("palette", range(len(art.PALETTES)))
def test_every_motif_draws_in_every_shape_and_palette(motif: str, kind: str, palette: int) -> None:
    picture = art.cover(kind, "Tytuł", motif=motif, palette=palette, shape="arch", uid="one")
    root = ET.fromstring(picture)
    assert root.attrib["aria-hidden"] == "true"
    assert "style" not in picture
    # No text inside, and light enough to stand in the page.
    assert not list(root.iter("text"))
    assert len(picture) < 12_000
    colours = {name[2:] for shape in root.iter() for name in shape.get("class", "").split() if name.startswith("f-")}
    assert colours <= set(art.PALETTES[palette])


def test_dice_fall_evenly_enough_and_the_same_each_time() -> None:
    first, second = art.Dice(art.seed_of("a")), art.Dice(art.seed_of("a"))
    thrown = [first.below(4) for _ in range(400)]
    assert thrown == [second.below(4) for _ in range(400)]
    assert set(thrown) == {0, 1, 2, 3}
    assert all(2 <= first.between(2, 3) <= 3 for _ in range(50))


def test_an_arch_is_equilateral_where_there_is_room() -> None:
    path = art.arch_path(0, 0, 100, 200)
    assert path.startswith(f"M0 200V{art.n(100 * math.sqrt(3) / 2)}A100 100 0 0 1 50 0")
    assert art.arch_path(0, 0, 100, 200, 20).count("A") == 4


@pytest.mark.parametrize(("value", "written"), [(1.0, "1"), (1.25, "1.2"), (0.04, "0"), (-0.5, "-0.5"), (10.0, "10")])
def test_coordinates_are_short(value: float, written: str) -> None:
    assert art.n(value) == written


@pytest.mark.parametrize(
    "picture",
    [
        art.mark(),
        art.mark("one"),
        drawings.hero(),
        drawings.hero_water(),
        *[drawings.door(kind) for kind in ("courses", "sessions", "conference", "certificate", "project", "?")],
        drawings.arch_ground(),
        *[drawings.arch_step(state, here=here) for state in ("done", "now", "todo") for here in (False, True)],
        drawings.arch_built(0, 1),
        drawings.arch_built(10, 26),
        drawings.arch_built(7, 7),
        drawings.certificate("Zaświadczenie|o <ukończeniu>"),
        drawings.coverage_strip(270, [(0, 70), (90, 193)], [40, 120]),
        drawings.coverage_strip(0, [], []),
        drawings.certificate_strip(),
        drawings.certificate_art(),
    ],
)
def test_each_drawing_is_well_formed_hidden_and_without_styles(picture: str) -> None:
    root = ET.fromstring(picture)
    assert root.attrib["aria-hidden"] == "true"
    assert "style=" not in picture


@pytest.mark.parametrize(("done", "total"), [(0, 5), (3, 5), (5, 5), (1, 2)])
def test_an_arch_has_a_stone_for_each_step(done: int, total: int) -> None:
    picture = drawings.arch_built(done, total)
    assert picture.count("stone--done") == done
    assert picture.count("stone--next") == (1 if done < total else 0)
    assert picture.count('class="stone ') == total


def test_the_strip_shows_shares_of_the_film() -> None:
    picture = drawings.coverage_strip(200, [(0, 50), (100, 250)], [0, 100])
    assert 'x="0%" y="0" width="25%"' in picture
    assert 'x="50%"' in picture
    assert picture.count("strip__tick") == 1
