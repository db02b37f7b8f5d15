"""The problems and notes of one import, collected so that a user hears of all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt

from relgraph.errors import InvalidInput, Problem
from relgraph.messages import Message, Note

LIMIT = 1000  # told in full; the rest are counted
_SHOWN = 60  # characters of a value in a message
_COMPARED = 2000  # words that a misspelt one is compared with


class ProblemLog:
    """Collects notes, and problems to raise together, in the order of the files and their lines."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._untold = 0
        self.notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.problems) + self._untold

    def note(self, sentence: str) -> None:
        """Add a sentence that the user should read although nothing is wrong."""
        self.notes += (Note(sentence),)

    def add(self, message: Message | str, file: str, line: int | None = None) -> None:
        """Add one problem; past ten times what is told, they are only counted."""
        if len(self.problems) < 10 * LIMIT:
            self.problems.append(Problem(message, file, line))
        else:
            self._untold += 1

    def add_each(
        self, positions: npt.NDArray[np.integer], problem: Callable[[int], Problem]
    ) -> None:
        """Add the problem of each of these rows; past the limit they are only counted."""
        self.problems += [problem(position) for position in positions[:LIMIT].tolist()]
        self._untold += max(0, len(positions) - LIMIT)

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
            told.append(Problem(f"{untold:,} more problems are not listed; mend these first"))
        raise InvalidInput(told)


def quoted(value: object) -> str:
    r"""Return a value from a file as a message shows it: quoted, escaped, cut when long.

    Examples
    --------
    >>> print(quoted("a\tb"), quoted("x" * 100))
    'a\tb' 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    text = str(value)
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return " (did you mean 'x'?)" for the known word that is closest, or nothing.

    Examples
    --------
    >>> suggestion("refferal", ["customer", "referral"])
    " (did you mean 'referral'?)"
    >>> suggestion("x", ["customer"])
    ''
    """
    wanted = word.strip().casefold()
    near: dict[str, str] = {}
    for other in known:
        folded = other.strip().casefold()
        if folded == wanted:
            return f" (did you mean {quoted(other)}?)"
        if abs(len(folded) - len(wanted)) <= 2 and len(near) < _COMPARED:
            near.setdefault(folded, other)
    close = get_close_matches(wanted, near, 1, 0.7)
    return f" (did you mean {quoted(near[close[0]])}?)" if close else ""
