"""What a page that is sent away leaves out: names, money, and whatever else could tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from relgraph.api.pseudonyms import told, without_names
from relgraph.api.stakeholders import find_ids
from relgraph.messages import Language, Note
from relgraph.store import Store

OTHER_NAMES = ("other_name", "email")


class Sharing(NamedTuple):
    """What is asked of a page that is sent away; the key is a file that tells who is who."""

    without_money: bool = False
    anonymise: bool = False
    key: str | Path | None = None


def key_beside(path: str | Path) -> Path:
    """Return where the key of a page is kept.

    Examples
    --------
    >>> str(key_beside("map.html"))
    'map.key.csv'
    """
    return Path(path).with_suffix(".key.csv")


@dataclass(frozen=True, eq=False)
class Shared:
    """What a page may show of a store.

    Parameters
    ----------
    source : Store
        The store itself.
    store : Store
        What is shown of it.
    planned : Store
        What plans are made from: the same, with money.
    names, money : bool
        Whether these are shown.
    left_out : tuple of str
        The columns that are not.
    pseudonyms : mapping of str to str, optional
        The id that is shown of each.
    segments : mapping of str to str
        What sub-markets are called instead.
    path : Path or None
        Where the key is kept.
    language : {"en", "zh"}
        Of the pseudonyms.
    """

    source: Store
    store: Store
    planned: Store
    names: bool = True
    money: bool = True
    left_out: tuple[str, ...] = ()
    pseudonyms: Mapping[str, str] | None = None
    segments: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None
    language: Language = "en"

    def find(self, texts: Iterable[str], parameter: str) -> list[str]:
        """Return the ids in what is shown of those whom texts name in the store."""
        found = find_ids(self.source, texts, parameter)
        return found if self.pseudonyms is None else [self.pseudonyms[each] for each in found]

    def find_one(self, text: str | None, parameter: str) -> str | None:
        """Return the same of one text, None for none."""
        return None if text is None else self.find([text], parameter)[0]

    def text(self, text: str) -> str:
        """Return a text of the user with pseudonyms in place of names."""
        if self.pseudonyms is None:
            return text
        callings = _callings(self.source, self.pseudonyms, self.language)
        return without_names(text, (*callings, *self.segments.items()))

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return where the key is."""
        return () if self.path is None else (Note("key.written", path=self.path),)


def _callings(
    store: Store, new: Mapping[str, str], language: Language
) -> Iterable[tuple[str, str]]:
    """Return everything that somebody is called, with the pseudonym."""
    rows = store.read_stakeholders(["name", *OTHER_NAMES]).rows()
    for row in rows:
        pseudonym = told(new[row["id"]], language)
        for name in filter(None, row.values()):
            yield from ((each.strip(), pseudonym) for each in (str(name), *str(name).split(";")))
