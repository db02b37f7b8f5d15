"""The errors that relgraph raises on purpose.

::

    RelgraphError                 exit 1: the command failed
    ├── UsageError                exit 2: the command was called wrongly
    │   ├── UnknownStakeholder        an id or name that is not in the store
    │   └── ForbiddenCypher           a query that is not one reading statement
    ├── StoreError                exit 3: the store can't be used
    │   ├── StoreNotFound             nothing there yet
    │   ├── StoreLocked               another process is writing
    │   ├── NotADatabase              a file, but not relgraph's
    │   ├── UnsupportedVersion        made by a version that this one can't read
    │   └── StoreUnavailable          server down, wrong password, folder not writable
    ├── InvalidInput              exit 4: the data is wrong; carries every problem found
    ├── QueryFailed               exit 1: the store refused or failed a query
    ├── WriteFailed               exit 1: an import was rolled back
    ├── MeasureError              exit 1: a measure has no answer on this network
    └── OutputError               exit 1: a result can't be written in that form

Each message is one line for a user: what was found, what was expected, what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class RelgraphError(Exception):
    """Base of every error that relgraph raises on purpose."""

    exit_code = 1


class UsageError(RelgraphError):
    """The command or function was called in a way that can't work."""

    exit_code = 2


class UnknownStakeholder(UsageError):
    """No stakeholder has this id, nor exactly one this name."""


class ForbiddenCypher(UsageError):
    """A query is not one reading statement of the allowed clauses."""


class StoreError(RelgraphError):
    """The store can't be used."""

    exit_code = 3


class StoreNotFound(StoreError):
    """There is no store at this place yet."""


class StoreLocked(StoreError):
    """Another process holds the store for writing."""


class NotADatabase(StoreError):
    """The file is not a relgraph database."""


class UnsupportedVersion(StoreError):
    """The store was made by a version that this one can't read."""


class StoreUnavailable(StoreError):
    """The store can't be reached or opened."""


class Problem(NamedTuple):
    """One thing wrong with the input: where, what was found, what was expected.

    Parameters
    ----------
    message : str
        One line: what was found, what was expected, what to do.
    file : str
        Name of the file as the user gave it (`book.xlsx#stakeholders` for a sheet).
    line : int or None
        Line in the file, the header being line 1; None when the whole file is meant.

    Examples
    --------
    >>> str(Problem("market 'x' is not one of customer, supplier", "stakeholders.csv", 14))
    "stakeholders.csv:14: market 'x' is not one of customer, supplier"
    """

    message: str
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}" if place else self.message


class InvalidInput(RelgraphError):
    """The input data is wrong; `problems` holds everything that was found in one pass."""

    exit_code = 4

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class QueryFailed(RelgraphError):
    """The store refused or failed a query."""


class WriteFailed(RelgraphError):
    """A write was rolled back; the store is as it was before."""


class MeasureError(RelgraphError):
    """A measure has no answer on this network (no convergence, several answers)."""


class OutputError(RelgraphError):
    """A result can't be written in the form asked for."""
