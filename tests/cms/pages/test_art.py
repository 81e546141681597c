"""Drawings are the same everywhere: geometry in, SVG out."""

import math
import xml.etree.ElementTree as ET

import pytest

from cms.pages import art, drawings


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


@pytest.mark.parametrize("total", [1, 2, 3, 5, 8, 24, 25, 60])
def test_the_stones_of_an_arch_meet_at_the_top(total: int) -> None:
    """Every stone ends where the next one begins; the keystone, or both halves of it, reaches the point."""
    joints = drawings._joints(total, 216, 40)
    assert len(joints) == total + 1
    assert joints == sorted(joints)
    assert (joints[0], joints[-1]) == (0, math.pi)
    at_the_point = [path for path in _stones(drawings.arch_built(0, total)) if "108 6" in path]
    assert len(at_the_point) == (1 if total % 2 else 2)


def test_the_feet_of_an_arch_go_on_below_its_picture() -> None:
    root = ET.fromstring(drawings.arch_built(3, 5))
    _, _, _, height = (float(number) for number in root.attrib["viewBox"].split())
    feet = [shape for shape in root.iter() if shape.get("class") == "arch-built__foot"]
    spring = 6 + 216 * art.EQUILATERAL
    assert len(feet) == 2
    assert all(f"v{art.n(height - spring + 4)}" in foot.attrib["d"] for foot in feet)


def _stones(picture: str) -> list[str]:
    return [shape.attrib["d"] for shape in ET.fromstring(picture).iter() if "stone" in shape.get("class", "")]
