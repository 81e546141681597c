"""Sets up everything that the project needs on a fresh Debian or Ubuntu. Standard library only.

Wanted on the machine: ``python3`` (3.11 to 3.14) and ``make``. The rest is found or brought: pip (from the interpreter,
from its bundled wheel, or by apt-get as root), uv into ``.uv``, a virtual environment in ``.venv`` with the same
interpreter, and the locked, hashed requirements. A stamp makes the second time instant.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
UV = ROOT / ".uv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
OLDEST, NEWEST = (3, 11), (3, 14)


class SetUpError(Exception):
    """Something is missing that we may not bring ourselves; the message says what to type."""


def say(text: str) -> None:
    """Tell what is going on, at once."""
    print(text, flush=True)


def ensure(kind: str) -> Path:
    """Install the requirements of ``kind`` ("base" to run, "test" to check and test); gives the interpreter to use."""
    _check_interpreter()
    wanted = _fingerprint(kind)
    stamp = _read_stamp()
    if stamp.get("python") != _interpreter():
        stamp = {}
    if stamp.get(kind) == wanted and PYTHON.exists():
        return PYTHON
    say(f"Setting up: requirements/{kind}.txt into .venv")
    if not stamp or not PYTHON.exists():
        _make_environment()
        stamp = {}
    _install(ROOT / "requirements" / f"{kind}.txt")
    stamp |= {"python": _interpreter(), kind: wanted}
    if kind == "test":
        # The locked file for tests holds everything of the other one, in the same versions.
        stamp["base"] = _fingerprint("base")
    STAMP.write_text(json.dumps(stamp), encoding="ascii")
    return PYTHON


def _check_interpreter() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise SetUpError(
            f"Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]} is needed, and this is {found}. "
            "Choose another one: make run PYTHON=python3.13"
        )


def _interpreter() -> str:
    return f"{os.path.realpath(sys.executable)} {sys.version.split()[0]}"


def _fingerprint(kind: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{kind}.txt").read_bytes()).hexdigest()


def _read_stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return stamp


def _make_environment() -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    _run([*uv(), "venv", "--quiet", "--python", sys.executable, str(VENV)], env=_uv_surroundings())


def _install(requirements: Path) -> None:
    install = ["pip", "install", "--quiet", "--require-hashes", "-r", str(requirements)]
    done = subprocess.run(
        [*uv(), *install, "--python", str(PYTHON), "--compile-bytecode"], env=_uv_surroundings(), check=False, cwd=ROOT
    )
    if done.returncode:
        say("uv could not install the requirements; trying once more with pip, which takes longer")
        _run([*_pip(), "--python", str(PYTHON), *install[1:]], env=_pip_surroundings())


def uv() -> list[str]:
    """The command of uv, brought into ``.uv`` when it is not there yet."""
    program = UV / "bin" / "uv"
    if not program.exists():
        _run([*_pip(), "install", "-qq", "--target", str(UV), "--upgrade", "uv"], env=_pip_surroundings())
    return [str(program)]


def _uv_surroundings() -> dict[str, str]:
    # uv must not bring an interpreter of its own, and must not be led astray by an active environment.
    surroundings = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "UV_LINK_MODE": "copy", "UV_NO_PROGRESS": "1"}
    surroundings.pop("VIRTUAL_ENV", None)
    return surroundings


def _pip_surroundings() -> dict[str, str]:
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "PIP_NO_WARN_SCRIPT_LOCATION": "1"}
    return os.environ | quiet


def _pip() -> list[str]:
    """A pip for this interpreter. Debian ships Python without one and forbids installing into the system."""
    if _works([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip"]
    for wheel in _bundled_wheels():
        # A wheel is a zip file, and Python runs the package in it.
        if _works([sys.executable, f"{wheel}/pip", "--version"]):
            return [sys.executable, f"{wheel}/pip"]
    install_packages(["python3-pip"], why="pip, with which the requirements are installed")
    return [sys.executable, "-m", "pip"]


def _bundled_wheels() -> list[Path]:
    folders = [Path("/usr/share/python-wheels")]
    try:
        import ensurepip
    except ImportError:
        pass
    else:
        folders.append(Path(ensurepip.__file__).parent / "_bundled")
    return [wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"), reverse=True)]


def install_packages(packages: list[str], *, why: str) -> None:
    """Install Debian packages as root; otherwise say the one command that does."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    typed = f"sudo {' '.join(command)}"
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise SetUpError(f"Missing: {why}. Type this once, then try again:\n\n    {typed}\n")
    say(f"Installing {' '.join(packages)} ({why})")
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    if subprocess.run([*command, "--quiet"], check=False, stderr=subprocess.DEVNULL, **quiet).returncode:  # type: ignore[call-overload]
        subprocess.run(["apt-get", "update", "--quiet"], check=False, **quiet)  # type: ignore[call-overload]
        if subprocess.run([*command, "--quiet"], check=False, **quiet).returncode:  # type: ignore[call-overload]
            raise SetUpError(f"Missing: {why}, and it could not be installed with:\n\n    {typed}\n")


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _run(command: list[str], env: dict[str, str] | None = None) -> None:
    if subprocess.run(command, env=env, check=False, cwd=ROOT).returncode:
        raise SetUpError(f"This did not work: {' '.join(command)}")


if __name__ == "__main__":
    try:
        say(str(ensure(sys.argv[1] if len(sys.argv) > 1 else "base")))
    except SetUpError as error:
        sys.exit(str(error))
