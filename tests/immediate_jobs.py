"""Jobs done at the moment they are queued, with errors that reach whoever queued them."""

from typing import Any

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task, TaskResult


class RaisingBackend(ImmediateBackend):
    """Runs a job at once and raises what it raised, so that a broken job breaks its test."""

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        task.call(*args, **kwargs)
        return TaskResult(
            task=task,
            id="immediate",
            status="SUCCESSFUL",  # type: ignore[arg-type]
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
