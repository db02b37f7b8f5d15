"""The problems and notes of one import, collected so that a user hears of all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from relgraph.errors import InvalidInput, Problem
from relgraph.messages import Message, Note

LIMIT = 1000  # told in full; the rest are counted
_SHOWN = 60  # characters of a value in a message


class ProblemLog:
    """Collects notes, and problems to raise together, in the order of the files and their lines."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._untold = 0
        self.notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.problems) + self._untold

    def note(self, note: Note) -> None:
        """Add what the user should know although nothing is wrong."""
        self.notes += (note,)

    def add(self, message: Message, file: str, line: int | None = None) -> None:
        """Add one problem; past ten times what is told, they are only counted."""
        if len(self.problems) < 10 * LIMIT:
            self.problems.append(Problem(message, file, line))
        else:
            self._untold += 1

    def add_each(self, rows: npt.NDArray[np.integer], problem: Callable[[int], Problem]) -> None:
        """Add the problem of each of these rows; past the limit they are only counted."""
        self.problems += [problem(row) for row in rows[:LIMIT].tolist()]
        self._untold += max(0, len(rows) - LIMIT)

    def raise_any(self) -> None:
        """Raise what was collected, if there is anything.

        Raises
        ------
        InvalidInput
            With the first problems of every file in full, and the number of those left out.
        """
        if not self.problems:
            return
        order = {
            file: rank for rank, file in enumerate(dict.fromkeys(p.file for p in self.problems))
        }
        told = sorted(self.problems, key=lambda p: (order[p.file], p.line or 0))[:LIMIT]
        untold = len(self) - len(told)
        if untold:
            told.append(Problem(Message("problems.more", count=untold)))
        raise InvalidInput(told)


def shortened(value: object) -> str:
    """Return a value from a file as a message shows it: cut when it is long.

    Examples
    --------
    >>> shortened("x" * 100)
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def first_lines(lines: Sequence[int]) -> str:
    """Return the first of some lines, as a message names them.

    Examples
    --------
    >>> first_lines([9, 41, 58, 60])
    '9, 41, 58, …'
    """
    return ", ".join([*map(str, lines[:3]), *(["…"] if len(lines) > 3 else [])])
