"""All that a store keeps of one person, for that person: their right to know."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from relgraph.api.stakeholders import find_kept
from relgraph.arguments import checked
from relgraph.comparison.stored import as_imported
from relgraph.dataset import Dataset
from relgraph.errors import NotADatabase, UnsupportedVersion, UsageError
from relgraph.messages import Note
from relgraph.readwrite.formats.json_writer import rows_of
from relgraph.readwrite.formats.written import in_written_order
from relgraph.readwrite.writing import write_dataset
from relgraph.replacing import replacing
from relgraph.store import Store, fetch_dataset
from relgraph.store.provenance import find_files
from relgraph.store.references import REFERENCES
from relgraph.store.sameness import Sameness
from relgraph.store.snapshot_tables import read_snapshot
from relgraph.store.sources import Sources, numbers_of

PERSON_FILE = "person.json"


@checked
def export_person(
    store: Store, stakeholder: str, path: str | os.PathLike[str], *, defuse: bool = False
) -> tuple[Note, ...]:
    """Write all that a store keeps of a stakeholder: now, in snapshots, and beside the rows.

    Parameters
    ----------
    store : Store
    stakeholder : str
        Their id, or the name that only they have or had.
    path : path-like
        A `.json` file; or a folder for it, as `person.json`, and for three CSV files of what is
        stored now.
    defuse : bool
        Put an apostrophe before text in CSV files that a spreadsheet would run as a formula.

    Returns
    -------
    tuple of Note
        In which snapshots they occur, and which can't be read.

    Raises
    ------
    UnknownStakeholder
        The store keeps nothing of them.
    UsageError
        The path has another ending.
    OutputError
        The file can't be written.
    """
    target = os.fspath(path)
    ending = Path(target).suffix.lower()
    is_folder = target.endswith(("/", os.sep)) or Path(target).is_dir() or not ending
    if not is_folder and ending != ".json":
        raise UsageError("person.ending", parameter="path", path=target)
    [found] = find_kept(store, [stakeholder], "stakeholder")
    sameness = Sameness.read(store.graph())
    ids = sameness.with_all([found])
    now = _of(fetch_dataset(store), ids)
    snapshots, notes = _in_snapshots(store, ids)
    content = {
        "ids": ids,
        "stored": _told(now, fetch_dataset(store), ids),
        "before_joining": _told(_of(sameness.parted, ids), sameness.parted, ids),
        "marked": {
            "same": [pair for pair in sameness.same if not {*pair}.isdisjoint(ids)],
            "different": [pair for pair in sameness.different if not {*pair}.isdisjoint(ids)],
        },
        "files": _files(store, ids),
        "sources": _sources(store, ids),
        "settings": _settings(store, ids),
        "snapshots": snapshots,
    }
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    file = Path(target) / PERSON_FILE if is_folder else Path(target)
    if is_folder:
        write_dataset(now, os.path.join(target, ""), defuse=defuse)  # noqa: PTH118 (its slash)
    with replacing(file) as beside:
        beside.write_text(text, encoding="utf-8", newline="")
    return notes


def _of(dataset: Dataset, ids: Collection[str]) -> Dataset:
    """Return the rows of some stakeholders, of their ties and of their contacts."""
    people = dataset.stakeholders[dataset.stakeholders["id"].isin(ids)]
    ties, contacts = (
        frame[frame["source"].isin(ids) | frame["target"].isin(ids)]
        for frame in (dataset.relationships, dataset.interactions)
    )
    return Dataset(people, ties, contacts)


def _told(rows: Dataset, whole: Dataset, ids: Collection[str]) -> dict[str, Any]:
    """Return rows by their table, and who refers to them by which property."""
    tables = in_written_order(rows).tables()
    told: dict[str, Any] = {table: [*rows_of(frame)] for table, frame in tables.items()}
    people = whole.stakeholders
    told["referred_to_by"] = [
        {"id": each, "property": name}
        for name in REFERENCES
        if name in people
        for each in people.loc[people[name].isin(ids), "id"].tolist()
    ]
    return told


def _files(store: Store, ids: Collection[str]) -> Mapping[str, list[str]]:
    """Return the files that their rows came from, by table."""
    imported = _of(fetch_dataset(as_imported(store)), ids)
    graph = store.graph()
    return {
        table: [*find_files(graph, table, frame)] if len(frame) else []
        for table, frame in imported.tables().items()
    }


def _sources(store: Store, ids: Collection[str]) -> Mapping[str, list[str]]:
    """Return the sources that gave their rows, by table."""
    sources = Sources.read(store.graph())
    numbers = numbers_of(_of(fetch_dataset(as_imported(store)), ids))
    return {
        table: [name for name in sources.rows if np.isin(sources.of(name, table), each).any()]
        for table, each in numbers.items()
    }


def _settings(store: Store, ids: Collection[str]) -> dict[str, Any]:
    """Return what the settings hold for them."""
    capacities = store.read_settings().capacities
    held = {each: capacities[each] for each in ids if each in capacities}
    return {"capacities": held} if held else {}


def _in_snapshots(
    store: Store, ids: Collection[str]
) -> tuple[list[dict[str, Any]], tuple[Note, ...]]:
    """Return what each snapshot holds of them, and notes on which those are."""
    kept = store.read_snapshots()
    found, unread = [], sorted(kept.damaged)
    for number, record in kept.records.items():
        try:
            whole = read_snapshot(kept, store.url, number)
        except (NotADatabase, UnsupportedVersion):
            unread.append(number)
            continue
        if whole.stakeholders["id"].isin(ids).any():
            head = {"snapshot": f"{store.url}@{number}", "replaced_at": record.at.isoformat()}
            found.append(head | _told(_of(whole, ids), whole, ids))
    names = [each["snapshot"] for each in found]
    notes = [Note("person.snapshots", snapshots=names)] if names else []
    notes += [Note("person.unread", numbers=unread)] if unread else []
    return found, (*notes, *((Note("snapshot.all_unread"),) if kept.unreadable else ()))
