"""Which test shows which rule: ids in ``docs/rules.md`` against the marks ``@pytest.mark.rule("quiz-3")``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RULE_LINE = re.compile(r"^\s*-\s+\*\*([a-z]+-\d+)\*\*\s+(\S.*)$", re.MULTILINE)


@dataclass
class RuleMarks:
    """What one collection of tests says about rules; ``whole`` when no file of tests was left out."""

    shown: dict[str, list[str]] = field(default_factory=dict)
    whole: bool = False


KEY = pytest.StashKey[RuleMarks]()


def stated_rules(root: Path = ROOT) -> dict[str, list[str]]:
    """Each rule id of the documentation with the sentences that state it."""
    stated: dict[str, list[str]] = {}
    for rule, sentence in RULE_LINE.findall((root / "docs" / "rules.md").read_text(encoding="utf-8")):
        stated.setdefault(rule, []).append(sentence.strip())
    return stated


def read_marks(items: Iterable[pytest.Item]) -> RuleMarks:
    """Gather the marks of all collected tests, before any of them is deselected."""
    marks = RuleMarks()
    files = set()
    for item in items:
        files.add(item.path)
        for mark in item.iter_markers("rule"):
            for rule in mark.args:
                marks.shown.setdefault(rule, []).append(item.nodeid)
    here = {
        path for path in Path(__file__).parent.rglob("test_*.py") if "def test_" in path.read_text(encoding="utf-8")
    }
    marks.whole = here <= files
    return marks
