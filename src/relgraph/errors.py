"""The errors that relgraph raises on purpose.

::

    RelgraphError                 exit 1: the command failed
    ├── UsageError                exit 2: the command was called wrongly
    │   ├── UnknownStakeholder        an id or name that is not in the store
    │   └── ForbiddenCypher           a query that is not one reading statement
    ├── StoreError                exit 3: the store can't be used
    │   ├── StoreNotFound             nothing there yet
    │   ├── StoreLocked               another process is writing
    │   ├── NotADatabase              a file, but not relgraph's, or damaged
    │   ├── UnsupportedVersion        made by a version that this one can't read
    │   └── StoreUnavailable          server down, wrong password, folder not writable
    ├── InvalidInput              exit 4: the data is wrong; carries every problem found
    ├── QueryFailed               exit 1: the store refused or failed a query
    ├── WriteFailed               exit 1: an import was rolled back
    ├── MeasureError              exit 1: a measure has no answer on this network
    └── OutputError               exit 1: a result can't be written in that form

An error is data, as a note is: the key of a sentence with its values (`relgraph.messages`), one
line for a user that says what was found, what was expected and what to do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from relgraph.messages import Message, Speaker, Value


class RelgraphError(Exception):
    """Base of every error that relgraph raises on purpose.

    Parameters
    ----------
    key : str
        The sentence, by its key in `relgraph.messages`.
    parameter : str, optional
        The name of the wrong argument; the command line turns it into an option.
    **values
        What the sentence is filled with.

    Examples
    --------
    >>> error = UsageError("range.above", parameter="budget", value=-2, low=0)
    >>> str(error), error.parameter
    ('budget: -2 is not above 0', 'budget')
    """

    exit_code = 1

    def __init__(self, key: str, /, *, parameter: str | None = None, **values: Value) -> None:
        super().__init__(key)
        self.message = Message(key, **values)
        self.parameter = parameter

    def told(self, say: Speaker) -> str:
        """Return the error as one line, in the words of a speaker."""
        place = f"{say.name(self.parameter)}: " if self.parameter else ""
        return place + say(self.message)

    def __str__(self) -> str:
        return self.told(Speaker())


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
    """The file is not a relgraph database, or is damaged."""


class UnsupportedVersion(StoreError):
    """The store was made by a version that this one can't read."""


class StoreUnavailable(StoreError):
    """The store can't be reached or opened."""


def place_name(file: str, line: int | None) -> str:
    """Return a place in a file; of an array of TOML tables the line is the number of a table.

    Examples
    --------
    >>> place_name("book.csv", 14), place_name("q3.toml: [[relationships]]", 3)
    ('book.csv:14', 'q3.toml: [[relationships]] #3')
    """
    if line is None:
        return file
    return f"{file} #{line}" if file.endswith("]]") else f"{file}:{line}"


class Problem(NamedTuple):
    """One thing wrong with the input: where, what was found, what was expected.

    Parameters
    ----------
    message : Message
        What was found, what was expected, what to do.
    file : str
        Name of the file as the user gave it (`book.xlsx#stakeholders` for a sheet).
    line : int or None
        Line in the file, the header being line 1; None when the whole file is meant.

    Examples
    --------
    >>> problem = Problem(Message("choice.unknown", value="x", choices=["a", "b"]), "book.csv", 14)
    >>> str(problem)
    "book.csv:14: 'x' is not one of a, b"
    """

    message: Message | str
    file: str = ""
    line: int | None = None

    def told(self, say: Speaker) -> str:
        """Return the problem as one line, in the words of a speaker."""
        place = place_name(self.file, self.line)
        text = say(self.message)
        return f"{place}: {text}" if place else text

    def __str__(self) -> str:
        return self.told(Speaker())


class InvalidInput(RelgraphError):
    """The input data is wrong; `problems` holds everything that was found in one pass."""

    exit_code = 4

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("invalid_input")
        self.problems = tuple(problems)

    def told(self, say: Speaker) -> str:
        """Return the problems, a line each."""
        return "\n".join(problem.told(say) for problem in self.problems)


class QueryFailed(RelgraphError):
    """The store refused or failed a query."""


class WriteFailed(RelgraphError):
    """A write was rolled back; the store is as it was before."""


class MeasureError(RelgraphError):
    """A measure has no answer on this network (no convergence, several answers)."""


class OutputError(RelgraphError):
    """A result can't be written in the form asked for."""


_COMPARED = 2000  # the most words that a misspelt one is compared with
# Cyrillic and Greek letters that look like Latin ones.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХаесіјорхуѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTXaecijopxysABEZHIKMNOPTYXo",
)


def reason_of(error: OSError) -> Message:
    """Return why the system refused something, in its usual words or else the error's own."""
    import errno
    import os

    number = error.errno or 0
    usual = error.strerror == os.strerror(number)
    name = errno.errorcode.get(number) if usual else None
    return Message(f"os.{name}", own=error.strerror or str(error))


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.6) -> Message | None:
    """Return the end of a sentence that suggests a correct spelling, or None.

    Words are compared without case, and only with those of a length that can be close enough.
    One that looks the same is not offered but told apart.

    Parameters
    ----------
    word : str
        The word as given.
    known : iterable of str
        The correct words.
    cutoff : float
        How alike two words must be, from 0 to 1 (the ratio of `difflib`).

    Examples
    --------
    >>> str(did_you_mean("Refferal", ["referral", "rivalry"]))
    " (did you mean 'referral'?)"
    >>> str(did_you_mean("e\u0301cole", ["école"]))
    ' (there is one that looks the same, with U+00E9 in place of U+0065 U+0301)'
    """
    from difflib import get_close_matches

    wanted, look = word.strip().casefold(), _look(word)
    near: dict[str, str] = {}
    for other in known:
        folded = other.strip().casefold()
        if folded == wanted or _look(other) == look:
            return _suggestion(word, other)
        both = len(folded), len(wanted)
        if 2 * min(both) >= cutoff * sum(both) and len(near) < _COMPARED:
            near.setdefault(folded, other)
    close = get_close_matches(wanted, near, 1, cutoff)
    return _suggestion(word, near[close[0]]) if close else None


def _look(text: str) -> str:
    """Return what a reader sees of a text."""
    if text.isascii():
        return " ".join(text.split())
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join("".join(seen).translate(_LOOKALIKES).split())


def _suggestion(word: str, other: str) -> Message:
    if _look(word) != _look(other) or (word.isascii() and other.isascii()):
        return Message("did_you_mean", word=other)
    start = _shared(word, other)
    end = _shared(word[start:][::-1], other[start:][::-1])
    here, there = (_code_points(text[start : len(text) - end]) for text in (word, other))
    return Message("did_you_mean.alike", here=here, there=there)


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in text[:4]) or "nothing"


def check_choice(value: object, choices: Sequence[str], parameter: str) -> None:
    """Refuse a value that is none of the choices.

    Examples
    --------
    >>> check_choice("pagrank", ["degree", "pagerank"], "measure")
    Traceback (most recent call last):
    relgraph.errors.UsageError: measure: 'pagrank' is not one of degree, pagerank (did you mean
    'pagerank'?)
    """
    if value not in choices:
        meant = did_you_mean(str(value), choices)
        raise UsageError(
            "choice.unknown", parameter=parameter, value=value, choices=tuple(choices), meant=meant
        )


def check_range(
    value: float,
    parameter: str,
    low: float | None = None,
    high: float | None = None,
    above: float | None = None,
    *,
    finite: bool = False,
) -> None:
    """Refuse a number outside `low` to `high`, both included, or one that isn't `above` a bound.

    Examples
    --------
    >>> check_range(1.5, "tell_rate", 0, 1)
    Traceback (most recent call last):
    relgraph.errors.UsageError: tell_rate: 1.5 is not from 0 to 1
    """
    if value != value:
        raise UsageError("range.nan", parameter=parameter)
    if finite and value in (float("inf"), float("-inf")):
        raise UsageError("range.infinite", parameter=parameter, value=value)
    if above is not None and not value > above:
        raise UsageError("range.above", parameter=parameter, value=value, low=above)
    if low is not None and high is not None and not low <= value <= high:
        raise UsageError("range.between", parameter=parameter, value=value, low=low, high=high)
    if low is not None and not value >= low:
        raise UsageError("range.below", parameter=parameter, value=value, low=low)
    if high is not None and not value <= high:
        raise UsageError("range.over", parameter=parameter, value=value, high=high)
