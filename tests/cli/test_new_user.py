"""What somebody meets who tries every command: wrong words, empty stores, pipes, 80 columns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from relgraph.cli import main
from relgraph.resources import resource_dir
from tests.conftest import Relgraph

# Every command that only reads a store, with what it needs.
READING = {
    "info": [],
    "show": ["E1"],
    "centrality": ["--measure", "all"],
    "reach": [],
    "strength": [],
    "advocates": ["-k", "2"],
    "brokers": [],
    "keyplayers": ["-k", "2"],
    "communities": [],
    "query run": ["market-overview"],
    "map": ["-o", "map.html"],
    "export": ["-o", "export.json"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the worked example in `full.lbug` and nothing in `empty.lbug`."""
    folder = tmp_path_factory.mktemp("stores")
    for arguments in (
        ["import", "-d", "full.lbug", str(resource_dir("sample_data") / "worked_example")],
        ["template", "nothing"],
        ["import", "-d", "empty.lbug", "nothing"],
    ):
        subprocess.run([sys.executable, "-m", "relgraph", *arguments], cwd=folder, check=True)
    return folder


def reading(command: str, store: str | Path) -> list[str]:
    return [*command.split(), *READING[command], "-d", str(store)]


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("store", ["full.lbug", "empty.lbug"])
def test_every_command_reads_a_full_and_an_empty_store(
    command: str, store: str, folder: Path, relgraph: Relgraph
) -> None:
    result = relgraph(*reading(command, folder / store))
    if command in ("show", "advocates", "keyplayers") and store == "empty.lbug":
        assert result.exit_code == 2, "there is nobody to show or to choose"
    else:
        notes = [
            line for line in result.stderr.splitlines() if not line.startswith("relgraph: note:")
        ]
        assert (result.exit_code, notes) == (0, [])


@pytest.mark.parametrize("command", READING)
def test_a_missing_store_is_said_and_not_made(command: str, relgraph: Relgraph) -> None:
    result = relgraph(*reading(command, "missing.lbug"))
    assert result.exit_code == 3
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("relgraph: error: ")
    assert "missing.lbug" in line
    assert "`relgraph import`" in line
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a database\n" * 400], ids=["empty", "text"])
@pytest.mark.parametrize("command", READING)
def test_what_is_no_store_is_said_and_left_alone(
    command: str, content: bytes, relgraph: Relgraph
) -> None:
    Path("notes.txt").write_bytes(content)
    result = relgraph(*reading(command, "notes.txt"))
    assert result.exit_code == 3
    (line,) = result.stderr.splitlines()
    assert "not a relgraph database" in line
    assert Path("notes.txt").read_bytes() == content
    assert [path.name for path in Path.cwd().iterdir()] == ["notes.txt"]


ROWS = [
    name
    for name in READING
    if name not in ("show", "map", "export")  # these write no rows
]

SUMMARIES = ("info",)  # all of their rows belong together


@pytest.mark.parametrize("command", ROWS)
def test_formats_agree(command: str, folder: Path, relgraph: Relgraph) -> None:
    arguments = reading(command, folder / "full.lbug")
    rows = json.loads(relgraph(*arguments, "--json").stdout)
    assert rows
    lines = relgraph(*arguments, "--jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    header = relgraph(*arguments, "--csv").stdout.splitlines()[0]
    assert header.split(",") == list(rows[0])
    assert relgraph(*arguments, "--wide").stdout.split("\n")[0].split() == list(rows[0])
    assert relgraph(*arguments, "-o", "rows.csv", "--csv").stdout == ""
    assert Path("rows.csv").read_text("utf-8") == relgraph(*arguments, "--csv").stdout
    if command not in SUMMARIES:
        assert len(json.loads(relgraph(*arguments, "--json", "--top", "1").stdout)) == 1


@pytest.mark.parametrize("command", ROWS)
def test_an_error_leaves_the_old_file(command: str, relgraph: Relgraph) -> None:
    Path("rows.txt").write_text("old")
    assert relgraph(*reading(command, "missing.lbug"), "-o", "rows.txt").exit_code == 3
    assert Path("rows.txt").read_text() == "old"


@pytest.mark.parametrize("command", ["centrality", "reach", "advocates -k 1"])
def test_a_misspelt_type_is_noted(command: str, folder: Path, relgraph: Relgraph) -> None:
    result = relgraph(*command.split(), "-d", folder / "full.lbug", "--type", "REFRES")
    assert "relgraph: note: no tie has the type REFRES (did you mean 'REFERS'?)" in result.stderr


@pytest.mark.parametrize("command", [*READING, "rule250", "assumptions", "query list"])
def test_nothing_is_wider_than_a_terminal(command: str, folder: Path) -> None:
    arguments = [*command.split(), *READING.get(command, [])]
    if command in READING:
        arguments += ["-d", str(folder / "full.lbug")]
    if command in ROWS or command not in READING:
        arguments.append("--no-pager")
    shown = on_terminal(arguments, folder)
    assert max((len(line) for line in shown.splitlines()), default=0) <= 80


def on_terminal(arguments: list[str], folder: Path) -> str:
    """Return what a command shows on a terminal of 80 columns; stderr goes elsewhere."""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "relgraph", *arguments],
        cwd=folder,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**os.environ, "COLUMNS": "80", "LINES": "24", "NO_COLOR": "1"},
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # the process closed its side
        pass
    finally:
        os.close(ours)
    _, said = process.communicate()
    assert process.returncode == 0, said
    return shown.decode().replace("\r\n", "\n")


def test_a_query_from_a_closed_stdin_is_a_usage_error(folder: Path) -> None:
    arguments = ["query", "run", "--cypher", "-", "-d", "full.lbug"]
    process = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "relgraph", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert process.returncode == 2
    assert process.stderr.startswith("relgraph: error: --cypher: stdin is closed")


def test_every_command_takes_its_store_from_the_environment() -> None:
    context = click.Context(main)
    without = {"template", "rule250", "assumptions", "explain", "demo", "query", "copy"}
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        stores = [param for param in command.params if param.name == "db"]
        assert [param.envvar for param in stores] == ([] if name in without else ["RELGRAPH_DB"])
