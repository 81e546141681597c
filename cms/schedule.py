"""The schedule: what is queued at which times. One list for both modes; times are those of Warsaw.

Every entry is a sweep: safe to repeat, and one that was missed is made up by the next. Celery's scheduler reads the
list in production, ``manage.py work`` in embedded mode.
"""

from dataclasses import dataclass

from celery import Celery
from celery.schedules import crontab
from django.conf import settings

_clock = Celery("schedule", set_as_current=False)
_clock.conf.update(timezone=settings.TIME_ZONE, enable_utc=True)

MINUTE = 60


@dataclass(frozen=True)
class Entry:
    """``task`` is queued when ``when`` is due. A worker that finds it later than ``expires`` seconds leaves it."""

    task: str
    when: crontab
    expires: int


def _every(minutes: int) -> crontab:
    return crontab(minute=f"*/{minutes}", app=_clock)


def _at(hour: int, minute: int) -> crontab:
    return crontab(hour=hour, minute=minute, app=_clock)


SCHEDULE = (
    Entry("media.upkeep.note_schedule", _every(1), expires=MINUTE),
    Entry("media.upkeep.publish_scheduled", _every(1), expires=MINUTE),
    Entry("media.upkeep.prune", crontab(minute=20, app=_clock), expires=60 * MINUTE),
    Entry("media.upkeep.clear_sessions", _at(3, 30), expires=12 * 60 * MINUTE),
    Entry("media.tasks.read_missing", _every(10), expires=10 * MINUTE),
    Entry("media.tasks.make_missing_renditions", _every(10), expires=10 * MINUTE),
    Entry("media.tasks.tidy_files", _at(4, 20), expires=12 * 60 * MINUTE),
    Entry("cms.search.tasks.index_missing", _every(2), expires=2 * MINUTE),
    Entry("cms.search.tasks.tidy", _at(4, 40), expires=12 * 60 * MINUTE),
    Entry("cms.glossary.tasks.note_uses", _every(10), expires=10 * MINUTE),
    Entry("cms.mail.tasks.send_due", _every(1), expires=MINUTE),
    Entry("cms.mail.tasks.tidy", _at(3, 40), expires=12 * 60 * MINUTE),
    Entry("cms.pages.tasks.renew_for_dates", _at(0, 1), expires=12 * 60 * MINUTE),
    Entry("cms.pages.tasks.remind_of_reviews", _at(7, 10), expires=12 * 60 * MINUTE),
    Entry("cms.checks.tasks.remind", _at(6, 30), expires=12 * 60 * MINUTE),
    Entry("cms.declaration.tasks.remind", _at(7, 20), expires=12 * 60 * MINUTE),
    Entry("cms.newsletter.tasks.continue_sending", _every(1), expires=MINUTE),
    Entry("cms.newsletter.tasks.tidy", _at(3, 55), expires=12 * 60 * MINUTE),
    Entry("cms.barriers.tasks.remind", _at(7, 20), expires=12 * 60 * MINUTE),
    Entry("cms.barriers.tasks.tidy", _at(4, 5), expires=12 * 60 * MINUTE),
    Entry("cms.accounts.tasks.remove_unverified", _at(3, 50), expires=12 * 60 * MINUTE),
    Entry("cms.library.tasks.make_missing", _every(10), expires=10 * MINUTE),
    Entry("cms.library.tasks.tidy_files", _at(4, 25), expires=12 * 60 * MINUTE),
    Entry("certificates.tasks.issue_missing", _every(10), expires=10 * MINUTE),
    Entry("certificates.tasks.render_missing", _every(10), expires=10 * MINUTE),
    Entry("certificates.tasks.forget_holders", _at(4, 10), expires=12 * 60 * MINUTE),
)
