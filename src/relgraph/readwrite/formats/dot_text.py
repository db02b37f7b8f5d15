"""DOT as a row of tokens, each with its line; comments are skipped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from relgraph.readwrite.problems import shortened

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/|(?m:^\#[^\n]*))
    |"(?P<text>(?:[^"\\]|\\.)*)"
    |(?P<word>[A-Za-z_\u0080-\U0010ffff][\w\u0080-\U0010ffff]*|-?(?:\.\d+|\d+(?:\.\d*)?))
    |(?P<sign>->|--|[{}\[\]=;,:+<])""",
    re.VERBOSE | re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


class DotToken(NamedTuple):
    """A part of a text: `id` for words and quoted texts, else the sign itself; "" is the end."""

    kind: str
    text: str
    line: int


class NotDot(Exception):
    """A text isn't DOT: the key of what is wrong, its line, and what its sentence needs."""

    def __init__(self, key: str, line: int, **values: object) -> None:
        super().__init__(key)
        self.key, self.line, self.values = key, line, values


def dot_tokens(text: str) -> Iterator[DotToken]:
    """Yield the tokens of a text, then its end.

    Raises
    ------
    NotDot
        No token of DOT begins so.
    """
    place, line = 0, 1
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise NotDot("dot.expected", line, found=shortened(text[place]), expected="DOT")
        end = found.end()
        if found.group("text") is not None:
            said = found.group("text").replace("\\\n", "").replace('\\"', '"')
            yield DotToken("id", said, line)
        elif found.group("word") is not None:
            yield DotToken("id", found.group("word"), line)
        elif found.group("sign") == "<":
            end = _end_of_html(text, place, line)
            yield DotToken("id", html.unescape(_TAG.sub(" ", text[place + 1 : end - 1])), line)
        elif found.group("sign"):
            yield DotToken(found.group("sign"), found.group("sign"), line)
        line += text.count("\n", place, end)
        place = end
    yield DotToken("", "", line)


def _end_of_html(text: str, place: int, line: int) -> int:
    """Return the end of a text in angle brackets, which may hold others."""
    depth = 0
    for found in re.compile("[<>]").finditer(text, place):
        depth += 1 if found[0] == "<" else -1
        if not depth:
            return found.end()
    raise NotDot("graph.open", line)
