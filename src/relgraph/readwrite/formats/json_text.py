"""JSON text that is read a value at a time, so that each knows the line on which it starts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]*")


class JsonRow(dict[str, Any]):
    """A row object, with the keys that it has twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twice = [] if len(self) == len(pairs) else _repeated([key for key, _ in pairs])


def _repeated(keys: list[str]) -> list[str]:
    return sorted({key for key in keys if keys.count(key) > 1})


class JsonText:
    """JSON text with the place that has been read up to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self._counted, self._line = 0, 1
        self._decode = json.JSONDecoder(object_pairs_hook=JsonRow).raw_decode
        self.take("")

    def line(self) -> int:
        """Return the line of the place."""
        self._line += self.text.count("\n", self._counted, self.place)
        self._counted = self.place
        return self._line

    def take(self, character: str) -> bool:
        """Skip a character, if it comes next, and the space after it."""
        found = self.text.startswith(character, self.place)
        if found:
            space = _SPACE.match(self.text, self.place + len(character))
            self.place = space.end() if space else self.place
        return found

    def expect(self, character: str) -> None:
        """Skip a character that must come next."""
        if not self.take(character):
            self.refuse()

    def refuse(self) -> None:
        """Raise what is wrong and where, as decoding the whole text does."""
        json.loads(self.text)

    def value(self) -> Any:
        """Return the value that comes next."""
        value, self.place = self._decode(self.text, self.place)
        self.take("")
        return value

    def items(self, end: str) -> Iterator[None]:
        """Stop before each item of a list or object, up to its end."""
        if self.take(end):
            return
        yield
        while self.take(","):
            yield
        self.expect(end)
