"""Links: which column names the rows of a table, and which column leads to which table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from relgraph.mapping.suggest.profiles import Profile, TableSeen
from relgraph.mapping.suggest.roles import (
    ABOVE,
    OWNER,
    folded,
    market_of,
    singular,
    words,
)
from relgraph.messages import Message

_CONTAINED = 0.9  # share of values that must be found in the key that a column leads to
_NAMED, _BY_NAME = 0.5, 3  # the same, where the names say it as well
_SHARED = 4  # letters that two names begin with, to be taken for the same
_SURE = 5  # different texts that can hardly be in a key by chance


class Link(NamedTuple):
    """A column that leads to the key of a table, and why it is taken for one."""

    table: TableSeen
    column: str
    to: TableSeen
    why: Message
    sure: bool
    complete: bool = True


def find_key(table: TableSeen) -> str | None:
    """Return the column that names the rows: declared, else unique and called so, else unique."""
    if table.key is not None:
        return table.key
    unique = [profile.header for profile in table.columns.values() if profile.is_key]
    own = folded(table.name)
    for wanted in ("id", f"{singular(own)}id", f"{own}id", "code", f"{singular(own)}code"):
        for header in unique:
            if folded(header) == wanted:
                return header
    first = next(iter(table.columns), None)
    if first in unique:
        return first
    called = [header for header in unique if words(header)[-1:] in (["id"], ["no"], ["code"])]
    return next(iter(called), None)


def find_links(tables: Sequence[TableSeen]) -> list[Link]:
    """Return what leads where: each column to one table at most."""
    links = []
    for table in tables:
        for profile in table.columns.values():
            if profile.header != table.key and profile.filled:
                link = _declared(table, profile, tables) or _found(table, profile, tables)
                links += [link] if link else []
    return links


def _declared(table: TableSeen, profile: Profile, tables: Sequence[TableSeen]) -> Link | None:
    target = table.declared.get(profile.header)
    to = next((each for each in tables if target and each.name == target[0]), None)
    if to is None or target is None:
        return None
    why = Message("suggest.declared", table=to.name, column=target[1])
    return Link(table, profile.header, to, why, sure=True)


def _found(table: TableSeen, profile: Profile, tables: Sequence[TableSeen]) -> Link | None:
    found = []
    for to in tables:
        if to.key is None or not len(to):
            continue
        share = len(profile.values & to.columns[to.key].values) / len(profile.values)
        likeness = _likeness(table, profile, to)
        if share >= (_NAMED if likeness >= _BY_NAME else _CONTAINED) and likeness:
            found.append((likeness, share, to))
    if not found:
        return None
    likeness, share, to = max(found, key=lambda each: each[:2])
    why = Message("suggest.contained", share=share, table=to.name, column=to.key)
    return Link(table, profile.header, to, why, sure=likeness > 1, complete=share == 1)


def _likeness(table: TableSeen, profile: Profile, to: TableSeen) -> int:
    """Return how much a column's name, or else its values, speak for a table; 0 is not at all."""
    column, key, name = folded(profile.header), folded(to.key or ""), singular(folded(to.name))
    if to is table:
        return 3 if column in ABOVE else 0
    if column in (name, f"{name}id", f"{name}no", f"{name}code") or (key == column != "id"):
        return 4
    if column.endswith((f"{name}id", name)):
        return 3
    if market_of(to.name) == "employee" and any(word in OWNER for word in words(profile.header)):
        return 2
    if column[:_SHARED] == name[:_SHARED] and len(name) >= _SHARED:
        return 1
    texts = not any(value.isdigit() for value in profile.values)
    return 1 if texts and len(profile.values) >= _SURE and not profile.moment else 0
