"""``make lock``: compile ``requirements/*.in`` into ``*.txt`` with hashes and without any address."""

import subprocess
import sys

from bootstrap import ROOT, SetUpError, uv

OPTIONS = (
    "--quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 "
    "--annotation-style line"
)


def main() -> int:
    """Lock what the platform needs, then what tests need on top of it, in the same versions."""
    extra = sys.argv[1:]
    for kind in ("base", "test"):
        command = [*uv(), "pip", "compile", *OPTIONS.split(), "--custom-compile-command", "make lock", *extra]
        if kind == "test":
            command += ["--constraint", "requirements/base.txt"]
        command += [f"requirements/{kind}.in", "--output-file", f"requirements/{kind}.txt"]
        if status := subprocess.run(command, cwd=ROOT, check=False).returncode:
            return status
        text = (ROOT / "requirements" / f"{kind}.txt").read_text()
        if "://" in text:
            sys.exit(f"requirements/{kind}.txt holds an address; it must not")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetUpError as error:
        sys.exit(str(error))
