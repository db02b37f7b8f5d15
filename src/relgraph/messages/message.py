"""Message: something to say, as a key and its values; and how a language says it.

A sentence of the tables is text with places to fill:

* `{name}` is a value, `{name!r}` the value in quotes, `{name:.0%}` the value in Python's format,
  never -0; whole numbers are grouped, sequences are listed;
* `{name?tie|ties}` is the word for one, or for any other number;
* `{@name}` is the parameter of that name as the reader knows it: the option `--as-of` at the
  command line, the argument `as_of` in Python.

A sentence may have a hint, what the reader can do about it: `{"say": …, "hint": …}`. It is told
to readers who have the parameters that it names; the readers of a page have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from numbers import Integral, Real
from typing import Any, Literal, NamedTuple, Self, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Sentence = str | dict[str, str]
# How a reader knows a parameter; None where they have no such thing.
Naming = Callable[[str], str | None]

_PLACE = re.compile(
    r"\{(?P<at>@?)(?P<name>\w+)(?P<quote>!r)?(?:\?(?P<words>[^{}]*)|:(?P<spec>[^{}]*))?\}"
)
_COMMA = {"en": ", ", "zh": "、"}

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
    >>> note = Note("strength.dropped", missing=248, ties=406)
    >>> note.values["missing"], note == Note("strength.dropped", ties=406, missing=248)
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


@cache
def read_sentences(language: Language, file: str = "*") -> Mapping[str, Sentence]:
    """Return the sentences of a language by their keys, of one file or of all."""
    import json  # late, as all that only speaking needs: every command imports this module
    from pathlib import Path

    sentences: dict[str, Sentence] = {}
    for path in sorted((Path(__file__).parent / language).glob(f"{file}.json")):
        sentences |= json.loads(path.read_text(encoding="utf-8"))
    return sentences


class Speaker(NamedTuple):
    """Says messages in a language.

    Parameters
    ----------
    language : {"en", "zh"}
        The reader's language.
    naming : callable, optional
        Gives the name by which the reader knows a parameter, or None where there is none; by
        default that of the argument in Python.

    Examples
    --------
    >>> Speaker()(Message("strength.dropped", missing=1, ties=1406))
    '1 of 1,406 ties has no strength and is left out'
    >>> Speaker("zh")("market.customer")
    '顾客'
    >>> Speaker("zh")("column.shoe_size", "shoe_size")
    'shoe_size'
    """

    language: Language = "en"
    naming: Naming | None = str

    def __call__(self, said: Message | str, own: str | None = None, /, **values: Value) -> str:
        """Say a message, or the sentence of a key filled with values.

        A key that the tables lack is said by `own`, the data's own word, or as it is.
        """
        if isinstance(said, str):
            said = Message(said, **values)
        sentence = read_sentences(self.language).get(said.key)
        if sentence is None:
            return said.values.get("own") or own or said.key
        if isinstance(sentence, dict):
            hint = sentence["hint"]
            named = [place["name"] for place in _PLACE.finditer(hint) if place["at"]]
            # Nothing for a reader who has not all the parameters that the hint names.
            known = self.naming is not None and None not in map(self.naming, named)
            sentence = sentence["say"] + (hint if known else "")
        text = _PLACE.sub(partial(self._fill, said.values), sentence)
        return text if said.times == 1 else self("times", text=text, times=said.times)

    def name(self, parameter: str) -> str:
        """Return the name by which the reader knows a parameter."""
        return (self.naming and self.naming(parameter)) or parameter

    def _fill(self, values: Mapping[str, Value], place: re.Match[str]) -> str:
        """Return what stands in a place of a sentence."""
        if place["at"]:
            return self.name(place["name"])
        value = values.get(place["name"])
        if place["words"] is not None:
            one, _, other = place["words"].partition("|")
            return one if value == 1 else other
        if place["spec"] is not None and value is not None:
            sign, spec = (
                ("+", place["spec"][1:]) if place["spec"][0] == "+" else ("", place["spec"])
            )
            return format(value, f"{sign}z{spec}" if isinstance(value, float) else place["spec"])
        return repr(str(value)) if place["quote"] else self._value(value)

    def _value(self, value: Value) -> str:
        from datetime import datetime

        if value is None:
            return ""
        if isinstance(value, Message):
            return self(value)
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, Integral):
            return f"{int(value):,}"
        if isinstance(value, Real):
            return f"{float(value):z.4g}"
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%dT%H:%M:%S}Z"
        if isinstance(value, Sequence) and not isinstance(value, str):
            return _COMMA[self.language].join(map(self._value, value))
        return str(value)


def in_languages(message: Message) -> dict[Language, str]:
    """Return a message in every language, as the readers of a page are told it.

    Examples
    --------
    >>> in_languages(Message("market.customer"))
    {'en': 'customer', 'zh': '顾客'}
    """
    return {language: Speaker(language, None)(message) for language in LANGUAGES}
