"""The drawings of the demonstration, as editors find them among the pictures."""

import pytest

from courses.catalogue.demo import builder

pytestmark = pytest.mark.django_db


def test_each_drawing_has_a_title_and_a_description_of_its_own() -> None:
    shown = builder._what_drawings_show()
    names = sorted(path.stem for path in (builder.HERE / "drawings").glob("*.svg") if "-narrow" not in path.stem)
    assert set(names) <= set(shown), "each is used in a lesson"
    wide, narrow = ([builder._drawing(name, ending, shown) for name in names] for ending in ("", "-narrow"))
    assert len({image.title for image in (*wide, *narrow)}) == 2 * len(names)
    assert len({image.description for image in wide}) == len(names)
    by_name = dict(zip(names, zip(wide, narrow, strict=True), strict=True))
    one, twin = by_name["logowanie"]
    assert (one.title, twin.title) == ("Logowanie do narzędzia", "Logowanie do narzędzia (na telefony)")
    assert one.description == twin.description
    assert one.description.startswith("Formularz logowania")
