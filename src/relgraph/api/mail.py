"""Mail and calendars: contacts from who, whom and when alone, into a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from relgraph.api.importing import Paths, store_reading
from relgraph.api.source_steps import SourceSettings
from relgraph.arguments import checked, listed
from relgraph.comparison.step import Gone
from relgraph.comparison.stored import as_imported
from relgraph.errors import UsageError, check_range
from relgraph.mail.matching import Book
from relgraph.mail.reading import Unknown, is_mail, read_mail
from relgraph.messages import Note
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.columns import objects, to_column
from relgraph.store.fetch import fetch_dataset
from relgraph.store.sameness import Sameness
from relgraph.store.snapshots import KEPT


class MailImport(NamedTuple):
    """What an import of mail did.

    Parameters
    ----------
    rows : Result
        As `import_files` gives them.
    unmatched : Result
        Columns `domain`, `address`, `name`, `count`, `first` and `last`: the addresses that are
        nobody's, for review.
    """

    rows: Result
    unmatched: Result


def holds_mail(paths: Iterable[str | Path], others: Mapping[str, Any] | None = None) -> bool:
    """Return whether files are mail or calendars, which are imported by themselves.

    Parameters
    ----------
    paths : iterable of str or Path
    others : mapping of str to Any, optional
        Other parameters, that can't be combined with mail.

    Raises
    ------
    UsageError
        Some are and some aren't, or one of the other parameters is given.
    """
    given = list(paths)
    mail = [is_mail(path) for path in given]
    if not any(mail):
        return False
    if not all(mail):
        raise UsageError("mail.other", path=given[mail.index(False)])
    for parameter, value in (others or {}).items():
        if value:
            raise UsageError("mail.alone", parameter=parameter)
    return True


@checked
def import_mail(
    store: Store,
    paths: Paths,
    *,
    internal: Iterable[str] = (),
    day_first: bool | None = None,
    dry_run: bool = False,
    keep: int = KEPT,
    source: str | None = None,
    sync: bool = False,
    gone: Gone | None = None,
    progress: Progress = SILENT,
) -> MailImport:
    """Store the contacts that mail and calendars tell of; no subject and no body is read.

    A contact has one end inside the firm: an employee, by a property that holds mail addresses, or
    the firm, for an address of its domains that is nobody's. Importing the same again changes
    nothing.

    Parameters
    ----------
    store : Store
        A store that is open for writing and knows the stakeholders.
    paths : path or iterable of paths
        `.mbox` and `.ics` files, and what Outlook exports as `.csv`.
    internal : iterable of str
        The firm's domains, beside those of the firm's and the employees' addresses.
    day_first : bool, optional
        Whether 3/4 in Outlook's exports is the third of April; found from other dates for None.
    dry_run : bool
        Do everything but store.
    keep : int
        How many snapshots are kept.
    source, sync, gone
        As of `import_files`; a step is about contacts alone.
    progress : Progress
        Reports files read and rows stored.

    Raises
    ------
    UsageError
        A file can't be used, nobody has a mail address, or nothing says who is inside.
    InvalidInput
        A file holds no message, or gives no moments.
    """
    check_range(keep, "keep", 0)
    settings = SourceSettings.asked(source, sync, gone, ())
    sameness = Sameness.read(store.graph())
    people = fetch_dataset(as_imported(store)).stakeholders
    book = Book.of(people, listed(internal, "internal"), sameness.stands)
    if not any("@" in each for each in book.holder):
        raise UsageError("mail.no_addresses")
    if not book.domains and not book.has_colleagues():
        raise UsageError("mail.nobody_inside")
    reading, unknown = read_mail(
        listed(paths, "paths", str | Path), book, day_first=day_first, progress=progress
    )
    rows = store_reading(
        store, reading, dry_run=dry_run, keep=keep, settings=settings, progress=progress
    )
    inside = (Note("mail.inside", domains=sorted(book.domains)),) if book.domains else ()
    return MailImport(rows.with_notes(*inside), _unmatched(unknown))


def _unmatched(unknown: tuple[Unknown, ...]) -> Result:
    return Result(
        {
            "domain": objects([each.domain for each in unknown]),
            "address": objects([each.address for each in unknown]),
            "name": objects([each.name or None for each in unknown]),
            "count": to_column([each.count for each in unknown], "integer"),
            "first": to_column([each.first for each in unknown], "time"),
            "last": to_column([each.last for each in unknown], "time"),
        }
    )
