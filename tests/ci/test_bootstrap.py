"""The set-up on a machine that has little."""

import json
import sys
from pathlib import Path

import bootstrap
import pytest


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with nothing set up yet, whose commands are only written down."""
    (tmp_path / "requirements").mkdir()
    for kind in ("base", "test"):
        (tmp_path / "requirements" / f"{kind}.txt").write_text(kind)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "installed.json")
    return tmp_path


@pytest.fixture
def installed(clone: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of requirements that were installed, in order."""
    files: list[str] = []

    def make_environment() -> None:
        (clone / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (clone / ".venv" / "bin" / "python").touch()

    monkeypatch.setattr(bootstrap, "_make_environment", make_environment)
    monkeypatch.setattr(bootstrap, "_install", lambda path: files.append(path.name))
    return files


def test_the_second_time_installs_nothing(installed: list[str]) -> None:
    bootstrap.ensure("base")
    bootstrap.ensure("base")
    assert installed == ["base.txt"]


def test_what_tests_need_holds_what_running_needs(installed: list[str]) -> None:
    bootstrap.ensure("test")
    bootstrap.ensure("base")
    assert installed == ["test.txt"]
    bootstrap.ensure("test")
    assert installed == ["test.txt"]


def test_changed_requirements_are_installed(clone: Path, installed: list[str]) -> None:
    bootstrap.ensure("base")
    (clone / "requirements" / "base.txt").write_text("newer")
    bootstrap.ensure("base")
    assert installed == ["base.txt", "base.txt"]


def test_another_interpreter_starts_anew(clone: Path, installed: list[str]) -> None:
    bootstrap.ensure("base")
    stamp = json.loads(bootstrap.STAMP.read_text())
    bootstrap.STAMP.write_text(json.dumps(stamp | {"python": "/usr/bin/python3.10 3.10.1"}))
    bootstrap.ensure("base")
    assert installed == ["base.txt", "base.txt"]


def test_an_interpreter_that_is_too_old_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    with pytest.raises(bootstrap.SetUpError, match=r"Python 3\.11 to 3\.14 is needed, and this is 3\.10\.1"):
        bootstrap.ensure("base")


def test_without_pip_and_without_root_the_one_command_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "_works", lambda command: False)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.SetUpError, match="sudo apt-get install --yes --no-install-recommends python3-pip"):
        bootstrap._pip()


def test_pip_is_found_in_its_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "_bundled_wheels", lambda: [tmp_path / "pip-23.whl"])
    monkeypatch.setattr(bootstrap, "_works", lambda command: "-m" not in command)
    assert bootstrap._pip() == [sys.executable, f"{tmp_path}/pip-23.whl/pip"]
