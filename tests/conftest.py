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

from relgraph.cli import diagnostics, language, main, speech

pytest_plugins = ["pytester", "tests.neo4j_server", "tests.postgres_server"]

# The first call of a kernel may compile it: how long an example takes says nothing.
settings.register_profile("relgraph", deadline=None)
settings.load_profile("relgraph")

Relgraph = Callable[..., Result]
RelgraphProcess = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the developer's shell and other tests set out of a test."""
    diagnostics.configure()
    speech.follow(None)
    language.speak("en")
    for name in (
        *("RELGRAPH_DB", "NO_COLOR", "FORCE_COLOR", "PAGER", "LESS", "COLUMNS", "LINES"),
        *("RELGRAPH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"),
    ):
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that processes that share the suite end together.

    What needs a server comes before all, but its long tests last: they find the kernels compiled.
    """

    def order(item: pytest.Item) -> tuple[bool, bool]:
        long = item.get_closest_marker("long") is not None
        return (False, long) if item.get_closest_marker("server") else (True, not long)

    items.sort(key=order)


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
