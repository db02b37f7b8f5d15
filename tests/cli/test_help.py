"""Every command's help: a question first, then an example that runs, and what comes next."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from os import terminal_size
from pathlib import Path

import click
import pytest

from relgraph.cli import main, output
from relgraph.cli.catalogue import COMMANDS, ENTRIES, GROUPS, SUBCOMMANDS
from tests.conftest import Relgraph

SAMPLES = Path(__file__).parents[2] / "sample_data"


def subcommands() -> Iterator[str]:
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        if isinstance(command, click.Group):
            yield from (f"{name} {each}" for each in command.commands)


def test_every_command_is_in_one_group_and_leads_on() -> None:
    assert set(SUBCOMMANDS) == set(subcommands())
    assert sum(map(len, GROUPS.values())) == len(COMMANDS)
    questions = [entry.question for entry in ENTRIES.values()]
    assert len(set(questions)) == len(questions)
    for name, entry in ENTRIES.items():
        assert entry.question.endswith("?"), name
        assert entry.next in ENTRIES, f"{name}: {entry.next} comes next, but is no command"
        assert entry.next != name


@pytest.mark.parametrize("name", ENTRIES)
def test_the_help_has_question_example_and_what_comes_next(relgraph: Relgraph, name: str) -> None:
    lines = relgraph(*name.split(), "--help").stdout.splitlines()
    entry = ENTRIES[name]
    assert lines[0].startswith(f"Usage: relgraph {name} ")
    assert lines[1:3] == ["", f"  {entry.question}"]
    at = lines.index("Example, on six_markets:")
    examples = entry.example.splitlines()
    assert lines[at + 1 : at + 1 + len(examples)] == [f"  {line}" for line in examples]
    following = ENTRIES[entry.next].question
    assert lines[-2:] == ["Next:", f"  relgraph {entry.next}   {following}"]
    assert max(map(len, lines[-4:])) <= 80


@pytest.mark.parametrize("name", ["", *ENTRIES])
def test_the_help_fits_a_terminal_or_is_paged(
    relgraph: Relgraph, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    paged: list[str] = []
    monkeypatch.setattr(output, "_terminal_size", lambda: terminal_size((80, 40)))
    monkeypatch.setattr(click, "echo_via_pager", lambda text, color: paged.append(text))
    shown = relgraph(*name.split(), "--help").stdout
    assert len(shown.splitlines()) < 40
    assert len(paged) == (0 if shown else 1)
    assert "Usage: relgraph " in (shown or paged[0])


def test_help_that_goes_to_a_file_is_not_paged(relgraph: Relgraph) -> None:
    assert len(relgraph("plan", "--help").stdout.splitlines()) > 40


@pytest.mark.parametrize("name", ENTRIES)
def test_the_example_runs(relgraph: Relgraph, six_markets: Path, tmp_path: Path, name: str) -> None:
    shutil.copy(six_markets, tmp_path / "relgraph.lbug")
    (tmp_path / "sample_data").symlink_to(SAMPLES)
    *before, line = ENTRIES[name].example.splitlines()
    for each in before:
        subprocess.run(each, shell=True, cwd=tmp_path, check=True)
    program, *arguments = shlex.split(line)
    assert program == "relgraph"
    assert " ".join(arguments).startswith(name)
    there = set(tmp_path.iterdir())
    done = relgraph(*arguments)
    assert done.exit_code == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1 or set(tmp_path.iterdir()) > there
