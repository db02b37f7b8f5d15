"""`relgraph diff`: what has changed."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from relgraph.cli import diagnostics, options, speech
from relgraph.cli.command import Command
from relgraph.cli.output import write_rows

if TYPE_CHECKING:
    from datetime import datetime

    from relgraph.settings import PlanningSettings


class Sides(NamedTuple):
    """What is compared: two stores by address, each at a date or at present, and files."""

    before: str
    after: str
    before_as_of: datetime | None
    after_as_of: datetime | None
    files: tuple[str, ...]


@click.command("diff", cls=Command)
@click.argument("sides", metavar="BEFORE [AFTER]...", nargs=-1, required=True)
@options.db
@options.undated_planning
@options.compared
@click.option("--data-only", is_flag=True, help="Compare rows and values, but no figures.")
@click.option("--fail-if-any", is_flag=True, help="Exit with 5 if anything differs.")
@options.rows
def command(
    sides: tuple[str, ...],
    db: str,
    settings: PlanningSettings,
    measures: tuple[str, ...],
    data_only: bool,
    fail_if_any: bool,
    rows: options.RowOptions,
) -> None:
    """Show what has changed between two stores or dates, or what an import would change.

    BEFORE and AFTER are stores (files or servers), snapshots (see `relgraph history`), dates, or
    files to import. A date means the other store, or that of --db, as it was then by the dates in
    its data; without AFTER, a snapshot is compared with its own store, and any other BEFORE with
    that of --db. Files mean the store as importing them would make it.

    \b
      relgraph diff june.lbug september.lbug
      relgraph diff relgraph.lbug@3            what has changed since import 3
      relgraph diff 2026-06-30                 that day with today
      relgraph diff 2026-03-31 2026-06-30      two days of one store
      relgraph diff crm-export/                what importing it would change

    \b
    Columns:
      kind            stakeholder, property, relationship, interaction or measure
      what            added, removed or changed
      id, name, market   of a tie: source, type, target
      field           which value, or which measure (see `relgraph whatif --help`)
      before, after, change
      rank_before, rank_after, rank_change   below 0 for a better rank
    """
    import relgraph.api as api

    chosen = _sides(sides, db)
    with ExitStack() as stack:
        before = stack.enter_context(api.open_store(chosen.before))
        after = before
        if chosen.after != chosen.before:
            after = stack.enter_context(api.open_store(chosen.after))
        result = api.compare_stores(
            before,
            after,
            settings,
            before_as_of=chosen.before_as_of,
            after_as_of=chosen.after_as_of,
            files=chosen.files,
            measures=measures,
            data_only=data_only,
        )
    found = write_rows(result, rows)
    if fail_if_any and found:
        raise click.exceptions.Exit(diagnostics.FOUND)


def _sides(texts: tuple[str, ...], db: str) -> Sides:
    """Return what some texts mean: dates, files of an import, and else stores."""
    moments = [_moment(text) for text in texts]
    is_file = [
        moment is None and _is_data(text) for text, moment in zip(texts, moments, strict=True)
    ]
    files = tuple(text for text, data in zip(texts, is_file, strict=True) if data)
    places = [place for place, data in enumerate(is_file) if not data]
    if len(places) > (1 if files else 2):
        raise click.UsageError(speech.say("diff.too_many", count=len(texts)))
    stores = [texts[place] for place in places if moments[place] is None]
    usual = stores[0] if stores else db
    if files:
        moment = moments[places[0]] if places else None
        return Sides(usual, usual, moment, None, files)
    first = places[0]
    before = texts[first] if moments[first] is None else (stores[0] if stores else db)
    if len(places) == 1:
        return Sides(before, _present(before, db), moments[first], None, ())
    second = places[1]
    after = texts[second] if moments[second] is None else usual
    return Sides(before, after, moments[first], moments[second], ())


def _present(before: str, db: str) -> str:
    """Return what one is compared with: a snapshot with its own store, others with --db."""
    from relgraph.store import present_of

    store = present_of(before)
    return db if store == before else store


def _moment(text: str) -> datetime | None:
    """Return the moment that a text is, or None."""
    from relgraph.errors import UsageError
    from relgraph.settings import parse_moment

    try:
        return parse_moment(text, "sides")
    except UsageError:
        return None


def _is_data(text: str) -> bool:
    """Return whether a text is a folder or a file that an import reads."""
    from relgraph.readwrite.formats.registry import READABLE

    path = Path(text)
    return path.suffix.lower() in READABLE or path.is_dir()
