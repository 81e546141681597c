"""Rules and tests name each other."""

from pathlib import Path

import pytest

from tests import rule_marks


def _marks(config: pytest.Config) -> rule_marks.RuleMarks:
    marks = config.stash[rule_marks.KEY]
    if not marks.whole:
        pytest.skip("only a part of the tests was collected")
    return marks


def test_every_stated_rule_is_shown_by_a_test(pytestconfig: pytest.Config) -> None:
    unshown = sorted(set(rule_marks.stated_rules()) - set(_marks(pytestconfig).shown))
    assert not unshown, f"rules without a test: {', '.join(unshown)}"


def test_every_rule_that_a_test_names_is_stated(pytestconfig: pytest.Config) -> None:
    unstated = sorted(set(_marks(pytestconfig).shown) - set(rule_marks.stated_rules()))
    assert not unstated, f"tests name rules that docs/rules.md does not state: {', '.join(unstated)}"


def test_rules_are_read_from_their_lines(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "rules.md").write_text("# Quiz\n\n- **quiz-1** One.\n- not a rule\n- **quiz-2** Two.\n", encoding="utf-8")
    assert rule_marks.stated_rules(tmp_path) == {"quiz-1": ["One."], "quiz-2": ["Two."]}
