"""Message: something to say, as a key and the values of its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

Value = Any  # str, number, date, path, None (nothing), Message, or a sequence of these


class Message:
    """Something to say to a reader, in no language yet.

    Parameters
    ----------
    key : str
        Names the sentence in the tables of `relgraph.messages`.
    **values
        What the sentence is filled with: text, numbers, dates, paths, other messages, or
        sequences of these; None says nothing.

    Examples
    --------
    >>> note = Note("strength.missing", missing=248, ties=406)
    >>> note.values["missing"], note == Note("strength.missing", ties=406, missing=248)
    (248, True)
    """

    __slots__ = ("key", "times", "values")

    def __init__(self, key: str, /, **values: Value) -> None:
        self.key = key
        self.values: Mapping[str, Value] = values
        self.times = 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and self.key == other.key and self.values == other.values

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        filled = "".join(f", {name}={value!r}" for name, value in self.values.items())
        return f"{type(self).__name__}({self.key!r}{filled})"

    def __str__(self) -> str:
        from relgraph.messages.speaking import Speaker

        return Speaker()(self)

    def repeated(self, times: int) -> Self:
        """Return the same message, told as often as this."""
        copy = type(self)(self.key, **self.values)
        copy.times = times
        return copy


class Note(Message):
    """What changes how a figure reads: something assumed, left out or guessed."""

    __slots__ = ()


def collect(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return each note once, in order, with how often it is meant.

    Examples
    --------
    >>> [(note.key, note.times) for note in collect([Note("a"), Note("b"), Note("a")])]
    [('a', 2), ('b', 1)]
    """
    counts: dict[Note, int] = {}
    for note in notes:
        counts[note] = counts.get(note, 0) + note.times
    return tuple(
        note if note.times == times else note.repeated(times) for note, times in counts.items()
    )


def to_plain(message: Message) -> list[Any]:
    """Return a message as plain values for JSON; `from_plain` makes it a note again."""
    return [message.key, {name: _plain(value) for name, value in message.values.items()}]


def from_plain(plain: list[Any]) -> Note:
    """Return the note that `to_plain` took apart."""
    key, values = plain
    return Note(key, **{name: _restored(value) for name, value in values.items()})


def _plain(value: Value) -> Any:
    if isinstance(value, Message):
        return {"message": to_plain(value)}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | None) else str(value)


def _restored(value: Any) -> Value:
    if isinstance(value, dict):
        return from_plain(value["message"])
    return tuple(map(_restored, value)) if isinstance(value, list) else value
