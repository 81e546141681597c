"""``make run``: sets everything up, then serves the site with its worker until Ctrl-C. Standard library only."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time

from bootstrap import ROOT, SetUpError, ensure, say

HOST = "127.0.0.1"
GRACE = 20


def chosen_port() -> int:
    """The port of the environment, or 8000. Says in words what is wrong with it."""
    text = os.environ.get("PORT", "").strip() or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}. For example: make run PORT=8123")
    port = int(text)
    with socket.socket() as probe:
        # As the server will do: a port that was in use a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            sys.exit(f"Port {port} may only be used by root. Choose a higher one: make run PORT=8123")
        except OSError:
            sys.exit(f"Port {port} is in use by another program. Choose another one: make run PORT={port % 60000 + 1}")
    return port


def _end_with_parent() -> None:
    """Let the kernel end a child whose parent is gone, however it went (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def start(*command: str) -> subprocess.Popen:
    """Start a child in a group of its own, so that Ctrl-C reaches it through us and in order."""
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, preexec_fn=_end_with_parent)


class Stop(Exception):
    """Somebody asked us to end."""


def _stop(*_args: object) -> None:
    raise Stop


def main() -> int:
    """Serve until told to stop; the exit status is the server's when it ends by itself."""
    port = chosen_port()
    started = time.monotonic()
    python = str(ensure("base"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    if not os.environ.get("SITE_URL"):
        os.environ["SITE_URL"] = f"http://{HOST}:{port}"
    prepared = subprocess.run([python, str(ROOT / ".ci" / "prepare.py")], cwd=ROOT, check=False)
    if prepared.returncode:
        return prepared.returncode
    server = start(
        python, "-m", "gunicorn", "cms.wsgi:application", "--bind", f"{HOST}:{port}", "--workers", "2",
        "--threads", "4", "--preload", "--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket",
    )  # fmt: skip
    worker_command = (python, "manage.py", "work")
    worker = start(*worker_command)
    try:
        wait_until_it_answers(server, port)
        say(f"\nAkademia Współpracy: http://{HOST}:{port}/  (ready after {time.monotonic() - started:.0f} s)")
        say(f"Administration:      http://{HOST}:{port}/admin/")
        say(f"Health:              http://{HOST}:{port}/health/")
        say("Ctrl-C ends it.\n")
        pause = 1.0
        while server.poll() is None:
            time.sleep(0.5)
            if worker.poll() is not None:
                # Queued jobs are not lost; another worker may also be at work already.
                time.sleep(pause)
                pause = min(pause * 2, 60)
                worker = start(*worker_command)
        say(f"The server ended by itself with status {server.returncode}.")
        return server.returncode or 1
    except Stop:
        say("\nEnding …")
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        end(server, worker)


def wait_until_it_answers(server: subprocess.Popen, port: int) -> None:
    """Wait until the server lets somebody in, or has ended."""
    while server.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)


def end(*children: subprocess.Popen) -> None:
    """Ask the children to end what they are doing; insist after a while."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    try:
        sys.exit(main())
    except SetUpError as error:
        sys.exit(str(error))
    except Stop:
        sys.exit(130)
