"""Duplicates: who may be stored twice, for review; and what a review says, applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from relgraph.addresses import mail_columns, phone_columns, split_addresses, split_phones
from relgraph.analysis.duplicates.rows import COLUMNS, People, duplicate_rows
from relgraph.arguments import checked, listed
from relgraph.comparison.marking import mark
from relgraph.comparison.stored import as_imported
from relgraph.dataset import Dataset
from relgraph.errors import UsageError, check_range, did_you_mean
from relgraph.messages import Note
from relgraph.model import FIRM
from relgraph.progress import SILENT, Progress
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.review import read_review
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.columns import objects
from relgraph.store.fetch import fetch_dataset
from relgraph.store.records import ImportedFile, ImportRecord
from relgraph.store.sameness import Sameness
from relgraph.store.snapshots import KEPT


@checked
def find_duplicates(
    store: Store,
    *,
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    progress: Progress = SILENT,
) -> Result:
    """Return pairs of stakeholders that may be the same, for a person to review.

    Its columns and rows are those of `relgraph.analysis.duplicates.rows.duplicate_rows`. Pairs that
    a review has marked are left out.

    Parameters
    ----------
    emails, phones : iterable of str
        Properties that hold mail addresses and telephone numbers, beside those that are called so.
    progress : Progress
        Told of the names compared.

    Returns
    -------
    Result
        `id, name, market, other, other_name, other_market, score, likely, shared, shared_with,
        same_email, same_phone, reason, same`.

    Raises
    ------
    UsageError
        Nobody has one of these properties.
    """
    names = list(store.read_schema().stakeholders)
    mails = [*mail_columns(names), *_given(emails, "emails", names)]
    tels = [*phone_columns(names), *_given(phones, "phones", names)]
    people = store.read_stakeholders(["name", "market", *dict.fromkeys((*mails, *tels))])
    ids = people["id"].tolist()
    compared = People(
        ids,
        people["name"].tolist(),
        people["market"].tolist(),
        [_split(row, split_addresses) for row in _cells(people, mails)],
        [_split(row, split_phones) for row in _cells(people, tels)],
        _neighbours(store, {*ids} - _firms(people)),
    )
    place = {each: at for at, each in enumerate(ids)}
    decided = [
        (place[one], place[other])
        for one, other in Sameness.read(store.graph()).different
        if one in place and other in place
    ]
    found = duplicate_rows(compared, decided, progress)
    return found.with_notes(Note("duplicates.decided", count=len(decided))) if decided else found


@checked
def list_marked(store: Store) -> Result:
    """Return the pairs that reviews have marked, in the columns of `find_duplicates`.

    Changed and given to `mark_same`, they undo what was marked.
    """
    sameness = Sameness.read(store.graph())
    people = as_imported(store).read_stakeholders(["name", "market"])
    cells = zip(*(people[name].tolist() for name in ("id", "name", "market")), strict=True)
    known = {each: (name, market) for each, name, market in cells}
    pairs = [(pair, "yes") for pair in sameness.same]
    pairs += [(pair, "no") for pair in sameness.different]
    rows = [
        (one, *known.get(one, (None, None)), other, *known.get(other, (None, None)), same)
        for (one, other), same in pairs
    ]
    names = [*COLUMNS[:6], "same"]
    return Result({name: objects([row[at] for row in rows]) for at, name in enumerate(names)})


@checked
def mark_same(
    store: Store, review: str | Path, *, dry_run: bool = False, keep: int = KEPT
) -> Result:
    """Hold as one those whom a review marks as the same, and part those whom it marks as not.

    All or nothing, and reversibly: what is joined is kept as it was imported, later imports go on
    to change that, and `no` parts it again.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    review : str or Path
        A list of `find_duplicates` whose column `same` says yes or no, as .csv, .tsv, .xlsx or
        .json; the first id of a pair stays.
    dry_run : bool
        Check it and store nothing.
    keep : int
        How many snapshots are kept, that of the store before included.

    Returns
    -------
    Result
        `id`, `name`, and the ids of the `others` whom each stands for now.

    Raises
    ------
    InvalidInput
        With every problem that was found; nothing was changed.
    UsageError
        The file can't be used.
    """
    check_range(keep, "keep", 0)
    before = Sameness.read(store.graph())
    people = fetch_dataset(as_imported(store)).stakeholders
    log = ProblemLog()
    rows = read_review(review, dict.fromkeys(people["id"].tolist()), log)
    after = mark(before, rows, people, log)
    log.raise_any()
    notes: tuple[Note, ...] = log.notes
    if not rows:
        notes += (Note("same.none_marked", file=str(review)),)
    elif not dry_run:
        read = ImportedFile(str(review), sha256(Path(review).read_bytes()).hexdigest(), len(rows))
        now = ImportRecord(datetime.now(UTC), (read,))
        notes += store.write(Dataset(), same=after, record=now, keep=keep).notes
    groups = after.among(people["id"].tolist())
    name_of = dict(zip(people["id"].tolist(), people["name"].tolist(), strict=True))
    return Result(
        {
            "id": objects([group[0] for group in groups]),
            "name": objects([name_of[group[0]] for group in groups]),
            "others": objects(["; ".join(group[1:]) for group in groups]),
        },
        notes,
    )


def _given(names: Iterable[str], parameter: str, known: list[str]) -> list[str]:
    given = listed(names, parameter)
    for name in given:
        if name not in known:
            meant = did_you_mean(name, known)
            raise UsageError("same.property", parameter=parameter, property=name, meant=meant)
    return list(given)


def _cells(people: Result, names: Iterable[str]) -> list[list[str]]:
    """Return for each stakeholder the texts of some properties."""
    columns = [people[name].tolist() for name in dict.fromkeys(names)]
    return [
        [str(column[at]) for column in columns if column[at] is not None]
        for at in range(len(people))
    ]


def _split(cells: Iterable[str], split: Callable[[str], list[str]]) -> list[str]:
    return list(dict.fromkeys(part for cell in cells for part in split(cell)))


def _firms(people: Result) -> set[str]:
    pairs = zip(people["id"].tolist(), people["market"].tolist(), strict=True)
    return {each for each, market in pairs if market == FIRM}


def _neighbours(store: Store, told: set[str]) -> Mapping[str, set[str]]:
    """Return to whom each is tied, but for the firm, which most are."""
    ties = store.read_relationships(None, [])
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in zip(ties["source"].tolist(), ties["target"].tolist(), strict=True):
        if one != other:
            if other in told:
                found[one].add(other)
            if one in told:
                found[other].add(one)
    return found
