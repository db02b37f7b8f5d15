"""`relgraph show`: all about one stakeholder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import diagnostics, options, output

if TYPE_CHECKING:
    from relgraph.api.portrait import Portrait

_ARROWS = {"out": "→", "in": "←", "both": "↔"}


@click.command("show")
@click.argument("stakeholder", metavar="ID")
@options.db
@click.option("--json", "as_json", is_flag=True, help="Write it as one JSON object.")
def command(stakeholder: str, db: str, as_json: bool) -> None:
    """Show all about one stakeholder: properties, ties, contacts and ranks.

    ID is an id or an exact name. Ranks are those of the default network.
    """
    from relgraph import api

    with api.open_store(db) as store:
        portrait = api.show_stakeholder(store, stakeholder)
    if as_json:
        output.write_json(
            {
                "properties": portrait.properties,
                "ties": portrait.ties,
                "contacts": portrait.contacts,
                "ranks": portrait.ranks,
            }
        )
    else:
        output.write_text("\n".join(_lines(portrait)))
    for note in portrait.notes:
        diagnostics.note(note)


def _lines(portrait: Portrait) -> Iterator[str]:
    properties = portrait.properties
    yield f"{properties.get('name') or properties['id']} ({properties['id']})"
    yield from _section(
        "Properties", [{"property": name, "value": value} for name, value in properties.items()]
    )
    ties = [
        {"type": tie["type"], "": _ARROWS[tie["direction"]]}
        | {name: tie[name] for name in ("id", "name", "market", "strength")}
        | {"further": _listed(tie["properties"])}
        for tie in portrait.ties
    ]
    yield from _section("Ties", ties)
    contacts = [{"": _ARROWS[row["direction"]]} | row for row in portrait.contacts]
    yield from _section("Contacts", [_without(row, "direction") for row in contacts])
    yield from _section("Ranks", portrait.ranks)


def _section(title: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield a heading with the number of rows, and the rows as a table."""
    import numpy as np

    from relgraph.cli.formats import text_columns
    from relgraph.cli.table import table
    from relgraph.result import Result

    yield ""
    if not rows:
        yield f"{title}: none"
        return
    yield f"{title} ({len(rows)})"
    columns = {name: np.empty(len(rows), dtype=object) for name in rows[0]}
    for name, column in columns.items():
        column[:] = [row[name] for row in rows]
    for block in table(text_columns(Result(columns))):
        yield from (f"  {line}" for line in block)


def _listed(properties: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in properties.items())


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    kept: Iterable[tuple[str, Any]] = row.items()
    return {name: value for name, value in kept if name not in names}
