"""`relgraph show`: everything about one stakeholder, owner, money and risk first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import completion, diagnostics, options, output
from relgraph.cli.command import Command
from relgraph.cli.speech import say

if TYPE_CHECKING:
    from relgraph.api.portrait import Portrait
    from relgraph.result import Result

_ARROWS = {"out": "→", "in": "←", "both": "↔"}


@click.command("show", cls=Command)
@click.argument("stakeholder", metavar="ID", shell_complete=completion.ids)
@options.db
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="NAME",
    shell_complete=completion.measures,
    help="What to rank by, as in `relgraph centrality`; repeatable (default: what is quick).",
)
@click.option(
    "--money/--no-money",
    default=None,
    help="Work out money and risk (default: in stores of up to 100,000 stakeholders).",
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
def command(
    stakeholder: str, db: str, measures: tuple[str, ...], money: bool | None, as_json: bool
) -> None:
    """Show everything about one stakeholder: owner, money, risk, properties, ties, ranks.

    ID is an id or an exact name. Money and risk are those of `relgraph value` and `exit`. Ranks
    are those of the default network; in a large one, only those by measures that are quick, and
    any other with --measure. In a store of more than 100,000 stakeholders neither is worked out
    unless it is asked for.
    """
    import relgraph.api as api

    with api.open_store(db) as store:
        portrait = api.show_stakeholder(
            store,
            stakeholder,
            measures=measures or None,
            money=money,
            progress=diagnostics.progress(),
        )
    if as_json:
        told = {name: getattr(portrait, name) for name in portrait.__dataclass_fields__}
        del told["notes"]
        output.write_json(told)
    else:
        properties = portrait.properties
        output.write_text(f"{properties.get('name') or properties['id']} ({properties['id']})")
        for key, rows in _sections(portrait):
            title = say(key)
            output.write_text("")
            if rows:
                counted = title if key == "show.outlook" else f"{title} ({len(rows)})"
                output.write_table(counted, _as_result(rows))
            else:
                output.write_text(say("show.none", title=title))
    for note in portrait.notes:
        diagnostics.note(note)


def _sections(portrait: Portrait) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each table: the key of its title, and its rows."""
    from relgraph.cli.formats import read_figures

    yield "show.outlook", list(_outlook(portrait))
    properties = read_figures(portrait.properties)
    yield "show.properties", [{"property": n, "value": text} for n, text in properties.items()]
    yield (
        "show.ties",
        [
            {"type": tie["type"], "": _ARROWS[tie["direction"]]}
            | {name: tie[name] for name in ("id", "name", "market", "strength")}
            | {"further": _listed(tie["properties"])}
            for tie in portrait.ties
        ],
    )
    contacts = [{"": _ARROWS[row["direction"]]} | row for row in portrait.contacts]
    yield "show.contacts", [_without(row, "direction") for row in contacts]
    yield "show.ranks", portrait.ranks


def _outlook(portrait: Portrait) -> Iterator[dict[str, Any]]:
    """Yield each figure that is known of owner, money and risk."""
    from relgraph.cli.formats import read_figures

    if portrait.owner is not None:
        name, owner = portrait.owner["name"], portrait.owner["id"]
        yield {"figure": "owner", "value": f"{name} ({owner})" if name else owner}
    elif portrait.money:
        yield {"figure": "owner", "value": say("show.nobody")}
    figures = portrait.money | portrait.risk
    if "reasons" in figures:
        told = (f"{say(f'reason.{why}')} × {by:.1f}" for why, by in figures["reasons"].items())
        figures["reasons"] = ", ".join(told) or None
    for name, value in read_figures(figures).items():
        yield {"figure": name, "value": value}


def _as_result(rows: list[dict[str, Any]]) -> Result:
    import numpy as np

    from relgraph.result import Result

    columns = {name: np.empty(len(rows), dtype=object) for name in rows[0]}
    for name, column in columns.items():
        column[:] = [row[name] for row in rows]
    return Result(columns)


def _listed(properties: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in properties.items())


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    kept: Iterable[tuple[str, Any]] = row.items()
    return {name: value for name, value in kept if name not in names}
