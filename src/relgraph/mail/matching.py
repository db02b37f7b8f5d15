"""Who the addresses of an entry are: stakeholders, colleagues, or nobody who is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from relgraph.addresses import mail_columns, split_addresses
from relgraph.mail.entries import Entry, Party, reason
from relgraph.messages import Message, Note
from relgraph.model import FIRM, INSIDE

# Domains whose addresses say nothing of where somebody works.
_OF_ANYBODY = frozenset(
    (
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com"),
        *("yahoo.com", "yahoo.co.uk", "ymail.com", "aol.com", "icloud.com", "me.com", "mac.com"),
        *("gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "freenet.de", "mail.ru"),
        *("yandex.ru", "yandex.com", "proton.me", "protonmail.com", "orange.fr", "free.fr"),
        *("qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn"),
        *("sohu.com", "139.com", "189.cn", "aliyun.com", "naver.com", "daum.net"),
    )
)

Pair = tuple[str, str]


@dataclass
class Unmatched:
    """What is known of an address that is nobody's: its name, and the messages that have it."""

    name: str
    count: int = 0
    first: datetime | None = None
    last: datetime | None = None


@dataclass
class Book:
    """The addresses of stakeholders and the domains of the firm.

    Parameters
    ----------
    holder : mapping of str to str
        The stakeholder of an address, or of a whole name.
    market : mapping of str to str
        The market of a stakeholder.
    domains : frozenset of str
        Where colleagues have their addresses.
    firm : str or None
        The firm's id: it stands for colleagues who are nobody's.
    unmatched : dict of str to Unmatched
        Addresses that were met and are nobody's.
    notes : tuple of Note
        How it was made.
    """

    holder: Mapping[str, str]
    market: Mapping[str, str]
    domains: frozenset[str]
    firm: str | None
    unmatched: dict[str, Unmatched] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @classmethod
    def of(cls, people: pd.DataFrame, internal: Iterable[str], stands: Mapping[str, str]) -> Book:
        """Return the book of stakeholders, with all their properties.

        Parameters
        ----------
        people : DataFrame
        internal : iterable of str
            The firm's domains; those of the firm's and the employees' addresses come to them.
        stands : mapping of str to str
            The id that another one stands for.
        """
        ids = [stands.get(each, each) for each in people["id"].tolist()]
        market = dict(zip(ids, people["market"].tolist(), strict=True))
        holders: dict[str, set[str]] = defaultdict(set)
        for name in mail_columns(map(str, people.columns)):
            cells = people[name].where(people[name].notna(), "").astype(str).tolist()
            for each, cell in zip(ids, cells, strict=True):
                for address in split_addresses(cell):
                    holders[address].add(each)
        told = {_domain(each) for each in holders if _is_inside(holders[each], market)}
        given = {each.strip().casefold().lstrip("@") for each in internal}
        names: dict[str, set[str]] = defaultdict(set)
        for each, text in zip(ids, people["name"].tolist(), strict=True):
            if isinstance(text, str):
                names[text.casefold()].add(each)
        found = {**names, **holders}
        shared = sum(len(each) > 1 for each in holders.values())
        firms = [each for each in ids if market[each] == FIRM]
        return cls(
            {key: next(iter(held)) for key, held in found.items() if len(held) == 1},
            market,
            frozenset(given | (told - _OF_ANYBODY)),
            firms[0] if firms else None,
            notes=(Note("mail.shared", count=shared),) if shared else (),
        )

    def has_colleagues(self) -> bool:
        """Return whether somebody inside the firm has a mail address."""
        return any("@" in key and self.market[each] in INSIDE for key, each in self.holder.items())

    def contacts(self, entry: Entry) -> list[Pair] | Message:
        """Return who wrote to or met whom, each pair once, or why nobody did.

        A contact has one end inside the firm. Of a meeting, every colleague met every other.
        """
        parties = (*((entry.first,) if entry.first else ()), *entry.others)
        ends = {party: self._find(party, entry) for party in parties}
        known = [end for end in ends.values() if end]
        inside = [end for end in known if self.market[end] in INSIDE]
        first = ends.get(entry.first) if entry.first else None
        if entry.channel == "meeting":
            tried = [(a, b) for a in dict.fromkeys(inside) for b in dict.fromkeys(known)]
            tried = [(b, a) if b == first else (a, b) for a, b in tried]
        else:
            tried = [(first, end) for end in known[1:]] if first else []
        pairs = [pair for pair in dict.fromkeys(tried) if self._crosses(pair)]
        return pairs or reason(self._why(parties, inside, known))

    def _crosses(self, pair: Pair) -> bool:
        one, other = (self.market[end] in INSIDE for end in pair)
        return one != other

    def _why(self, parties: tuple[Party, ...], inside: list[str], known: list[str]) -> str:
        """Return why parties have no contact."""
        if all(self._is_colleague(party) for party in parties):
            return "internal"
        if len(known) == len(inside):
            return "nobody_known"
        return "no_colleague"

    def _is_colleague(self, party: Party) -> bool:
        held = self.holder.get(party.address)
        return self.market[held] in INSIDE if held else self.is_internal(party.address)

    def is_internal(self, address: str) -> bool:
        """Return whether an address is of the firm's domains, or below one."""
        domain = _domain(address)
        return any(domain == each or domain.endswith(f".{each}") for each in self.domains)

    def _find(self, party: Party, entry: Entry) -> str | None:
        """Return whose address it is; one that is nobody's is counted."""
        found = self.holder.get(party.address)
        if found is None and self.is_internal(party.address):
            return self.firm
        if found is None:
            self._count(party, entry.times)
        return found

    def _count(self, party: Party, times: tuple[datetime, ...]) -> None:
        seen = self.unmatched.setdefault(party.address, Unmatched(party.name))
        seen.count += 1
        seen.name = seen.name or party.name
        seen.first = min(filter(None, (seen.first, *times)))
        seen.last = max(filter(None, (seen.last, *times)))


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _is_inside(ids: Iterable[str], market: Mapping[str, str]) -> bool:
    return all(market[each] in INSIDE for each in ids)
