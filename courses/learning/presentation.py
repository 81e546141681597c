"""Facts for the learner's screens: flat dicts, ready to show. It decides nothing; rules do."""

import re
from collections.abc import Callable
from itertools import count, groupby
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, pgettext

from courses.catalogue.rules import OutlineFacts, StepFacts, StepKind
from courses.learning.queries import Standing
from courses.learning.rules import Lock, StepState, minutes_left, neighbours, state_of

NOWHERE = UUID(int=0)
SUBTITLE = re.compile(r"(?: [–—] |: ).+$", re.DOTALL)


def active_language() -> str:
    """The language in which the page is shown."""
    return (get_language() or "pl")[:2]


def step_url(standing: Standing, key: UUID, name: str = "open-step", **more: Any) -> str:
    """The address of a step, or of something that is done in it."""
    kwargs = {"course": standing.enrolment.course.code, "key": key, **more}
    return reverse(f"courses_learning:{name}", kwargs=kwargs)


def step_title(standing: Standing, step: StepFacts, language: str = "") -> str:
    """The title of a step with its code: “B1.2 Trzy rodzaje kont”; in the language of the page, if none is named."""
    words = standing.step_words(step, language or active_language())
    return f"{words['code']} {words['title']}".strip()


def foreign(words: dict[str, Any], language: str = "") -> str:
    """The language of words that are not in that of the page, for ``lang``; empty where they are."""
    its = str(words.get("language", ""))
    return "" if its == (language or active_language()) else its


def reason_text(standing: Standing, step: StepFacts) -> str:
    """Why a step is locked, in words that stand alone; empty when it is open."""
    lock = standing.lock(step.key)
    if lock is None or lock.before is None:
        return _reason(standing, lock, None)
    own, before = (_module_name(standing, item.module_key) for item in (step, lock.before))
    return gettext("Module %(own)s opens after module %(module)s.") % {"own": own, "module": before}


def _reason(standing: Standing, lock: Lock | None, current: StepFacts | None) -> str:
    """The same beside the step or its module, to somebody who stands at ``current``."""
    if lock is None:
        return ""
    if current is not None and lock.ends_with(current.key):
        words = gettext("It opens when you finish this step, “%(step)s”.")
    elif lock.before is not None:
        # Doing the first step of what is missing would open nothing here: only the whole module before it does.
        module = _module_name(standing, lock.before.module_key)
        return gettext("It opens after module %(module)s.") % {"module": module}
    else:
        words = gettext("Not open yet: first finish “%(step)s”.")
    return words % {"step": step_title(standing, lock.first)}


def _module_name(standing: Standing, module_key: UUID) -> str:
    """A module as it is named within a sentence: by its code, else by its title."""
    words = standing.module_words(module_key, active_language())
    return words["code"] or gettext("“%(title)s”") % {"title": words["title"]}


def course_facts(standing: Standing) -> dict[str, Any]:
    """Title, code and address of the course. Where there is little room, its name does without the subtitle."""
    course, words = standing.enrolment.course, standing.words(active_language())
    subtitle = SUBTITLE.search(words["title"])
    return {
        "title": words["title"],
        "name": words["title"].removesuffix(subtitle[0]) if subtitle else words["title"],
        # Its dash stays with the name: a line that begins with one reads like a list.
        "subtitle": subtitle[0].replace(" –", "\u00a0–", 1) if subtitle else "",
        "lang": foreign(words),
        "code": course.code,
        "url": reverse("courses_learning:enter-course", kwargs={"course": course.code}),
    }


def outline_facts(standing: Standing, current: StepFacts | None) -> dict[str, Any]:
    """The learner's map: modules with their steps, each with its state, minutes and reason."""
    done, locks, url_of, language = standing.done, standing.locks, _step_urls(standing), active_language()
    reasons = {lock: _reason(standing, lock, current) for lock in set(locks.values())}
    numbers, said = count(1), ""
    modules = []
    for module_key, steps in _modules(standing.outline):
        first, is_current = steps[0].key, current is not None and current.module_key == module_key
        locked = reasons[locks[first]] if first in locks else ""
        rows = []
        for step in steps:
            state = state_of(step.key, done=done, locks=locks, current=current.key if current else None)
            # The same reason under every step would drown it: it stands under the first step that it keeps closed, and
            # nowhere but under the name of the module where that is not the one shown in full.
            reason = reasons[locks[step.key]] if step.key in locks else ""
            told = reason == said or bool(locked and not is_current)
            words = standing.step_words(step, language)
            rows.append(
                {
                    "title": f"{words['code']} {words['title']}".strip(),
                    "lang": foreign(words, language),
                    "minutes": step.minutes,
                    "state": state.value,
                    "url": "" if state is StepState.LOCKED else url_of(step.key),
                    "reason": "" if told else reason,
                    "number": next(numbers),
                    "is_current": current is not None and step.key == current.key,
                    "required": step.required,
                }
            )
            said = reason
        words = standing.module_words(module_key, language)
        modules.append(
            {
                "code": words["code"],
                "title": words["title"],
                "lang": foreign(words, language),
                "steps": rows,
                "minutes": sum(step.minutes for step in steps),
                "minutes_left": minutes_left(steps, done),
                "is_current": is_current,
                "is_done": all(step.key in done for step in steps if step.required),
                "url": "" if first in locks else url_of(first),
                "locked_reason": locked,
            }
        )
    return {"modules": modules}


def _modules(outline: OutlineFacts) -> list[tuple[UUID, list[StepFacts]]]:
    """The steps by module, in order."""
    return [(key, list(steps)) for key, steps in groupby(outline.steps, key=lambda step: step.module_key)]


def _step_urls(standing: Standing) -> Callable[[UUID], str]:
    """Gives the address of each step of a course; looking them up one by one costs more than all else here."""
    address = step_url(standing, NOWHERE)
    return lambda key: address.replace(str(NOWHERE), str(key))


def progress_facts(standing: Standing, current: StepFacts) -> dict[str, Any]:
    """“Step 3 of 5 in module B1”, minutes left in the module and in the course, one state per arch of the arcade."""
    inside = [step for step in standing.outline.steps if step.module_key == current.module_key]
    done, locks = standing.done, standing.locks
    return {
        "position": inside.index(current) + 1,
        "count": len(inside),
        "module_code": standing.module_words(current.module_key, active_language())["code"],
        "module_left": minutes_left(inside, done),
        "course_left": standing.minutes_left,
        "arcade": [state_of(step.key, done=done, locks=locks, current=current.key).value for step in inside],
        "percent": standing.percent,
    }


def neighbour_facts(standing: Standing, current: StepFacts) -> dict[str, Any]:
    """The previous and the next step by name; a locked one has no ``url`` but a ``reason``.

    ``after_this`` says that finishing the current step is the reason. ``end_url`` leads on from the last step of a
    completed course.
    """
    before, after = neighbours(standing.outline, current.key)

    def facts(step: StepFacts | None) -> dict[str, Any] | None:
        if step is None:
            return None
        lock = standing.lock(step.key)
        reason = _reason(standing, lock, current)
        return {
            "title": step_title(standing, step),
            "lang": foreign(standing.step_words(step, active_language())),
            "url": "" if reason else step_url(standing, step.key),
            "reason": reason,
            "after_this": lock is not None and lock.ends_with(current.key),
        }

    at_the_end = after is None and standing.is_completed
    return {
        "previous": facts(before),
        "next": facts(after),
        "end_url": course_facts(standing)["url"] if at_the_end else "",
    }


def step_facts(standing: Standing, step: StepFacts) -> dict[str, Any]:
    """What every kind of step shows: title, kind, minutes, whether it is done and how it becomes so."""
    row = standing.progress.get(step.key)
    is_done = step.key in standing.done
    words = standing.step_words(step, active_language())
    return {
        "title": words["title"],
        "code": words["code"],
        "lang": foreign(words),
        "kind": step.kind.value,
        "minutes": step.minutes,
        "done": is_done,
        "required": step.required,
        "done_url": step_url(standing, step.key, "complete-step") if step.kind is StepKind.LESSON else "",
        "undo_url": (
            step_url(standing, step.key, "undo-step")
            if is_done and row is not None and row.source == "learner" and not standing.is_completed
            else ""
        ),
    }


def player_facts(standing: Standing, step: StepFacts) -> dict[str, Any]:
    """What the player shows round every kind of step; ``last_for`` is the person for whom this is all that is left."""
    return {
        "course": course_facts(standing),
        "outline": outline_facts(standing, step),
        "progress": progress_facts(standing, step),
        "step": step_facts(standing, step),
        "last_for": standing.enrolment.person_id if _is_last(standing, step) else None,
        "person_corner": True,
        **neighbour_facts(standing, step),
    }


def _is_last(standing: Standing, step: StepFacts) -> bool:
    """Whether the course is completed as soon as this step is done."""
    left = [item.key for item in standing.outline.steps if item.required and item.key not in standing.done]
    return left == [step.key]


def next_step_facts(standing: Standing) -> dict[str, Any] | None:
    """The one thing to do next in a course: title, place in words, minutes, address and the label of its button."""
    key = standing.resume_key
    step = standing.outline.step(key) if key else None
    if step is None:
        return None
    place = progress_facts(standing, step)
    words = standing.words(active_language())
    started = bool(standing.done)
    named = standing.step_words(step, active_language())
    code = named["code"]
    label = gettext("Continue") if started else gettext("Start the course")
    if code:
        label = (gettext("Continue with %(code)s") if started else gettext("Start with %(code)s")) % {"code": code}
    return {
        "title": named["title"],
        "lang": foreign(named),
        "course": words["title"],
        "course_lang": foreign(words),
        "place": gettext("module %(module)s, step %(position)s of %(count)s")
        % {"module": place["module_code"], "position": place["position"], "count": place["count"]},
        "minutes": step.minutes,
        "url": step_url(standing, step.key),
        "label": label,
        "seed": standing.words("pl")["title"],
        "done": sum(1 for item in standing.outline.steps if item.required and item.key in standing.done),
        "total": sum(1 for item in standing.outline.steps if item.required),
    }


def course_row(standing: Standing) -> dict[str, Any]:
    """A course on “my learning”: what is done in words, minutes left, and one condition per module."""
    outline = outline_facts(standing, None)
    steps = [step for step in standing.outline.steps if step.required]
    finished = sum(1 for step in steps if step.key in standing.done)
    done_text = ngettext("%(done)s of %(count)s step done", "%(done)s of %(count)s steps done", len(steps))
    if not finished:
        done_text = ngettext("%(count)s step ahead of you", "%(count)s steps ahead of you", len(steps))
    going_on = standing.outline.step(standing.resume_key or NOWHERE)
    conditions = []
    for (key, _steps), module in zip(_modules(standing.outline), outline["modules"], strict=True):
        here = going_on is not None and key == going_on.module_key
        state = _module_state(module, here)
        here = here and state is StepState.NOW
        conditions.append(
            {
                "state": state.value,
                "word": pgettext("state of a module", "now") if here else STATE_WORDS[state](),
                "text": f"{module['code']}. {module['title']}",
                "lang": module["lang"],
                "minutes": module["minutes_left"],
                "reason": module["locked_reason"] if state is StepState.LOCKED else "",
            }
        )
    return {
        **course_facts(standing),
        "minutes_left": standing.minutes_left,
        "completed": standing.is_completed,
        "percent": standing.percent,
        "done_text": done_text % {"done": finished, "count": len(steps)},
        "conditions": conditions,
    }


def _module_state(module: dict[str, Any], is_next: bool) -> StepState:
    """How a module stands: it is in progress when it is begun, and when it is where one goes on."""
    if module["is_done"]:
        return StepState.DONE
    if module["locked_reason"]:
        return StepState.LOCKED
    begun = any(step["state"] == StepState.DONE.value for step in module["steps"])
    return StepState.NOW if begun or is_next else StepState.TODO


STATE_WORDS = {
    StepState.DONE: lambda: pgettext("state of a step", "done"),
    StepState.NOW: lambda: pgettext("state of a step", "in progress"),
    StepState.TODO: lambda: pgettext("state of a step", "to do"),
    StepState.LOCKED: lambda: pgettext("state of a step", "not open yet"),
}
