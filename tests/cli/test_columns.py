"""Which columns a table shows, on a terminal of eighty columns too."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from relgraph.cli.catalogue import COMMANDS
from relgraph.cli.columns import CHOSEN, MOST
from relgraph.cli.formats import text_columns
from relgraph.cli.speech import display_width
from relgraph.cli.table import table
from relgraph.messages import Note
from relgraph.result import Result
from tests.cli.awkward import texts
from tests.conftest import Relgraph

SAMPLES = Path(__file__).parents[2] / "sample_data"
SCENARIO = Path(__file__).parents[1] / "data" / "scenario.toml"
ROW_COMMANDS: dict[str, list[tuple[str, ...]]] = {
    "assumptions": [()],
    "brokers": [(), ("--between",), ("--bridges",)],
    "centrality": [(), ("--measure", "all"), ("--error", "0.1"), ("--confidence",)],
    "communities": [()],
    "explain": [(), ("loss", "rank")],
    "advocates": [(), ("--confidence",)],
    "intro": [("cus-50",)],
    "contact": [("emp-06", "cus-42", "--at", "2026-06-30", "--dry-run")],
    "diff": [("2025-06-30",)],
    "duplicates": [()],
    "exit": [
        (),
        ("emp-02",),
        ("--rates",),
        ("--rates", "--by", "city"),
        ("--backtest", "2025-06-30"),
    ],
    "keyplayers": [()],
    "overdue": [(), ("--ties",)],
    "plan": [(), ("--frontier",), ("--explain", "cus-42"), ("--questions",)],
    "portfolio": [(), *(("--model", name) for name in ("value", "supply", "salience", "power"))],
    "reach": [(), ("cus-01",)],
    "set": [("cus-42", "satisfaction=.8", "--dry-run")],
    "sources": [()],
    "strength": [(), ("--confidence",)],
    "tie": [("cus-42", "REFERS", "cus-50", "strength=.7", "--dry-run")],
    "value": [(), ("--curve",)],
    "whatif": [(str(SCENARIO),), (str(SCENARIO), str(SCENARIO))],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from relgraph import import_files, open_store

    path = tmp_path_factory.mktemp("six") / "six.lbug"
    with open_store(path, write=True) as opened:
        import_files(opened, SAMPLES / "six_markets", source="crm")
    return path


def test_every_choice_is_of_a_command() -> None:
    assert {name.split()[0] for name in CHOSEN} <= set(COMMANDS)
    assert all(len(names) <= MOST + 1 for names in CHOSEN.values())


@pytest.mark.parametrize(
    ("command", "more"), [(name, more) for name, modes in ROW_COMMANDS.items() for more in modes]
)
def test_a_table_fits_eighty_columns(
    relgraph: Relgraph, store: Path, command: str, more: tuple[str, ...]
) -> None:
    where = () if command in ("assumptions", "explain") else ("-d", store)
    if command == "duplicates":
        Path("twice.csv").write_text("id,name,market\nx,Acme Ltd,customer\ny,ACME,customer\n")
        relgraph("copy", store, "twice.lbug")
        relgraph("import", "-d", "twice.lbug", "--stakeholders", "twice.csv")
        where = ("-d", Path("twice.lbug"))
    done = relgraph(command, *where, *more, "--top", "30")
    header = done.stdout.splitlines()[0].split()
    assert len(header) <= MOST
    everything = json.loads(relgraph(command, *where, *more, "--top", "30", "--json").stdout)
    rest = set(everything[0]) - set(header)
    assert all(name in done.stderr for name in rest)
    rows = {name: texts([row[name] for row in everything]) for name in header}
    (block,) = table(text_columns(Result(rows)), 80)
    assert max(map(display_width, block)) <= 80
    if "name" in header:
        assert header.index("name") <= 1


def test_wide_shows_all_and_columns_those_that_are_named(relgraph: Relgraph, store: Path) -> None:
    every = json.loads(relgraph("value", "-d", store, "--json").stdout)[0]
    wide = relgraph("value", "-d", store, "--wide")
    assert wide.stdout.splitlines()[0].split() == list(every)
    assert "not shown" not in wide.stderr
    for format in ("csv", "table"):
        done = relgraph("value", "-d", store, "--columns", "clv,id", "--format", format)
        assert done.stdout.splitlines()[0].replace(",", " ").split() == ["clv", "id"]
        assert "not shown" not in done.stderr
    wrong = relgraph("value", "-d", store, "--columns", "clv,grad")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert (
        "--columns: there is no column grad (did you mean 'grade'?); the rows have" in wrong.stderr
    )


def test_money_is_grouped_in_tables_only(relgraph: Relgraph, store: Path) -> None:
    table, csv = (
        relgraph("value", "-d", store, "--top", "1", *more).stdout for more in ((), ("--csv",))
    )
    assert "107,604" in table
    assert ",107603.57," in csv


def test_own_queries_keep_their_columns(relgraph: Relgraph, store: Path) -> None:
    names = [f"c{number}" for number in range(12)]
    cypher = "RETURN " + ", ".join(f"{number} AS {name}" for number, name in enumerate(names))
    done = relgraph("query", "run", "--cypher", "-", "-d", store, input=cypher)
    assert done.stdout.split()[:12] == names


def test_the_commands_of_rows_are_all_here() -> None:
    named = {
        name
        for name in COMMANDS
        for module in [import_module(f"relgraph.cli.commands.{name.replace('import', 'import_')}")]
        if any(option.name == "wide" for option in module.command.params)
    }
    few = {
        "import",
        "copy",
        "info",
        "history",
        "remove",
        "rule250",
    }  # at most seven columns, always
    assert named == set(ROW_COMMANDS) | few


def test_a_note_names_what_is_not_shown() -> None:
    note = Note("rows.more_columns", columns=("a", "b"))
    assert str(note) == "not shown: a, b (wide shows all columns)"
