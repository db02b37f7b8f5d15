"""`relgraph import`: files into the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import diagnostics, options, output, reading_options, speech
from relgraph.cli.command import Command
from relgraph.endings import choose_format
from relgraph.errors import UsageError
from relgraph.messages import Note

if TYPE_CHECKING:
    from relgraph.result import Result

_SHOWN = 20  # changes that a dry run shows


@click.command("import", cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@options.db
@reading_options.reading
@click.option(
    "--ledger", metavar="FILE", help="Write what became of every row that the mapping read, as CSV."
)
@click.option(
    "--suggest", is_flag=True, help="Print the draft of a mapping for PATH, and store nothing."
)
@click.option(
    "--same",
    metavar="FILE",
    help="Apply a reviewed list of `relgraph duplicates`: join those with yes, part those with no.",
)
@reading_options.mail
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
    help="Keep this many snapshots from before imports; 0 keeps none.",
)
@click.option(
    "--source", metavar="NAME", help="Remember that these rows come from this source, such as crm."
)
@click.option(
    "--sync",
    is_flag=True,
    help="Bring the store into step with this source, and list what is new, changed or gone.",
)
@click.option(
    "--gone",
    type=click.Choice(["keep", "left", "remove"]),
    help="What to do with rows that the source no longer gives (default: keep).",
)
@click.option(
    "--clear",
    multiple=True,
    metavar="COLUMN",
    help="Where this column is empty in the files, empty it in the store too; repeatable.",
)
@options.summary_rows
def command(
    paths: tuple[str, ...],
    db: str,
    reading: dict[str, Any],
    ledger: str | None,
    suggest: bool,
    same: str | None,
    mail: dict[str, Any],
    dry_run: bool,
    batched: bool,
    keep: int,
    rows: options.RowOptions,
    **origin: Any,
) -> None:
    """Read, check and store stakeholders, relationships and interactions.

    PATH is a folder, a .csv, .tsv, .xlsx, .parquet or .json file, whose name or columns say which
    table it is, or a graph: .graphml, .gexf, .gml, .dot, .gv, .net, .paj, .dl, .dat, .##h, .vna,
    .sif, .cyjs, .cx2, .jsonl. If there are problems, all are listed at once and nothing is stored.
    Rows and values that the files leave out stay unchanged in the store.

    An .mbox or .ics file, or what Outlook exports as .csv, gives contacts: who, whom and when,
    never subjects or bodies (docs/mail-and-calendar.md).

    An import is stored whole or not at all. With --batched, other programs on the server see each
    part as it arrives, but relgraph reads the store only once all have; after an interruption, run
    the same command again to continue.

    An import that changes something first keeps a snapshot of what was there (`relgraph history`).

    With --source, the store keeps which rows came from where (`relgraph sources`). With --sync, the
    rows that the source no longer gives are kept, marked as left or ended, or removed, as --gone
    says; --dry-run tells it before. What others gave, too, stays, and a stakeholder whom something
    that stays refers to.

    \b
    Columns: file, rows, created, updated, unchanged.
    With --sync: kind, what (added, changed, removed, gone), id, name, market,
    field, before, after (of what is gone: kept, left, removed, or why it
    stays: shared, edited, needed), change.
    """
    import relgraph.api as api
    from relgraph.api.mail import holds_mail

    given = {name: value for name, value in reading.items() if name != "decimal"}
    others = {**given, "ledger": ledger, "batched": batched}
    if suggest:
        asked = {**others, **mail, **origin, "same": same, "decimal": reading["decimal"] != "."}
        for parameter in (name for name, value in asked.items() if value):
            raise UsageError("suggest.alone", parameter=parameter)
        text, notes = api.suggest_mapping(paths)
        output.write_text(text)
        for note in notes:
            diagnostics.note(note)
        return
    if same is not None:
        if paths or any({**others, **mail, **origin}.values()):
            raise UsageError("same.alone", parameter="same")
        with api.open_store(db, write=True) as store:
            result = api.mark_same(store, same, dry_run=dry_run, keep=keep)
        if dry_run:
            diagnostics.note(Note("import.dry_run"))
        output.write_rows(result, rows)
        return
    if origin["sync"]:
        rows = rows._replace(command="import --sync")
    if holds_mail(paths, {**others, "clear": origin["clear"]}):
        step = {name: value for name, value in origin.items() if name != "clear"}
        _import_mail(paths, db, dict(mail, **step, dry_run=dry_run, keep=keep), rows)
        return
    for parameter, value in mail.items():
        if value not in ((), None):
            raise UsageError("mail.not_mail", parameter=parameter)
    differences = None
    with api.open_store(db, write=True) as store:
        result = api.import_files(
            store,
            paths,
            **reading,
            ledger=ledger,
            dry_run=dry_run,
            batched=batched,
            keep=keep,
            **origin,
            progress=diagnostics.progress(),
        )
        if dry_run and not origin["sync"] and rows.format == "table" and rows.output is None:
            differences = api.preview_import(store, paths, **reading)
    if dry_run:
        diagnostics.note(Note("import.dry_run"))
    output.write_rows(result, rows)
    if differences is not None:
        _show_differences(differences)


def _import_mail(
    paths: tuple[str, ...], db: str, mail: dict[str, Any], rows: options.RowOptions
) -> None:
    """Import mail and calendars; list the addresses that are nobody's, if asked."""
    import relgraph.api as api

    unmatched = mail.pop("unmatched")
    with api.open_store(db, write=True) as store:
        done = api.import_mail(store, paths, **mail, progress=diagnostics.progress())
    if mail["dry_run"]:
        diagnostics.note(Note("import.dry_run"))
    if unmatched is not None:
        from relgraph.cli.files import write_file

        format = choose_format(unmatched, options.ENDINGS, None, "csv")
        write_file(done.unmatched, unmatched, format)
    output.write_rows(done.rows, rows)


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
