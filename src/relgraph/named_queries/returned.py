"""What a named query returns: the columns that it declares, and the check of a store's rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from relgraph.errors import QueryFailed
from relgraph.result import Result

if TYPE_CHECKING:
    import numpy.typing as npt

    Column = npt.NDArray[Any]


@dataclass(frozen=True)
class ReturnColumn:
    """A column that a named query returns.

    Examples
    --------
    >>> str(ReturnColumn("strength", "DOUBLE"))
    'strength DOUBLE'
    """

    name: str
    type: str

    def __str__(self) -> str:
        return f"{self.name} {self.type}"


def conform(query: str, columns: Sequence[ReturnColumn], result: Result) -> Result:
    """Return a store's rows in the declared types.

    Stores differ in how they return whole numbers (as integers or as floats) and columns without
    any value; this makes them the same. Anything else is an error.

    Raises
    ------
    QueryFailed
        The rows have other columns, or values of other types.
    """
    names, declared = list(result.columns), [column.name for column in columns]
    if names != declared:
        raise QueryFailed("query.columns", query=query, given=names, declared=declared)
    checked = {}
    for column in columns:
        values = RETURN_TYPES[column.type](result[column.name])
        if values is None:
            raise QueryFailed("query.values", query=query, column=column.name, type=column.type)
        checked[column.name] = values
    return Result(checked, result.notes)


def _number(column: Column) -> Column | None:
    """Return the column as float64, when it holds numbers."""
    import numpy as np

    if column.dtype.kind == "O":
        numbers = (int, float, type(None))
        if any(not isinstance(value, numbers) or isinstance(value, bool) for value in column):
            return None
        return np.array([np.nan if value is None else value for value in column], np.float64)
    return column.astype(np.float64) if column.dtype.kind in "iuf" else None


def _integer(column: Column) -> Column | None:
    """Return the column as int64, or as Python integers beside None when some are missing."""
    import numpy as np

    numbers = _number(column)
    if numbers is None:
        return None
    known = ~np.isnan(numbers)
    if not np.array_equal(numbers[known], np.trunc(numbers[known])):
        return None
    if known.all():
        return column.astype(np.int64)
    whole = np.full(len(numbers), None, dtype=object)
    whole[known] = [int(value) for value in column[known]]
    return whole


def _datetime(column: Column) -> Column | None:
    if column.dtype.kind == "O" and all(value is None for value in column):
        return column.astype("datetime64[us]")
    return column if column.dtype.kind == "M" else None


def _objects(*kinds: type) -> Callable[[Column], Column | None]:
    """Return a check that every value is of one of these types exactly, or missing."""

    def check(column: Column) -> Column | None:
        if column.dtype.kind == "b":
            return column if bool in kinds else None
        if column.dtype.kind == "O" and all(
            type(value) in (*kinds, type(None)) for value in column
        ):
            return column
        return column.astype(object) if not len(column) else None

    return check


RETURN_TYPES: dict[str, Callable[[Column], Column | None]] = {
    "STRING": _objects(str),
    "INTEGER": _integer,
    "DOUBLE": _number,
    "BOOLEAN": _objects(bool),
    "DATE": _objects(date),
    "DATETIME": _datetime,
    "LIST": _objects(list),
}
