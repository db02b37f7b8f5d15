"""Result: rows as columns, the form of every answer of a store or command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from relgraph.messages import Note, collect

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Column = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Result:
    """Rows as named columns of equal length, with the notes that change how they read.

    Parameters
    ----------
    columns : mapping of str to ndarray of shape (n,)
        Text, dates and lists are object arrays with None for missing; numbers that may be
        missing are float64 with NaN; points in time are datetime64[us] in UTC.
    notes : tuple of Note
        What was assumed, left out or guessed; each once.

    Examples
    --------
    >>> import numpy as np
    >>> result = Result({"id": np.array(["a", "b"], object), "degree": np.array([2, 1])})
    >>> len(result), list(result.rows())
    (2, [{'id': 'a', 'degree': 2}, {'id': 'b', 'degree': 1}])
    """

    columns: Mapping[str, Column]
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return next((len(column) for column in self.columns.values()), 0)

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a dict of plain Python values (NaN and NaT become None)."""
        plain = [to_python(column) for column in self.columns.values()]
        names = tuple(self.columns)
        for values in zip(*plain, strict=True):
            yield dict(zip(names, values, strict=True))

    def take(self, rows: npt.NDArray[np.integer[Any]] | npt.NDArray[np.bool_]) -> Result:
        """Return the rows at these positions (or where this mask is true), in that order."""
        return Result({name: column[rows] for name, column in self.columns.items()}, self.notes)

    def head(self, count: int | None) -> Result:
        """Return the first `count` rows, or all of them for None."""
        if count is None:
            return self
        return Result({name: column[:count] for name, column in self.columns.items()}, self.notes)

    def replaced(self, **columns: Column) -> Result:
        """Return the same rows with some columns in place of others, or more."""
        return Result({**self.columns, **columns}, self.notes)

    def with_notes(self, *notes: Note) -> Result:
        """Return the same rows with further notes."""
        return Result(self.columns, collect((*self.notes, *notes)))

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a pandas DataFrame with a fresh index."""
        import pandas as pd

        return pd.DataFrame(dict(self.columns))


def to_python(column: Column) -> list[Any]:
    """Return a column as plain Python values, with None for NaN and NaT.

    Examples
    --------
    >>> import numpy as np
    >>> to_python(np.array([1.5, np.nan]))
    [1.5, None]
    >>> to_python(np.array(["2024-01-02T03:04", "NaT"], "datetime64[us]"))
    [datetime.datetime(2024, 1, 2, 3, 4), None]
    """
    values: list[Any] = column.tolist()
    if column.dtype.kind in "fO":
        return [None if value != value else value for value in values]
    return values
