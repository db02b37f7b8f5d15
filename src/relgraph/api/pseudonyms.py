"""Pseudonyms: a market and a number in place of who somebody is, and the key that tells who."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import SystemRandom

from relgraph.errors import OutputError, reason_of
from relgraph.messages import Language, Message, Speaker
from relgraph.model import FIRM
from relgraph.readwrite.formats.csv_text import record
from relgraph.replacing import replacing

COLUMNS = ("pseudonym", "market", "id", "name")
SEGMENT = "segment"  # stands for the market of a sub-market, which gets a number too
_LEAST_WORD = 4  # letters of a part of a name that is replaced where it stands alone
_WORD = re.compile(r"\w+")

Known = tuple[str, str]  # market and id


@dataclass(frozen=True)
class Key:
    """Who is behind each pseudonym.

    Parameters
    ----------
    pseudonyms : mapping of (market, id) to str
        Such as `customer 12`; a sub-market has the market `segment`.
    names : mapping of (market, id) to str
        What each is called.
    """

    pseudonyms: dict[Known, str] = field(default_factory=dict)
    names: dict[Known, str] = field(default_factory=dict)

    def extended(self, people: Mapping[Known, str]) -> Key:
        """Return the key with a pseudonym for everyone; who has one keeps it.

        Numbers are drawn, so that neither the order of ids nor that of names can be told from them.
        """
        found, taken = dict(self.pseudonyms), set(self.pseudonyms.values())
        new: dict[str, list[str]] = {}
        for market, node_id in people:
            if (market, node_id) not in found:
                new.setdefault(market, []).append(node_id)
        for market, ids in new.items():
            SystemRandom().shuffle(ids)
            names = (_pseudonym(market, number) for number in range(1, len(ids) + len(taken) + 1))
            free = (name for name in names if name not in taken)
            found.update(((market, each), name) for each, name in zip(ids, free, strict=False))
        return Key(found, {**self.names, **people})


def _pseudonym(market: str, number: int) -> str:
    return market if market == FIRM and number == 1 else f"{market} {number}"


def told(pseudonym: str, language: Language) -> str:
    """Return a pseudonym in the words of a language.

    Examples
    --------
    >>> told("customer 12", "en"), told("customer 12", "zh"), told("firm", "zh")
    ('customer 12', '顾客 12', '本公司')
    """
    market, space, number = pseudonym.partition(" ")
    return f"{Speaker(language, None)(Message(f'market.{market}'))}{space}{number}"


def read_key(path: Path) -> Key:
    """Return the key that a file holds, an empty one where there is none.

    Raises
    ------
    OutputError
        The file is something else: it would be lost.
    """
    if not path.exists():
        return Key()
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except OSError as error:
        raise OutputError("key.unreadable", path=path, reason=reason_of(error)) from error
    except (ValueError, csv.Error) as error:
        raise OutputError("key.other", parameter="key", path=path) from error
    if not rows or tuple(rows[0]) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        raise OutputError("key.other", parameter="key", path=path)
    key = Key()
    for pseudonym, market, node_id, name in rows[1:]:
        key.pseudonyms[market, node_id] = pseudonym
        key.names[market, node_id] = name
    return key


def write_key(key: Key, path: Path) -> None:
    """Write a key that only its owner may read."""
    rows = sorted(key.pseudonyms, key=lambda known: _order(key.pseudonyms[known]))
    with (
        replacing(path, private=True) as beside,
        beside.open("w", encoding="utf-8", newline="") as file,
    ):
        file.write(record(COLUMNS))
        file.writelines(record((key.pseudonyms[k], *k, key.names[k])) for k in rows)


def _order(pseudonym: str) -> tuple[str, int]:
    market, _, number = pseudonym.partition(" ")
    return market, int(number or 0)


def without_names(text: str, names: Iterable[tuple[str, str]]) -> str:
    """Return a text with pseudonyms in place of names, and of parts of names that stand alone.

    Parameters
    ----------
    text : str
    names : iterable of (str, str)
        What somebody is called, and the pseudonym. A part is a word of at least four letters with a
        capital; what several are called becomes "…".

    Examples
    --------
    >>> names = [("Ann Lee", "customer 2"), ("Bo Leeds", "customer 1"), ("Jo Leeds", "customer 3")]
    >>> without_names("Ann Lee and Leeds, in lee", names)
    'customer 2 and …, in lee'
    """
    pairs = list(names)
    folded = text.casefold()
    whole = {name.casefold(): new for name, new in pairs if name and name.casefold() in folded}
    parts: dict[str, set[str]] = {}
    present = set(_WORD.findall(text))
    for name, new in pairs:
        for word in present.intersection(_WORD.findall(name)):
            if len(word) >= _LEAST_WORD and word[0].isupper():
                parts.setdefault(word, set()).add(new)
    words = {word: found.pop() if len(found) == 1 else "…" for word, found in parts.items()}
    either = [*sorted(whole, key=len, reverse=True)]
    pattern = "|".join(_bounded(each) for each in either)
    if pattern:
        text = re.sub(pattern, lambda found: _of(whole, found[0]), text, flags=re.IGNORECASE)
    return _WORD.sub(lambda found: words.get(found[0], found[0]), text)


def _bounded(name: str) -> str:
    """Return a pattern that finds a name, not a part of a longer word; Chinese has no spaces."""
    start = r"(?<!\w)" if name[0].isascii() else ""
    end = r"(?!\w)" if name[-1].isascii() else ""
    return f"{start}{re.escape(name)}{end}"


def _of(whole: Mapping[str, str], found: str) -> str:
    return whole.get(found.casefold(), "…")
