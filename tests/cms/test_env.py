"""The typed readers of environment variables."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms import env


@pytest.fixture(autouse=True)
def _nothing_missing_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "_missing", [])
    monkeypatch.setattr(env, "_unsafe", [])


def test_environment_is_one_of_two() -> None:
    assert env.production({"ENVIRONMENT": "production"})
    assert not env.production({})
    with pytest.raises(ImproperlyConfigured, match="ENVIRONMENT"):
        env.production({"ENVIRONMENT": "prod"})


@pytest.mark.parametrize("written", ["1", "true", "Yes", "ON"])
def test_a_yes(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("SAMPLE", written)
    assert env.flag("SAMPLE", False)


@pytest.mark.parametrize("written", ["0", "false", "No", "off"])
def test_a_no(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("SAMPLE", written)
    assert not env.flag("SAMPLE", True)


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMPLE", "  ")
    assert env.text("SAMPLE", "default") == "default"
    assert env.flag("SAMPLE", True)
    assert env.number("SAMPLE", 3) == 3


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.flag("SAMPLE", True), "maybe"),
        (lambda: env.number("SAMPLE", 1), "many"),
        (lambda: env.number("SAMPLE", 1, least=1), "0"),
        (lambda: env.url("SAMPLE", schemes=("smtp",)), "http://x"),
        (lambda: env.database("SAMPLE", Path("x")), "mysql://x"),
    ],
)
def test_a_malformed_value_is_refused_with_its_name(monkeypatch: pytest.MonkeyPatch, read, value: str) -> None:
    monkeypatch.setenv("SAMPLE", value)
    with pytest.raises(ImproperlyConfigured, match="SAMPLE"):
        read()


def test_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMPLE", " a, b ,,c")
    assert env.items("SAMPLE") == ["a", "b", "c"]


def test_a_secret_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("tajne\n")
    monkeypatch.setenv("SAMPLE_FILE", str(tmp_path / "secret"))
    assert env.secret("SAMPLE") == "tajne"
    monkeypatch.setenv("SAMPLE_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match="SAMPLE_FILE"):
        env.secret("SAMPLE")


def test_an_address_of_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMPLE", "postgresql://aw:p%40ss@db:5433/academy")
    read = env.database("SAMPLE", Path("x"))
    assert {"USER": "aw", "PASSWORD": "p@ss", "HOST": "db", "PORT": "5433", "NAME": "academy"}.items() <= read.items()
    monkeypatch.setenv("SAMPLE", "postgresql://aw@/academy?host=/run/postgresql")
    assert env.database("SAMPLE", Path("x"))["HOST"] == "/run/postgresql"
    monkeypatch.delenv("SAMPLE")
    assert env.database("SAMPLE", Path("x.sqlite3"))["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_production_names_everything_that_is_missing_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    env.text("ONE")
    env.secret("TWO")
    env.text("GIVEN", "default")
    with pytest.raises(ImproperlyConfigured, match="ONE, TWO"):
        env.refuse_unfit()


def test_production_names_unsafe_values_beside_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    monkeypatch.setenv("SAMPLE_FILE", str(tmp_path / "empty"))
    assert env.secret("SAMPLE") == ""
    env.complain(True, "outside of production nobody minds")
    env.refuse_unfit()
    monkeypatch.setenv("ENVIRONMENT", "production")
    env.secret("SAMPLE")
    env.text("ONE")
    env.complain(True, "TWO is unsafe")
    env.complain(False, "THREE is unsafe")
    expected = "variables: ONE. .* values: SAMPLE_FILE names an empty file; TWO is unsafe$"
    with pytest.raises(ImproperlyConfigured, match=expected):
        env.refuse_unfit()


def test_a_clone_makes_its_own_key_once(tmp_path: Path) -> None:
    first = env.own_key(tmp_path / "var" / "key", strict=False)
    assert first == env.own_key(tmp_path / "var" / "key", strict=False)
    assert len(first) >= 50
    assert (tmp_path / "var" / "key").stat().st_mode & 0o777 == 0o600
    assert env.own_key(tmp_path / "nowhere", strict=True) == ""
    assert not (tmp_path / "nowhere").exists()
