"""Sides: what `diff` compares, each as a dataset: a store, at a date, or with files imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from relgraph.comparison.merging import merge
from relgraph.comparison.stored import what_is_stored
from relgraph.dataset import Dataset
from relgraph.progress import SILENT, Progress
from relgraph.readwrite.reading import read_files
from relgraph.store import Store, fetch_dataset
from relgraph.store.frame_store import FrameStore

_OF_LEAVING = ("left_on", "left_reason")


def read_side(
    store: Store,
    as_of: datetime | None = None,
    files: Iterable[str | Path] = (),
    progress: Progress = SILENT,
) -> FrameStore:
    """Return what a store holds, held at a moment, or would hold with some files.

    Parameters
    ----------
    store : Store
    as_of : datetime, optional
        The moment, in UTC: contacts up to it, ties that held then, and those who left later.
    files : iterable of paths
        What would be imported into it.
    progress : Progress
        Told of the files read.

    Raises
    ------
    InvalidInput
        With every problem of the files.
    """
    dataset, paths = fetch_dataset(store), tuple(files)
    if paths:
        read = read_files(paths, stored=what_is_stored(store), progress=progress)
        dataset = merge(dataset, read.dataset)
    return FrameStore(store.url, dataset if as_of is None else at_moment(dataset, as_of))


def at_moment(dataset: Dataset, moment: datetime) -> Dataset:
    """Return a dataset as it was by its dates; properties have no history, and stay."""
    day = np.datetime64(moment, "D")
    contacts = dataset.interactions
    if len(contacts):
        contacts = contacts[contacts["at"] <= pd.Timestamp(moment, tz="UTC")]
    ties = dataset.relationships
    held = ~((_days(ties, "since") > day) | (_days(ties, "until") < day))
    return replace(
        dataset,
        stakeholders=_as_they_were(dataset.stakeholders, day),
        relationships=ties[held].reset_index(drop=True),
        interactions=contacts.reset_index(drop=True),
    )


def _as_they_were(people: pd.DataFrame, day: np.datetime64) -> pd.DataFrame:
    """Return stakeholders of whom those who left after a day are there, with no sign of leaving."""
    left_on = _days(people, "left_on")
    if np.isnat(left_on).all():
        return people
    later = left_on > day
    status = people["status"] if "status" in people else pd.Series(None, people.index, "str")
    gone = status.isna() & (left_on <= day)
    status = status.mask(later & (status == "left").fillna(False), "active").mask(gone, "left")
    cleared = {name: people[name].mask(later) for name in _OF_LEAVING if name in people}
    return people.assign(status=status, **cleared)


def _days(rows: pd.DataFrame, name: str) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    if name not in rows:
        return np.full(len(rows), np.datetime64("NaT", "D"))
    return rows[name].to_numpy("datetime64[D]")
