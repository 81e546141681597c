"""Visitors get one stylesheet with hashed names in it."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from cms.static_storage import JoinedManifestStorage, join_imports

PARTS = {
    "css/site.css": '@layer base, components;\n@import url("base/fonts.css") layer(base);\n@import url("plain.css");\n',
    "css/base/fonts.css": (
        '/* why */ @font-face { src: url("../../fonts/a.woff2"); }\n  i { mask: url("data:image/svg+xml,x"); }'
    ),
    "css/plain.css": "p { background: url(../img/p.svg#part); }",
}


def test_imports_are_replaced_in_their_layers_and_addresses_move_along() -> None:
    joined = join_imports("css/site.css", PARTS.__getitem__)
    assert joined.startswith("@layer base, components;\n@layer base {\n")
    assert "@import" not in joined
    assert "why" not in joined
    assert 'url("../fonts/a.woff2")' in joined
    assert 'url("data:image/svg+xml,x")' in joined
    assert 'url("../img/p.svg#part")' in joined


def test_a_missing_part_is_an_error() -> None:
    with pytest.raises(KeyError):
        join_imports("css/site.css", {"css/site.css": '@import url("gone.css") layer(base);'}.__getitem__)


def test_collecting_joins_and_hashes_and_may_be_repeated(tmp_path: Path) -> None:
    source = tmp_path / "source"
    files = {**PARTS, "fonts/a.woff2": "font", "img/p.svg": "<svg/>"}
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    target = tmp_path / "target"
    names: list[Any] = []
    for _turn in range(2):
        storage = JoinedManifestStorage(location=str(target), base_url="/static/")
        origin = FileSystemStorage(location=str(source))
        for name in files:
            if storage.exists(name):
                storage.delete(name)
            with origin.open(name) as file:
                storage.save(name, file)
        results = list(storage.post_process({name: (origin, name) for name in files}))
        assert not [result for result in results if isinstance(result[2], Exception)]
        names.append(storage.stored_name("css/site.css"))
    assert names[0] == names[1]
    text = (target / names[0]).read_text(encoding="utf-8")
    assert "@import" not in text
    assert "fonts/a." in text
    assert 'fonts/a.woff2"' not in text


def test_what_visitors_load_has_compressed_copies(tmp_path: Path) -> None:
    texts = {"css/site.css": "p { color: red; }\n" * 200, "wagtailadmin/css/core.css": "p { color: red; }\n" * 200}
    source, target = tmp_path / "source", tmp_path / "target"
    origin = FileSystemStorage(location=str(source))
    storage = JoinedManifestStorage(location=str(target), base_url="/static/")
    for name, text in texts.items():
        for place in (source, target):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")
    list(storage.post_process({name: (origin, name) for name in texts}))
    ours = target / storage.stored_name("css/site.css")
    assert {path.suffix for path in ours.parent.glob(f"{ours.name}.*")} == {".gz", ".br"}
    assert not list((target / "wagtailadmin").rglob("*.gz"))


def test_the_sites_own_stylesheet_can_be_joined() -> None:
    def read(name: str) -> str:
        path = finders.find(name)
        assert path, name
        return Path(path).read_text(encoding="utf-8")

    joined = join_imports("css/site.css", read)
    assert "@import" not in joined
    assert joined.count("{") == joined.count("}")
