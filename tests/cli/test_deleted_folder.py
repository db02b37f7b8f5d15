"""A working folder that was deleted: absolute paths work, a relative one is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from relgraph import import_files, open_store
from tests.worked import FOLDER

Ended = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "store.lbug"
    with open_store(path, write=True) as store:
        import_files(store, FOLDER)
    return path


@pytest.fixture
def gone(tmp_path: Path) -> Iterator[Path]:
    """Stand in a folder that doesn't exist any more; return one that does."""
    here = os.open(".", os.O_RDONLY)
    folder = tmp_path / "gone"
    folder.mkdir()
    os.chdir(folder)
    folder.rmdir()
    yield tmp_path
    os.fchdir(here)
    os.close(here)


def run(*words: str | Path) -> Ended:
    # Coverage doesn't start in a folder that is gone.
    plain = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    return subprocess.run(
        [sys.executable, "-m", "relgraph", *map(str, words)],
        capture_output=True,
        text=True,
        env=plain,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["info"],
        ["info", "--json", "-o", "{}/rows.json"],
        ["show", "S1"],
        ["centrality", "--measure", "all"],
        ["keyplayers", "-k", "1"],
        ["query", "run", "market-overview"],
        ["map", "-o", "{}/map.html"],
        ["report", "-o", "{}/report.html"],
        ["export", "-o", "{}/out/"],
        ["import", str(FOLDER)],
        ["remove", "nobody"],
    ],
    ids=lambda words: words[0],
)
def test_absolute_paths_work(gone: Path, store: Path, words: list[str]) -> None:
    ended = run(*(word.format(gone) for word in words), "-d", store)
    assert "No such file" not in ended.stderr
    assert ended.returncode == (2 if words[0] == "remove" else 0), ended.stderr


@pytest.mark.parametrize(
    ("words", "place", "path"),
    [
        (["info", "-d", "s.lbug"], "--db", "s.lbug"),
        (["info"], "--db", "relgraph.lbug"),
        (["map"], "--output", "map.html"),
        (["report"], "--output", "report.html"),
        (["report", "--format", "markdown"], "--output", "report.md"),
        (["centrality", "-o", "c.csv"], "--output", "c.csv"),
        (["import", "x.csv"], "PATH", "x.csv"),
        (["template", "new"], "DIR", "new"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_a_relative_path_is_told(
    gone: Path, store: Path, words: list[str], place: str, path: str
) -> None:
    given: list[str | Path] = [] if place in ("--db", "DIR") else ["-d", store]
    ended = run(*words, *given)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"relgraph: error: {place}: the working folder no longer exists, so {path!r} leads "
        "nowhere: change to another folder (cd), or give an absolute path\n"
    )
    assert not Path("/", path).exists()
