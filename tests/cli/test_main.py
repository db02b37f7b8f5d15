"""The group: help, version, unknown names, global options, what leaves it as an error."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from relgraph.cli import diagnostics, main, output
from relgraph.cli.catalogue import COMMANDS, GROUPS, Entry
from relgraph.cli.command import Command
from relgraph.errors import StoreLocked
from relgraph.resources import resource_dir
from tests.conftest import Relgraph, RelgraphProcess

MODULES = Path(__file__).parents[2] / "src" / "relgraph" / "cli" / "commands"


def test_help_lists_every_command_with_its_question_in_groups(relgraph: Relgraph) -> None:
    modules = {path.stem.rstrip("_").replace("_", "-") for path in MODULES.glob("[a-z]*.py")}
    assert set(COMMANDS) == modules, "src/relgraph/cli/catalogue.py: GROUPS lists the modules"
    lines = relgraph("--help").stdout.splitlines()
    places = []
    for title, commands in GROUPS.items():
        places.append(lines.index(f"{title}:"))
        places += [lines.index(f"  {name:13}{entry.question}") for name, entry in commands.items()]
    assert places == sorted(places)


def test_help_lists_the_exit_codes(relgraph: Relgraph) -> None:
    shown = relgraph("-h").stdout
    for code in ("0 ", "1 ", "2 ", "3 ", "4 ", "130 "):
        assert f"\n    {code}" in shown


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_every_command_tells_what_it_does(relgraph: Relgraph, name: str) -> None:
    result = relgraph(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: relgraph {name} ")
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert len(command.get_short_help_str(200)) > 15


def test_every_option_has_a_help_text() -> None:
    def check(command: click.Command, path: str) -> None:
        for param in command.params:
            if isinstance(param, click.Option) and not param.hidden:
                assert param.help, f"{path} {param.name}"
        if isinstance(command, click.Group):
            for name in command.list_commands(click.Context(command)):
                child = command.get_command(click.Context(command), name)
                assert child is not None
                check(child, f"{path} {name}")

    check(main, "relgraph")


def test_an_unknown_name_is_no_command() -> None:
    assert main.get_command(click.Context(main), "../conftest") is None


def test_version(relgraph: Relgraph) -> None:
    assert relgraph("--version").stdout == f"relgraph {version('relgraph')}\n"


def test_without_a_command_the_help_is_shown_and_it_fails(relgraph: Relgraph) -> None:
    result = relgraph()
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Usage: relgraph ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dmeo"], "no such command 'dmeo' (did you mean 'demo'?) (see `relgraph --help`)"),
        (["zzzzzz"], "no such command 'zzzzzz' (see `relgraph --help`)"),
        (["\x1b[2J"], "no such command '\\x1b[2J' (see `relgraph --help`)"),
        (["--colour", "never"], "No such option '--colour'. (see `relgraph --help`)"),
        (["-v", "-q", "demo"], "-v and -q can't be used together (see `relgraph --help`)"),
        (
            ["-q", "info", "-v"],
            "info: -v and -q can't be used together (see `relgraph info --help`)",
        ),
        (["demo", "--nope"], "demo: No such option '--nope'. (see `relgraph demo --help`)"),
    ],
)
def test_wrong_calls_are_one_line(relgraph: Relgraph, arguments: list[str], said: str) -> None:
    result = relgraph(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    line = result.stderr.replace(" Did you mean '--color'?", "")
    assert line == f"relgraph: error: {said}\n"


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> click.Command:
    """Add a command that fails as it is told."""

    @click.command("probe", cls=Command)
    @click.argument("what")
    @click.pass_context
    def command(context: click.Context, what: str) -> None:
        output.write_text("before")
        diagnostics.note("a note")
        if what == "locked":
            raise StoreLocked("a.lbug: locked by another writer") from RuntimeError("engine: lock")
        if what == "fault":
            raise KeyError("x")
        context.exit(int(what))

    monkeypatch.setitem(COMMANDS, "probe", Entry("", "", ""))
    monkeypatch.setattr(main, "get_command", lambda context, name: command)
    return command


@pytest.mark.usefixtures("probe")
@pytest.mark.parametrize(
    ("arguments", "code", "lines"),
    [
        (["probe", "0"], 0, ["note: a note"]),
        (["probe", "7"], 7, ["note: a note"]),
        (["-q", "probe", "0"], 0, []),
        (["probe", "0", "-q"], 0, []),
        (
            ["probe", "-v", "locked", "--color", "never"],
            3,
            [
                "note: a note",
                "error: a.lbug: locked by another writer",
                "cause: RuntimeError: engine: lock",
            ],
        ),
        (["-q", "probe", "locked"], 3, ["error: a.lbug: locked by another writer"]),
        (
            ["-v", "probe", "locked"],
            3,
            [
                "note: a note",
                "error: a.lbug: locked by another writer",
                "cause: RuntimeError: engine: lock",
            ],
        ),
        (
            ["probe", "fault"],
            1,
            [
                "note: a note",
                "error: internal error: KeyError: 'x' (this is a fault of relgraph; please "
                "report it with what `relgraph -v …` prints)",
            ],
        ),
    ],
)
def test_streams_and_codes(
    relgraph: Relgraph, arguments: list[str], code: int, lines: list[str]
) -> None:
    result = relgraph(*arguments)
    assert result.exit_code == code
    assert result.stdout == "before\n"
    assert result.stderr.splitlines() == [f"relgraph: {line}" for line in lines]


@pytest.mark.usefixtures("probe")
def test_embedded_in_another_program_errors_are_raised() -> None:
    with pytest.raises(StoreLocked):
        main(["probe", "locked"], standalone_mode=False)
    assert main(["probe", "5"], standalone_mode=False) == 5


@pytest.mark.usefixtures("probe")
def test_color_always_and_never(relgraph: Relgraph) -> None:
    assert "\x1b[" in CliRunner().invoke(main, ["--color=always", "probe", "0"], color=True).stderr
    assert "\x1b[" not in relgraph("--color=never", "probe", "0").stderr


def test_shell_completion_knows_the_commands(relgraph_process: RelgraphProcess) -> None:
    process = relgraph_process(
        env={"_RELGRAPH_COMPLETE": "bash_complete", "COMP_WORDS": "relgraph de", "COMP_CWORD": "1"}
    )
    assert process.stdout == "plain,demo\n"
    source = relgraph_process(env={"_RELGRAPH_COMPLETE": "zsh_source"})
    assert "#compdef relgraph" in source.stdout


def test_the_store_may_be_named_before_the_command(relgraph: Relgraph, tmp_path: Path) -> None:
    sample = resource_dir("sample_data") / "worked_example"
    assert relgraph("-d", "one.lbug", "import", sample).exit_code == 0
    assert Path("one.lbug").exists()
    assert relgraph("-d", "one.lbug", "query", "run", "market-overview").exit_code == 0
    run = relgraph("-d", "one.lbug", "info", "-d", "other.lbug")
    assert (run.exit_code, "other.lbug" in run.stderr) == (3, True)
