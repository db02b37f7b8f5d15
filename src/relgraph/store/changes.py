"""What a write has to do: the rows of a frame that are new, differ from the stored, or don't."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from relgraph.store.records import TableChange


@dataclass(frozen=True, eq=False)
class Changes:
    """The rows of one frame by what a write does with them.

    Parameters
    ----------
    created : DataFrame
        Rows whose key is not stored.
    updated : DataFrame
        Rows that change what is stored, with the stored value where theirs is missing.
    unchanged : DataFrame
        Rows that the store already holds.
    """

    created: pd.DataFrame
    updated: pd.DataFrame
    unchanged: pd.DataFrame

    def count(self) -> TableChange:
        """Return how many rows there are of each."""
        return TableChange(len(self.created), len(self.updated), len(self.unchanged))

    def count_by_file(self) -> dict[str, TableChange]:
        """Return the same by the `file` level of the index; nothing without that level."""
        parts = (self.created, self.updated, self.unchanged)
        if "file" not in self.created.index.names:
            return {}
        counts = [part.groupby(level="file", sort=False).size() for part in parts]
        files = dict.fromkeys(str(file) for count in counts for file in count.index)
        return {file: TableChange(*(int(count.get(file, 0)) for count in counts)) for file in files}


def find_changes(stored: pd.DataFrame, incoming: pd.DataFrame, keys: Sequence[str]) -> Changes:
    """Compare rows with what is stored under the same keys.

    Parameters
    ----------
    stored, incoming : DataFrame
        Frames with the same columns and dtypes, and no key twice. A key cell may be missing.
    keys : sequence of str
        The columns that identify a row.

    Examples
    --------
    >>> stored = pd.DataFrame({"id": ["a", "b"], "power": [0.1, 0.2]})
    >>> incoming = pd.DataFrame({"id": ["a", "b", "c"], "power": [None, 0.5, 0.9]})
    >>> find_changes(stored, incoming, ["id"]).count()
    TableChange(created=1, updated=1, unchanged=1)
    """
    position = find_stored(stored, incoming, keys)
    known = position >= 0
    if not known.any():
        return Changes(incoming, incoming.iloc[:0], incoming.iloc[:0])
    given = incoming[known]
    before = stored.iloc[position[known]].set_axis(given.index)
    differs = np.zeros(len(given), dtype=bool)
    merged = given.copy()
    for name in given.columns.difference(list(keys)):
        present = given[name].notna().to_numpy()
        same = (given[name] == before[name]).fillna(False).to_numpy(dtype=bool)
        differs |= present & ~same
        merged[name] = given[name].where(present, before[name])
    return Changes(incoming[~known], merged[differs], given[~differs])


def find_stored(
    stored: pd.DataFrame, incoming: pd.DataFrame, keys: Sequence[str]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the position in `stored` of each incoming key, −1 for none."""
    if stored.empty:
        return np.full(len(incoming), -1, dtype=np.int64)
    position = pd.Series(np.arange(len(stored)), dtype="Int64", name="_position")
    places = stored[list(keys)].reset_index(drop=True).assign(_position=position)
    found = incoming[list(keys)].merge(places, how="left", on=list(keys))["_position"]
    return found.fillna(-1).to_numpy(dtype=np.int64)


def split_repeated(incoming: pd.DataFrame, keys: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Yield the rows in rounds that hold no key twice, a key's first row in the first round."""
    while len(incoming):
        later = incoming.duplicated(subset=list(keys)).to_numpy()
        yield incoming[~later]
        incoming = incoming[later]
