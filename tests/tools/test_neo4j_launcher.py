"""The launcher: a server that answers, keeps its data, and never outlives its starter."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.neo4j_server import Neo4jAddress, connect
from tools.neo4j import server as launcher
from tools.neo4j.server import HERE, LaunchError, Neo4jServer

pytestmark = [pytest.mark.usefixtures("needs_neo4j"), pytest.mark.long]


def address(server: Neo4jServer) -> Neo4jAddress:
    return Neo4jAddress(server.url, server.user, server.password)


def is_open(url: str) -> bool:
    parts = urlsplit(url)
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((parts.hostname, parts.port)) == 0


def wait_until_closed(url: str) -> None:
    deadline = time.monotonic() + 20
    while is_open(url):
        assert time.monotonic() < deadline, f"{url} is still there"
        time.sleep(0.1)


def test_the_server_is_gone_at_the_end(tmp_path: Path) -> None:
    # That data survive a power cut is what tests/store/test_neo4j_kills.py rests on.
    with Neo4jServer(tmp_path / "home") as server:
        assert server.running
        with connect(address(server)) as driver:
            assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1
    assert not server.running
    assert not is_open(server.url)


STARTER = """
import sys, time
from tools.neo4j.server import Neo4jServer
server = Neo4jServer()
server.start()
print(server.url, server.home, flush=True)
time.sleep(600)
"""


def test_a_killed_starter_takes_its_server_along() -> None:
    command = [sys.executable, "-c", STARTER]
    with subprocess.Popen(
        command, cwd=HERE.parents[1], stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout is not None
        url, home = starter.stdout.readline().split()
        assert is_open(url)
        starter.send_signal(signal.SIGKILL)
    wait_until_closed(url)
    deadline = time.monotonic() + 20
    while Path(home).exists():
        assert time.monotonic() < deadline, f"{home} was left behind"
        time.sleep(0.1)


def test_make_neo4j_says_how_to_use_it_serves_browser_and_stops_with_ctrl_c() -> None:
    command = [sys.executable, str(HERE / "server.py"), "--heap", "512m"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as shown:
        assert shown.stdout is not None
        try:
            said: list[str] = []
            while not said or "Ctrl-C" not in said[-1]:
                said.append(shown.stdout.readline())
            words = "".join(said).split()
            bolt = next(word for word in words if word.startswith("bolt://"))
            browser = next(word for word in words if word.startswith("http://"))
            with urllib.request.urlopen(browser, timeout=20) as page:
                assert b"Neo4j Browser" in page.read()
        finally:
            shown.send_signal(signal.SIGINT)
        rest = shown.stdout.read()
    assert "Stopped." in rest
    assert shown.returncode == 0
    assert not is_open(bolt)


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    server = Neo4jServer(tmp_path / "home", heap="1m")
    with pytest.raises(LaunchError, match="did not start"):
        server.start()
    assert not server.running


def test_old_or_no_java_and_no_maven_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert launcher.missing_tools() == ["Java 17 or newer", "Maven"]
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n")
    java.chmod(0o755)
    assert launcher.missing_tools() == ["Java 17 or newer", "Maven"]
    java.write_text("#!/bin/sh\necho 'openjdk version \"21.0.2\" 2024-01-16' >&2\n")
    launcher.jar_folder().mkdir(parents=True)
    assert launcher.missing_tools() == []
