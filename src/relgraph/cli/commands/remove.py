"""`relgraph remove`: delete stakeholders, ties, contacts, or what only one source gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import completion, options, output
from relgraph.cli.command import Command
from relgraph.errors import UsageError

if TYPE_CHECKING:
    from relgraph.store import Store


@click.command("remove", cls=Command)
@click.argument("stakeholders", nargs=-1, metavar="[ID]...", shell_complete=completion.ids)
@options.db
@click.option(
    "--source",
    metavar="NAME",
    help="Remove what came from this source alone, and forget the source.",
)
@click.option(
    "--tie", "ties", nargs=3, multiple=True, metavar="A TYPE B", help="Remove a tie; repeatable."
)
@click.option("--contact", nargs=2, metavar="A B", help="Remove the contacts of A with B at --at.")
@click.option("--at", metavar="TIME", help="When the contact was.")
@click.option("--channel", metavar="TEXT", help="Only a contact that was made so.")
@click.option("--dry-run", is_flag=True, help="Remove nothing; show how much would go.")
@options.summary_rows
def command(
    stakeholders: tuple[str, ...],
    db: str,
    source: str | None,
    ties: tuple[tuple[str, str, str], ...],
    contact: tuple[str, str] | None,
    at: str | None,
    channel: str | None,
    dry_run: bool,
    rows: options.RowOptions,
) -> None:
    """Delete stakeholders with all their ties and contacts, for good.

    Give ids or exact names; if one is unknown, nothing is removed. Stakeholders whom they owned
    are left without an owner. The store keeps no copy, not in its snapshots either (somebody who is
    only there can be removed, too), but the files you imported, and copies and backups of the store
    still hold them, so delete them there if a person asks to be forgotten.

    Ties, contacts and what a source gave are removed with --tie, --contact and --source instead;
    of these, a snapshot is kept (`relgraph history`). What others gave beside a source stays, and
    what was changed by hand.

    Columns: table, removed.
    """
    import relgraph.api as api

    given = (bool(stakeholders), source is not None, bool(ties), contact is not None)
    if sum(given) != 1:
        raise UsageError("remove.one_kind", parameter="stakeholders")
    if contact is None and (at, channel) != (None, None):
        raise UsageError("remove.at_alone", parameter="at" if at is not None else "channel")
    if contact is not None and at is None:
        raise UsageError("remove.at", parameter="contact")

    def remove(store: Store) -> Any:
        if source is not None:
            return api.remove_source(store, source, dry_run=dry_run)
        if ties:
            return api.remove_ties(store, ties, dry_run=dry_run)
        if contact is not None and at is not None:
            return api.remove_contacts(store, *contact, at, channel=channel, dry_run=dry_run)
        return api.remove_stakeholders(store, stakeholders, dry_run=dry_run)

    api.open_store(db).close()  # opened for writing, a missing one would read as empty
    with api.open_store(db, write=True) as store:
        result = remove(store)
    output.write_rows(result, rows)
