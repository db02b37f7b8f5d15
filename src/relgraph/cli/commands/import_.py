"""`relgraph import`: files into the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import diagnostics, options, output, speech
from relgraph.cli.command import Command
from relgraph.messages import Note

if TYPE_CHECKING:
    from relgraph.result import Result

_SHOWN = 20  # changes that a dry run shows


@click.command("import", cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@options.db
@click.option(
    "--stakeholders", multiple=True, metavar="FILE", help="A stakeholders file of any name."
)
@click.option(
    "--relationships", multiple=True, metavar="FILE", help="A relationships file of any name."
)
@click.option(
    "--interactions", multiple=True, metavar="FILE", help="An interactions file of any name."
)
@click.option(
    "--mapping",
    metavar="FILE|NAME",
    help="Rules that turn any export into the three tables; PATH is then a folder, files or -.",
)
@click.option(
    "--ledger", metavar="FILE", help="Write what became of every row that the mapping read, as CSV."
)
@click.option(
    "--suggest", is_flag=True, help="Print the draft of a mapping for PATH, and store nothing."
)
@click.option("--replace", is_flag=True, help="Replace everything in the store.")
@click.option(
    "--allow-change",
    is_flag=True,
    help="Let a stored id have another name and another market at once.",
)
@click.option(
    "--strength-from",
    metavar="COLUMN",
    help="Take this column of relationships as strength, divided by its largest value.",
)
@click.option(
    "--strength-scale",
    metavar="LOW-HIGH",
    help="The scale of that column, like 1-5: divide by its upper end.",
)
@click.option("--dry-run", is_flag=True, help="Store nothing; show what would change.")
@click.option(
    "--batched",
    is_flag=True,
    help="On a server: use many transactions, for data too large for one.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=0),
    default=12,
    show_default=True,
    metavar="N",
    help="How many snapshots of what imports replaced to keep in the store; 0: none.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of text files (default: detected).")
@click.option(
    "--decimal",
    type=click.Choice([".", ","]),
    default=".",
    show_default=True,
    help="What stands before decimals in text.",
)
@click.option(
    "--thousands",
    default="",
    metavar="CHARACTER",
    help="What may stand between thousands: , . space ' or _ (default: nothing).",
)
@click.option(
    "--null",
    multiple=True,
    metavar="TEXT",
    help="A cell with this text is empty; repeatable.",
)
@options.summary_rows
def command(
    paths: tuple[str, ...],
    db: str,
    stakeholders: tuple[str, ...],
    relationships: tuple[str, ...],
    interactions: tuple[str, ...],
    mapping: str | None,
    ledger: str | None,
    suggest: bool,
    replace: bool,
    dry_run: bool,
    batched: bool,
    keep: int,
    encoding: str | None,
    allow_change: bool,
    strength_from: str | None,
    strength_scale: str | None,
    decimal: str,
    thousands: str,
    null: tuple[str, ...],
    rows: options.RowOptions,
) -> None:
    """Read, check and store stakeholders, relationships and interactions.

    PATH is a folder, or a .csv, .tsv, .xlsx, .json, .graphml or .gexf file; its name or columns say
    which table it is. If there are problems, all are listed at once and nothing is stored. Rows and
    values that the files leave out stay unchanged in the store.

    An import is stored whole or not at all. With --batched, other programs on the server see each
    part as it arrives, but relgraph reads the store only once all have; after an interruption, run
    the same command again to continue.

    An import that changes something first keeps a snapshot of what was there (`relgraph history`).

    \b
    Columns: file, rows, created, updated, unchanged.
    """
    import relgraph.api as api

    if suggest:
        text, notes = api.suggest_mapping(paths)
        output.write_text(text)
        for note in notes:
            diagnostics.note(note)
        return
    differences = None
    with api.open_store(db, write=True) as store:
        reading: dict[str, Any] = {
            "stakeholders": stakeholders,
            "relationships": relationships,
            "interactions": interactions,
            "mapping": mapping,
            "replace": replace,
            "encoding": encoding,
            "allow_change": allow_change,
            "strength_from": strength_from,
            "strength_scale": strength_scale,
            "decimal": decimal,
            "thousands": thousands,
            "null": null,
        }
        result = api.import_files(
            store,
            paths,
            **reading,
            ledger=ledger,
            dry_run=dry_run,
            batched=batched,
            keep=keep,
            progress=diagnostics.progress(),
        )
        if dry_run and rows.format == "table" and rows.output is None:
            differences = api.preview_import(store, paths, **reading)
    if dry_run:
        diagnostics.note(Note("import.dry_run"))
    output.write_rows(result, rows)
    if differences is not None:
        _show_differences(differences)


def _show_differences(differences: Result) -> None:
    """Show the first of what would change of stored rows."""
    import numpy as np

    changes = [what != "added" or kind == "property" for kind, what in _kinds(differences)]
    changed = differences.take(np.array(changes, dtype=bool))
    if not len(changed):
        return
    shown = changed.head(_SHOWN)
    columns = ("what", "id", "field", "before", "after")
    table = type(shown)({name: shown[name] for name in columns})
    output.write_table(speech.say("import.would_change", count=len(changed)), table)
    if len(changed) > len(shown):
        diagnostics.note(Note("import.more_changes", count=len(changed) - len(shown)))


def _kinds(differences: Result) -> Iterator[tuple[str, str]]:
    return zip(differences["kind"].tolist(), differences["what"].tolist(), strict=True)
