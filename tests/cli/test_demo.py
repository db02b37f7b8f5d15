"""`relgraph demo`: the tour that a newcomer takes."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from relgraph.cli.commands import demo
from relgraph.cli.speech import say
from relgraph.resources import resource_dir
from tests.conftest import Relgraph

pytestmark = pytest.mark.long

MADE = {
    ".relgraph-demo",
    "six_markets.lbug",
    "six_markets.html",
    "northwind.lbug",
    "northwind.html",
}


README = Path(__file__).parents[2] / "README.md"
# Runs commands and writes which kernels they used, with the types of their arguments.
KERNELS_OF = """
import json, sys
from relgraph.cli import main
for arguments in json.loads(sys.argv[1]):
    main(["-q", *arguments], standalone_mode=False)
rooms = [module for name, module in sys.modules.items() if name.startswith("relgraph.kernels.")]
kernels = [kernel for room in rooms for kernel in vars(room).values()]
used = [(kernel, types) for kernel in kernels for types in getattr(kernel, "signatures", ())]
print(json.dumps([f"{kernel.__qualname__}{types}" for kernel, types in used]), file=sys.stderr)
"""


def kernels_of(commands: list[list[str]], folder: Path) -> set[str]:
    process = subprocess.run(
        [sys.executable, "-c", KERNELS_OF, json.dumps(commands)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return set(json.loads(process.stderr))


def take_tour(folder: Path) -> tuple[str, str]:
    """Return what the tour writes to stdout and stderr."""
    process = subprocess.run(
        [sys.executable, "-m", "relgraph", "demo", folder.name],
        cwd=folder.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout, process.stderr


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Take the tour once: where, and what it wrote to stdout and stderr."""
    folder = tmp_path_factory.mktemp("tour") / "my tour"
    return folder, *take_tour(folder)


def test_it_makes_a_store_and_a_map_of_each_dataset(tour: tuple[Path, str, str]) -> None:
    folder, shown, _ = tour
    assert {path.name for path in folder.iterdir()} == MADE
    for name in ("six_markets.html", "northwind.html"):
        assert (folder / name).as_uri() in shown


def test_it_says_nothing_alarming(tour: tuple[Path, str, str]) -> None:
    _, _, said = tour
    assert all(line.startswith("relgraph: note: ") for line in said.splitlines())


def test_the_main_tables_are_shown(tour: tuple[Path, str, str]) -> None:
    _, shown, _ = tour
    first = shown.splitlines()[1:12]
    assert "plan -k 10" in first[1]
    assert re.search(
        r"^碧梧泳馆 +cus-42 +deepen\+recover .* cooling × 1\.7, unhappy", "\n".join(first), re.M
    )
    for header in ("betweenness", "expected", "reasons", "constraint", "unique", "stakeholders"):
        assert re.search(rf"^\S.*\b{header}\b", shown, re.MULTILINE), header
    assert re.search(r"^CENTC ", shown, re.MULTILINE)
    assert re.search(r"^girard .* 5000\.0000", shown, re.MULTILINE)
    assert re.search(r"^customer +91 ", shown, re.MULTILINE)


def test_each_table_is_one_line_of_explanation_and_a_command(tour: tuple[Path, str, str]) -> None:
    _, shown, _ = tour
    steps = [*(step for steps in demo.TOUR.values() for step in steps), demo.RULE]
    lines = shown.splitlines()
    for step in steps:
        places = [place for place, line in enumerate(lines) if line == say(step.explanation)]
        assert places
        for place in places:
            assert lines[place + 1].startswith("$ ")
            assert lines[place + 2]
    assert max(len(say(step.explanation)) for step in steps) <= 100


def test_the_commands_can_be_copied(tour: tuple[Path, str, str], relgraph: Relgraph) -> None:
    folder, shown, _ = tour
    typed = re.findall(
        r"^(?:\$|  ) ?((?:python -m )?relgraph .*?)(?:  +#.*)?$", shown, re.MULTILINE
    )
    assert len(typed) >= 12
    (Path.cwd() / folder.name).symlink_to(folder)
    for line in typed:
        words = shlex.split(line.removeprefix("python -m "))
        if words[1] != "import":
            assert relgraph(*words[1:]).exit_code == 0, line


def test_it_leaves_the_kernels_compiled_that_a_newcomer_uses_next(
    tour: tuple[Path, str, str],
) -> None:
    folder, shown, _ = tour
    (folder.parent / "sample_data").symlink_to(resource_dir("sample_data"))
    readme = re.findall(r"^\$ relgraph (.+)$", README.read_text("utf-8"), re.MULTILINE)
    next_ones = re.findall(r"^  .*relgraph (.+ -d .+)$", shown, re.MULTILINE)
    assert len(readme) >= 6
    assert len(next_ones) >= 3
    typed = [shlex.split(line) for line in (*readme, *next_ones, "keyplayers -k 3")]
    compiled = kernels_of([["demo", folder.name]], folder.parent)
    assert sorted(kernels_of(typed, folder.parent) - compiled) == []


def test_a_second_tour_writes_over_the_first(tour: tuple[Path, str, str]) -> None:
    folder, shown, said = tour
    assert take_tour(folder) == (shown, said)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("taken", "taken: holds files that no demo made; name an empty or new folder"),
        ("file", "file: is a file; name a folder for the demo"),
    ],
)
def test_it_writes_over_nothing_else(relgraph: Relgraph, path: str, message: str) -> None:
    Path("taken").mkdir()
    Path("taken", "work.txt").touch()
    Path("file").touch()
    result = relgraph("demo", path)
    assert result.exit_code == 2
    assert result.stderr == f"relgraph: error: {message}\n"
    assert [entry.name for entry in Path("taken").iterdir()] == ["work.txt"]


@pytest.mark.parametrize(
    ("argv", "found", "typed"),
    [
        ("/usr/bin/relgraph", "/usr/bin/relgraph", "relgraph"),
        (".venv/bin/relgraph", None, ".venv/bin/relgraph"),
        ("my env/bin/relgraph", None, "'my env/bin/relgraph'"),
        ("/lib/relgraph/__main__.py", None, "python -m relgraph"),
        ("/usr/bin/pytest", None, "relgraph"),
    ],
)
def test_commands_are_shown_as_they_can_be_typed(
    argv: str, found: str | None, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", [argv])
    monkeypatch.setattr("shutil.which", lambda name: found)
    assert demo._program() == typed
