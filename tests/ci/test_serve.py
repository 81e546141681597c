"""``make run`` says in words what keeps it from serving, before it starts anything."""

import os
import socket
import subprocess
import sys

import pytest

from tests.processes import ROOT


def serve(tmp_path, port: str) -> subprocess.CompletedProcess:
    surroundings = os.environ | {"PORT": port, "VAR_DIR": str(tmp_path / "var")}
    return subprocess.run(
        [sys.executable, ".ci/serve.py"], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )


def test_a_port_in_use_is_said_in_words(tmp_path) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        ended = serve(tmp_path, str(port))
    assert ended.returncode == 1
    assert f"Port {port} is in use by another program. Choose another one: make run PORT=" in ended.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none_is_said_in_words(tmp_path, port: str) -> None:
    ended = serve(tmp_path, port)
    assert ended.returncode == 1
    assert f"PORT must be a number from 1 to 65535, not {port!r}" in ended.stderr
    assert "Traceback" not in ended.stderr
