"""Fixtures that all tests share, and the rule that nothing is skipped in CI."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from relgraph.cli import diagnostics, main

pytest_plugins = ["tests.neo4j_server"]

# The first call of a kernel may compile it: how long an example takes says nothing.
settings.register_profile("relgraph", deadline=None)
settings.load_profile("relgraph")

Relgraph = Callable[..., Result]
RelgraphProcess = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the developer's shell and other tests set out of a test."""
    diagnostics.configure()
    for name in ("RELGRAPH_DB", "NO_COLOR", "FORCE_COLOR", "PAGER", "LESS", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def relgraph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Relgraph:
    """Run a command line inside this process, in an empty folder.

    `relgraph("centrality", "--json", input="…")` gives `exit_code`, `stdout` and `stderr`.
    """
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input)

    return run


@pytest.fixture
def relgraph_process(tmp_path: Path) -> RelgraphProcess:
    """Run a command line as a process of its own, in an empty folder."""

    def run(
        *arguments: str | Path, env: Mapping[str, str] | None = None, input: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "relgraph", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, **(env or {})},
            input=input,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


def pytest_configure() -> None:
    """Let Ctrl-C be felt, which who starts the suite in the background may have turned off."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Share the suite out: one process has the Neo4j server, the others take a file at a time.

    What takes long comes first, so that all end together. On the server it comes last: then the
    kernels that it needs have been compiled by the others.
    """
    order = []
    for item in items:
        on_server, long = _uses_server(item), item.get_closest_marker("long") is not None
        item.add_marker(pytest.mark.xdist_group("neo4j" if on_server else item.path.stem))
        order.append((not on_server, long if on_server else not long))
    places = sorted(range(len(items)), key=order.__getitem__)
    items[:] = [items[place] for place in places]


def _uses_server(item: pytest.Item) -> bool:
    """Return whether a test runs on the server that all tests share."""
    if not isinstance(item, pytest.Function):
        return False
    parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
    of_server = any(isinstance(value, str) and value == "neo4j" for value in parameters)
    return of_server or "neo4j_address" in item.fixturenames


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that skipped a test: what is not run is not known to work."""
    if _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a run without a failed test failed."""
    if count := _skipped(terminalreporter.config):
        terminalreporter.write_line(f"CI=true: {count} skipped, which counts as failed", red=True)


def _skipped(config: pytest.Config) -> int:
    if os.environ.get("CI") != "true":
        return 0
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter else 0
