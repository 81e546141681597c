"""Jobs are queued by name, so the names are checked here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.module_loading import import_string
from django_tasks.base import Task
from wagtail.models import Page, ReferenceIndex

from tests.architecture.source import HOUSES, modules, shown


def queued(path: Path) -> Iterator[tuple[int, str | None, int]]:
    """Each call of ``queue_on_commit``: line, task named (None when it is not a text), how many ids it gets."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "queue_on_commit" and node.args:
            first = node.args[0]
            named = first.value if isinstance(first, ast.Constant) else None
            starred = any(isinstance(argument, ast.Starred) for argument in node.args)
            yield node.lineno, named, -1 if starred else len(node.args) - 1


CALLS = [(shown(path), *call) for path in modules() for call in queued(path)]
# Those that queue what they are given: the failed job that is repeated, the entry of the schedule that is due.
BY_VARIABLE = {"media/failed_jobs.py", "media/worker.py"}


def test_jobs_are_queued() -> None:
    assert CALLS


@pytest.mark.parametrize(("file", "line", "named", "ids"), [call for call in CALLS if call[0] not in BY_VARIABLE])
def test_every_queued_name_is_a_task_that_takes_what_it_is_given(
    file: str, line: int, named: str | None, ids: int
) -> None:
    assert named, f"{file}:{line} does not name its task by a text"
    task = import_string(named)
    assert isinstance(task, Task), f"{file}:{line} names {named}, which is no task"
    if ids >= 0:
        code = task.func.__code__
        least = code.co_argcount - len(task.func.__defaults__ or ())
        assert least <= ids <= code.co_argcount, f"{file}:{line} gives {named} {ids} ids"


def test_nobody_queues_past_the_door() -> None:
    allowed = {"media/jobs.py", "cms/tasks_backend.py", "cms/celery.py"}
    past = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"enqueue", "delay", "apply_async", "aenqueue"}:
                past.append(shown(path))
    assert set(past) <= allowed


def test_no_task_queues_a_task() -> None:
    """A task calls one action; what follows is queued there."""
    assert [file for file, *_call in CALLS if file.endswith("/tasks.py")] == []


def test_saving_a_record_queues_no_index_job() -> None:
    """Wagtail follows the references of what editors write. For records that would be a job with every save."""
    from wagtail.contrib.settings.models import AbstractSetting
    from wagtail.documents.models import AbstractDocument
    from wagtail.images.models import AbstractImage
    from wagtail.models import RevisionMixin

    written = (Page, RevisionMixin, AbstractImage, AbstractDocument, AbstractSetting)
    for_editors = {model for model in ReferenceIndex.indexed_models if issubclass(model, written)}
    ours = {
        model
        for config in apps.get_app_configs()
        if config.name.partition(".")[0] in HOUSES
        for model in config.get_models()
    }
    records = (ReferenceIndex.indexed_models & ours) - for_editors
    assert sorted(model._meta.label for model in records) == sorted(INDEXED_ALTHOUGH_PLAIN)


# Plain rows whose references are wanted all the same: edited by hand, seldom, and naming pictures or pages.
INDEXED_ALTHOUGH_PLAIN: set[str] = {"cms_pages.FundingNotice"}
