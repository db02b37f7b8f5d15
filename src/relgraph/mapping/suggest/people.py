"""Tables of stakeholders: which they are, of what market, and how their rows are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from relgraph.mapping.suggest.links import Link
from relgraph.mapping.suggest.profiles import TableSeen
from relgraph.mapping.suggest.roles import NAMES, folded, market_of, singular, words
from relgraph.messages import Message

_GENERAL = frozenset(
    {"export", "exports", "list", "table", "data", "report", "all", "new", "crm", "tbl", "dim"}
)
_PERSON = (
    ("firstname", "lastname"),
    ("givenname", "familyname"),
    ("first", "last"),
    ("vorname", "nachname"),
)


@dataclass(frozen=True)
class People:
    """A table whose rows are stakeholders.

    Parameters
    ----------
    market : str
        Their market.
    why : Message
        Why they are taken for that.
    prefix : str
        The macro that makes its ids differ from those of others; empty if they do already.
    names : tuple of str
        The columns that make the name.
    owner, above : Link or None
        The column with who looks after them, and with whom they report to.
    """

    table: TableSeen
    key: str
    market: str
    why: Message
    prefix: str = ""
    names: tuple[str, ...] = ()
    is_person: bool = False
    owner: Link | None = None
    above: Link | None = None


def find_people(tables: Sequence[TableSeen], links: Sequence[Link]) -> list[People]:
    """Return the tables of stakeholders, employees first, as the others name them."""
    found = [(table, market) for table in tables if table.key and (market := _market(table.name))]
    staff = {table.name for table, market in found if market == "employee"}
    people = []
    for table, market in sorted(found, key=lambda each: each[1] != "employee"):
        key = table.key or ""
        names = _names(table)
        own = [link for link in links if link.table is table]
        owner = next((link for link in own if link.to.name in staff and link.to is not table), None)
        people.append(
            People(
                table,
                key,
                market,
                Message("suggest.market", name=table.name),
                _prefix(table, [other for other, _ in found if other is not table]),
                names,
                is_person=len(names) > 1 or market == "employee",
                owner=owner if market != "employee" else None,
                above=next((link for link in own if link.to is table), None),
            )
        )
    return people


def _market(name: str) -> str | None:
    """Return the market that the last word of a table's name says, general words left out."""
    said = [word for word in words(name) if word not in _GENERAL and not word.isdigit()]
    return market_of(said[-1]) if said else None


def _prefix(table: TableSeen, others: Sequence[TableSeen]) -> str:
    """Return a short name for ids that other tables have, too."""
    ids = table.columns[table.key or ""].values
    if not any(ids & other.columns[other.key or ""].values for other in others):
        return ""
    prefix = "".join(c for c in singular(folded(table.name)) if c.isascii() and c.isalpha())[:3]
    return prefix or "x"


def _names(table: TableSeen) -> tuple[str, ...]:
    """Return the columns that make a name."""
    by_name = {folded(header): header for header in table.columns}
    for wanted in NAMES[:-2]:
        if wanted in by_name:
            return (by_name[wanted],)
    for pair in _PERSON:
        if all(part in by_name for part in pair):
            return tuple(by_name[part] for part in pair)
    named = [header for folds, header in by_name.items() if folds.endswith("name")]
    named += [by_name[wanted] for wanted in NAMES[-2:] if wanted in by_name]
    complete = [header for header in named if table.columns[header].filled == len(table)]
    return tuple(complete[:1])
