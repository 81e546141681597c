"""Brings a clone's data up to date before it is served: words, database, static files, sample content.

Runs in the project's environment, in one process, because starting Django is what takes longest.
"""

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")

import catalogues  # noqa: E402


def static_fingerprint() -> str:
    """A hash of every static file of ours and of the versions of what brings others."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    sources = [ROOT / "cms" / "static_storage.py", ROOT / "cms" / "settings.py"]
    for pattern in ("*/static", "*/*/static"):
        for folder in ROOT.glob(pattern):
            if folder.parts[len(ROOT.parts)] not in {"var", ".venv", ".uv"}:
                sources += [path for path in folder.rglob("*") if path.is_file()]
    for path in sorted(sources):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """Do each part that is needed."""
    catalogues.compile_all()

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command, get_commands

    call_command("migrate", verbosity=0, interactive=False)
    stamp = Path(settings.VAR_DIR) / "static.stamp"
    wanted = static_fingerprint()
    if not Path(settings.STATIC_ROOT).is_dir() or not stamp.exists() or stamp.read_text() != wanted:
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(wanted)
    if "demo" in get_commands():
        call_command("demo")


if __name__ == "__main__":
    main()
