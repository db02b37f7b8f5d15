"""Options that commands share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from relgraph.cli import options
from relgraph.cli.options import RowOptions
from relgraph.network import Projection
from relgraph.settings import RankingSettings
from tests.conftest import Relgraph

seen: dict[str, Any] = {}


@click.command()
@options.db
@options.settings(confidence="Tell how sure.")
@options.rows
def command(**values: Any) -> None:
    seen.clear()
    seen.update(values)


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(command, list(arguments), env=environment)


def test_defaults() -> None:
    assert run().exit_code == 0
    assert seen == {
        "db": "relgraph.lbug",
        "settings": RankingSettings(),
        "rows": RowOptions(command="command"),
    }


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--type", "REFERS", "--type", "works for"], Projection(types=("REFERS", "WORKS_FOR"))),
        (
            ["--type", "推荐", "--within", "客户"],
            Projection(types=("REFERS",), within=("customer",)),
        ),
        (["--undirected"], Projection(undirected=True)),
        (["--weights", "none"], Projection(weighted=False)),
        (["--include-left", "--without-firm"], Projection(include_left=True, without_firm=True)),
        (["--within", "Customer", "--within", "firm"], Projection(within=("customer", "firm"))),
    ],
)
def test_projection(arguments: list[str], expected: Projection) -> None:
    assert run(*arguments).exit_code == 0
    assert seen["settings"].projection == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--csv"], RowOptions(format="csv")),
        (["--json"], RowOptions(format="json")),
        (["--jsonl", "--format", "markdown"], RowOptions(format="markdown")),
        (["-o", "x", "--top", "3"], RowOptions(output="x", top=3)),
        (["--market", "Suppliers", "--market", "FIRM"], RowOptions(markets=("supplier", "firm"))),
        (["--no-pager"], RowOptions(pager=False)),
        (["--wide"], RowOptions(wide=True)),
        (["--columns", "name, id,"], RowOptions(columns=("name", "id"))),
    ],
)
def test_rows(arguments: list[str], expected: RowOptions) -> None:
    assert run(*arguments).exit_code == 0
    assert seen["rows"] == expected._replace(command="command")


def test_the_store_comes_from_the_environment_unless_given() -> None:
    run(RELGRAPH_DB="other.lbug")
    assert seen["db"] == "other.lbug"
    run("-d", "mine.lbug", RELGRAPH_DB="other.lbug")
    assert seen["db"] == "mine.lbug"
    run(RELGRAPH_DB="")
    assert seen["db"] == "relgraph.lbug"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", datetime(2026, 3, 1, 23, 59, 59, 999999)),
        ("2026-03-01T00:00", datetime(2026, 3, 1)),
        ("2026-03-01T12:30:00", datetime(2026, 3, 1, 12, 30)),
    ],
)
def test_as_of(text: str, expected: datetime) -> None:
    assert run("--as-of", text).exit_code == 0
    assert seen["settings"].as_of == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--market", "custmer"], "'custmer' is not one of customer, supplier, distributor, "),
        (["--market", "custmer"], "(did you mean 'customer'?)"),
        (["--type", "R&D"], "'R&D' can't name a relationship type"),
        (["--within", "x"], "'x' is not one of customer, "),
        (["--top", "0"], "0 is not in the range x>=1"),
        (["--top", "many"], "'many' is not a valid integer"),
        (["--format", "xml"], "'xml' is not one of 'table', 'csv', "),
        (["--as-of", "yesterday"], "'yesterday' is not a date or a time"),
        (["--seed", "-1"], "-1 is not in the range"),
        (["--weights", "distance"], "'distance' is not one of 'strength', 'none'"),
    ],
)
def test_wrong_values_are_usage_errors(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("parameter", "incomplete", "expected"),
    [
        ("markets", "cu", ["customer"]),
        ("within", "", ["customer", "supplier", "distributor"]),
        ("types", "re", ["REFERS", "REPORTS_TO"]),
    ],
)
def test_values_are_completed(parameter: str, incomplete: str, expected: list[str]) -> None:
    (option,) = [param for param in command.params if param.name == parameter]
    found = option.type.shell_complete(click.Context(command), option, incomplete)
    assert [item.value for item in found][: len(expected)] == expected


def test_completing_a_word_asks_for_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options.store, "is_interactive", lambda: True)
    context = command.make_context("x", ["-d", "neo4j://somewhere"], resilient_parsing=True)
    assert context.params["db"] == "neo4j://somewhere"


def test_no_market_is_offered_that_looks_the_same(relgraph: Relgraph) -> None:
    run = relgraph("centrality", "--market", "сustomer")
    assert run.exit_code == 2
    assert "looks the same, with U+0063 in place of U+0441" in run.stderr
