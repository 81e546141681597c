"""The cache in files keeps its bound, and does not look at it at every write."""

from pathlib import Path

import pytest

from cms import file_cache
from cms.file_cache import FileCache


def test_writes_do_not_list_the_folder_and_the_bound_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = FileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 30}})
    looks = []
    monkeypatch.setattr(cache, "_list_cache_files", lambda: looks.append(1) or list(map(str, tmp_path.iterdir())))
    monkeypatch.setattr(file_cache.random, "randrange", lambda _most: 1)
    for number in range(40):
        cache.set(f"key-{number}", number)
    assert looks == []
    assert len(list(tmp_path.iterdir())) == 40
    monkeypatch.setattr(file_cache.random, "randrange", lambda _most: 0)
    cache.set("one-more", 1)
    assert looks == [1]
    assert len(list(tmp_path.iterdir())) == 28
    assert cache.get("one-more") == 1
