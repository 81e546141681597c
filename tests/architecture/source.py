"""Reading the project's own source."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HOUSES = ("media", "cms", "courses", "certificates")


def modules() -> list[Path]:
    """Every module of ours, without migrations."""
    found = [path for house in HOUSES for path in (ROOT / house).rglob("*.py") if "migrations" not in path.parts]
    return sorted(found)


def templates() -> list[Path]:
    """Every template of ours."""
    found = [path for house in ("templates", *HOUSES) for path in (ROOT / house).rglob("*.html")]
    return sorted(path for path in found if "node_modules" not in path.parts)


def shown(path: Path) -> str:
    """The path as it is written in messages."""
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
