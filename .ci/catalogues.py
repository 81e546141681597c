"""The catalogues of words: compiled for the program, and checked for what is missing."""

import functools
import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "cms" / "locale"
HOUSES = ("media", "cms", "courses", "certificates", "templates")


def catalogues() -> list[Path]:
    """Every catalogue of ours: of our own words, and of those that Wagtail leaves in English."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po")) + borrowed()


def borrowed() -> list[Path]:
    """The catalogues of the words of Wagtail and wagtail-localize. They are written by hand; nothing gathers them."""
    return sorted(LOCALE.with_name("locale_wagtail").glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    """The catalogue at ``path``."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def compile_all() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        unfinished = target.with_suffix(".mo.part")
        with unfinished.open("wb") as file:
            write_mo(file, _typeset(read(source)))
        unfinished.replace(target)


def _typeset(catalogue: Catalog) -> Catalog:
    """The catalogue with the no-break spaces of Polish setting, which nobody should have to type into it."""
    sys.path.insert(0, str(ROOT))
    from cms.pages.typography import polish_html

    for message in catalogue:
        if message.id and str(catalogue.locale) == "pl":
            texts = message.string
            set_one = functools.partial(polish_html, hyphens=False)
            message.string = tuple(map(set_one, texts)) if isinstance(texts, tuple) else set_one(texts)
    return catalogue


def problems() -> list[str]:
    """What keeps the words from being complete: fuzzy or missing Polish, broken placeholders, words not gathered."""
    polish = LOCALE / "pl" / "LC_MESSAGES" / "django.po"
    if not polish.exists():
        return [f"{polish.relative_to(ROOT)} is missing: make messages"]
    catalogue = read(polish)
    found = [f"pl: {message.id!r}: {problem}" for message in catalogue if message.id for problem in _wrong(message)]
    gathered = {_key(message) for message in catalogue if message.id}
    if shutil.which("xgettext"):
        used = _used_words()
        found += [f"not gathered, see make messages: {key[1]!r}" for key in sorted(used - gathered, key=str)]
        found += [f"no longer used, see make messages: {key[1]!r}" for key in sorted(gathered - used, key=str)]
    said_by_wagtail = _words_of_wagtail()
    for path in borrowed():
        messages = [message for message in read(path) if message.id]
        wrong = [(message, problem) for message in messages for problem in _wrong(message)]
        found += [f"{path.parent.parent.name}: {message.id!r}: {problem}" for message, problem in wrong]
        gone = {_key(message) for message in messages} - said_by_wagtail
        found += [f"Wagtail no longer says: {key[1]!r}" for key in sorted(gone, key=str)]
    return found


def _words_of_wagtail() -> set[tuple[str, str]]:
    """What the screens of Wagtail and wagtail-localize say, by their own catalogues."""
    specs = [importlib.util.find_spec(package) for package in ("wagtail", "wagtail_localize")]
    places = [place for spec in specs if spec for place in spec.submodule_search_locations or ()]
    sources = [path for place in places for path in Path(place).rglob("locale/en/LC_MESSAGES/django*.po")]
    return {_key(message) for path in sources for message in read(path) if message.id}


def _wrong(message: Message) -> list[str]:
    texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    wrong = []
    if message.fuzzy:
        wrong.append("is fuzzy")
    if not all(texts):
        wrong.append("is not translated")
    elif message.pluralizable and len(texts) != 3:
        wrong.append("needs three forms")
    elif any(_placeholders(text) - _allowed(message) for text in texts):
        wrong.append("has a placeholder that the original does not have")
    return wrong


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def _allowed(message: Message) -> set[str]:
    ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    return set().union(*(_placeholders(text) for text in ids))


def _key(message: Message) -> tuple[str, str]:
    text = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    return message.context or "", text


def _used_words() -> set[tuple[str, str]]:
    """The words that the sources use now, gathered by Django's own command into a copy."""
    with tempfile.TemporaryDirectory(prefix="akademia-words-") as folder:
        copy = Path(folder)
        for house in HOUSES:
            shutil.copytree(ROOT / house, copy / house, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static"))
        gather(copy)
        return {_key(message) for message in read(copy / "cms/locale/pl/LC_MESSAGES/django.po") if message.id}


def gather(root: Path = ROOT) -> None:
    """Gather the words of the sources below ``root`` into its catalogues, keeping the translations."""
    command = "makemessages --locale pl --no-obsolete --no-wrap --add-location file --verbosity 0"
    ignored = [part for folder in (".venv", ".uv", "var", "tests", "docs") for part in ("--ignore", folder)]
    (root / "cms" / "locale" / "pl" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    script = (
        "import sys, django; from django.conf import settings; "
        "settings.configure(LOCALE_PATHS=[sys.argv.pop(1)], USE_I18N=True); django.setup(); "
        "from django.core.management import call_command; call_command(*sys.argv[1:])"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(root / "cms" / "locale"), *command.split(), *ignored], cwd=root, check=True
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["gather"]:
        gather()
    compile_all()
