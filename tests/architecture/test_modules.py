"""The form of modules, names and labels."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.source import HOUSES, ROOT, modules, shown, templates

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc", "services", "managers"}
LONGEST = 400
LONGEST_OF_ALL = 600


def test_no_module_is_longer_than_one_can_hold_in_mind() -> None:
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert not too_long, f"longer than {LONGEST} lines; past {LONGEST_OF_ALL} there is no excuse at all"


def test_names_say_what_is_in_a_file() -> None:
    forbidden = [
        shown(path)
        for path in [*modules(), *templates()]
        if FORBIDDEN_NAMES & {part.partition(".")[0] for part in path.relative_to(ROOT).parts}
    ]
    assert not forbidden


def test_labels_are_dotted_paths_with_underscores() -> None:
    ours = [config for config in apps.get_app_configs() if config.name.partition(".")[0] in HOUSES]
    assert ours
    assert [(config.name, config.label) for config in ours if config.label != config.name.replace(".", "_")] == []


def test_every_package_tells_what_it_is_for() -> None:
    rooms = [Path(ROOT, *config.name.split("."), "__init__.py") for config in apps.get_app_configs()]
    ours = [path for path in rooms if path.exists()]
    assert [shown(path) for path in ours if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_every_module_with_code_tells_what_it_is_for() -> None:
    silent = []
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree) and path.name != "apps.py":
            silent.append(shown(path))
    assert not silent


def test_nothing_is_left_for_later() -> None:
    mark = re.compile(r"(?:#|//|\*|--)\s*(?:TODO|FIXME|XXX|HACK)\b")
    left = [shown(path) for path in [*modules(), *templates()] if mark.search(path.read_text(encoding="utf-8"))]
    assert not left


def test_no_receiver_listens_to_saving() -> None:
    """What happens after a write is told by its action; a receiver of ``post_save`` would hide it."""
    word = re.compile(r"\b(post_save|pre_save)\b")
    # Wagtail tells in no other way that a page was made private.
    foreign = {"cms/pages/receivers.py"}
    assert {shown(path) for path in modules() if word.search(path.read_text(encoding="utf-8"))} <= foreign


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    from io import StringIO

    from django.core.management import call_command

    told = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told, stderr=told)
    except SystemExit:
        pytest.fail(told.getvalue())


def test_migrations_import_no_code_of_ours_but_storages_and_validators() -> None:
    """A migration must run years later, when actions and queries have changed."""
    forbidden = re.compile(
        rf"^(?:from|import) (?:{'|'.join(HOUSES)})\.(?:\w+\.)*(actions|queries|views|forms|tasks)\b", re.M
    )
    found = [
        shown(path)
        for house in HOUSES
        for path in (ROOT / house).rglob("migrations/*.py")
        if forbidden.search(path.read_text(encoding="utf-8"))
    ]
    assert not found
