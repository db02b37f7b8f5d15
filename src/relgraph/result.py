"""Result: rows as columns, the form of every answer of a store or command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from relgraph.held import Columns, Held, each, held
from relgraph.messages import Note, Speaker, collect

if TYPE_CHECKING:
    import matplotlib.axes
    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    import pyarrow as pa


# NumPy arrays, whose types are not imported for what only reads names.
Column: TypeAlias = Any

_NAMED = 6  # columns that a short text names
_SHOWN = 20  # rows that a notebook shows
_PLAIN = (str, int, float, bool, date)


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

    def __post_init__(self) -> None:
        if any(isinstance(column, Held) for column in held(self.columns).values()):
            object.__setattr__(self, "columns", Columns(self.columns))

    def __repr__(self) -> str:
        names = [*self.columns]
        listed = ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])
        notes = f"; {len(self.notes)} notes" if self.notes else ""
        return f"<Result: {len(self):,} rows of {listed}{notes}>"

    def _repr_html_(self) -> str:
        """Return the first rows as a table with readable figures, and the notes, for a notebook."""
        from html import escape

        from relgraph.cells import html_table, read_columns, told_rows

        say = Speaker()
        shown: dict[str, list[Any]] = {name: [] for name in self.columns}
        for row in told_rows(self.head(_SHOWN).rows(), say):
            for name, value in row.items():
                shown[name].append(value)
        said = [say("result.more", count=len(self) - _SHOWN)] if len(self) > _SHOWN else []
        said += [say(note) for note in self.notes]
        notes = "".join(f"<li>{escape(text)}</li>" for text in said)
        table = html_table(read_columns(shown), 'style="text-align: right"')
        return f"<table>\n{table}</table>\n" + (f"<ul>{notes}</ul>\n" if notes else "")

    def __len__(self) -> int:
        return next((len(column) for column in held(self.columns).values()), 0)

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
        return Result(each(self.columns, lambda column: column[rows]), self.notes)

    def head(self, count: int | None) -> Result:
        """Return the first `count` rows, or all of them for None."""
        if count is None:
            return self
        return Result(each(self.columns, lambda column: column[:count]), self.notes)

    def replaced(self, **columns: Column) -> Result:
        """Return the same rows with some columns in place of others, or more."""
        return Result({**held(self.columns), **columns}, self.notes)

    def with_notes(self, *notes: Note) -> Result:
        """Return the same rows with further notes."""
        return Result(self.columns, collect((*self.notes, *notes)))

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a pandas DataFrame with a fresh index."""
        import pandas as pd

        return pd.DataFrame(dict(self.columns))

    def to_arrow(self) -> pa.Table:
        """Return the rows as an Arrow table; missing is null, sentences are English text.

        Examples
        --------
        >>> import numpy as np
        >>> Result({"x": np.array([1, np.nan])}).to_arrow().to_pydict()
        {'x': [1.0, None]}
        """
        import pyarrow as pa

        return pa.table({name: _arrow(column) for name, column in self.columns.items()})

    def plot(self, ax: matplotlib.axes.Axes | None = None) -> matplotlib.axes.Axes:
        """Draw what the rows say better as a picture.

        The profit curve, what a plan brings by its budget, a figure with its interval, how reach
        grows by hop; else the first figure of each row as bars.

        Parameters
        ----------
        ax : matplotlib Axes, optional
            Where to draw; new ones by default.

        Raises
        ------
        UsageError
            matplotlib, of the extra `plot`, isn't installed, or no column is a figure.
        """
        from relgraph.plots import draw

        return draw(self.columns, ax)


def _arrow(column: Column) -> Any:
    import pyarrow as pa

    if column.dtype.kind == "M":
        return pa.array(column, pa.timestamp("us", "UTC"))
    if column.dtype.kind != "O":
        return pa.array(column, from_pandas=True)
    return pa.array([_told(value) for value in to_python(column)])


def _told(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_told(each) for each in value]
    return value if value is None or isinstance(value, _PLAIN) else str(value)


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
