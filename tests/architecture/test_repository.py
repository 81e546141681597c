"""What lies in the repository, and what must not."""

import re
import shutil
import subprocess

import pytest

from tests.architecture.source import ROOT

TEXT = {
    ".py",
    ".md",
    ".html",
    ".txt",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".css",
    ".js",
    ".in",
    ".po",
    ".sh",
    ".typ",
    "",
}


def kept_files() -> list[str]:
    """The names of the files under version control."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this copy is not under version control")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def test_requirements_are_hashed_and_hold_no_address() -> None:
    for kind in ("base", "test"):
        text = (ROOT / "requirements" / f"{kind}.txt").read_text()
        assert "://" not in text
        pins = re.findall(r"^[a-z0-9][\w.\[\]-]*==\S+.*$", text, re.M)
        assert len(pins) > 20
        assert all(pin.rstrip().endswith("\\") for pin in pins), "every requirement is followed by its hashes"


def test_tests_run_on_the_versions_that_are_served() -> None:
    pin = re.compile(r"^([a-z0-9][\w.-]*)(?:\[\S+\])?==(\S+)", re.M)
    served = dict(pin.findall((ROOT / "requirements" / "base.txt").read_text()))
    tested = dict(pin.findall((ROOT / "requirements" / "test.txt").read_text()))
    assert served.items() <= tested.items()


def test_no_secrets_and_no_data() -> None:
    names = kept_files()
    forbidden = re.compile(r"(^|/)(\.env|id_rsa|secret_key|[^/]*\.(sqlite3|pem|key|p12|mo|pyc))$")
    assert [name for name in names if forbidden.search(name)] == []
    key = re.compile(r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----")
    texts = [name for name in names if (ROOT / name).suffix in TEXT and (ROOT / name).stat().st_size < 2_000_000]
    assert [name for name in texts if key.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))] == []


def test_no_file_is_larger_than_a_film() -> None:
    assert [name for name in kept_files() if (ROOT / name).stat().st_size > 6 * 1024 * 1024] == []
