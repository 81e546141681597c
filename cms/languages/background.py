"""What wagtail-localize would do at once or by a queue of its own becomes a job of ours, with ids."""

from collections.abc import Callable
from typing import Any

from wagtail_localize.tasks import BaseJobBackend

from media.jobs import queue_on_commit


class Jobs(BaseJobBackend):
    """Handing over all pages below one. Nothing else is asked for, since no tree mirrors another one."""

    def enqueue(self, func: Callable[..., Any], args: Any, kwargs: Any) -> None:
        # By name: its module cannot be imported yet when the models of wagtail-localize name this class.
        if func.__name__ == "translate_page_subtree":
            page_id, locales, _components, user = args
            for locale in locales:
                queue_on_commit("cms.languages.tasks.submit_below", page_id, locale.pk, user.pk if user else 0)
