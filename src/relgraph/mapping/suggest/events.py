"""Events: tables whose rows say something of two stakeholders, such as orders and deals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from relgraph.mapping.suggest.links import Link
from relgraph.mapping.suggest.people import People
from relgraph.mapping.suggest.profiles import TableSeen
from relgraph.mapping.suggest.roles import MOMENTS, MONEY, folded, speaks_of, words


@dataclass(frozen=True)
class Event:
    """What the rows of a table give: a relationship, or a contact for no type.

    Parameters
    ----------
    source, target : Link or None
        The columns that lead to both ends; None is the firm.
    type : str or None
        The type of the relationship.
    amount : tuple of str
        Columns whose product is money; of `through`, if that is given.
    discount : str or None
        One of them that is a share to take off.
    moment : str or None
        The column of the time.
    through : Link or None
        The column of a table of parts, such as order lines, that leads here.
    """

    table: TableSeen
    source: Link | None
    target: Link | None
    type: str | None
    amount: tuple[str, ...] = ()
    discount: str | None = None
    moment: str | None = None
    through: Link | None = None
    counts: bool = False


def find_events(
    tables: Sequence[TableSeen], links: Sequence[Link], people: Sequence[People]
) -> Iterator[Event]:
    """Yield what each table that isn't one of stakeholders says of them.

    Only one of them gives purchases, as a customer has one tie of that kind to the firm: the first
    with money, else the first.
    """
    found = list(_all_events(tables, links, people))
    purchases = [event for event in found if event.type == "BUYS_FROM"]
    kept = next((event for event in purchases if event.amount), next(iter(purchases), None))
    yield from (event for event in found if event.type != "BUYS_FROM" or event is kept)


def _all_events(
    tables: Sequence[TableSeen], links: Sequence[Link], people: Sequence[People]
) -> Iterator[Event]:
    market_of = {each.table.name: each.market for each in people}
    for table in tables:
        if table.name in market_of:
            continue
        ends: dict[str, Link] = {}
        for link in links:
            if link.table is table and link.to.name in market_of:
                ends.setdefault(market_of[link.to.name], link)
        yield from _events(table, ends, links)


def _events(table: TableSeen, ends: dict[str, Link], links: Sequence[Link]) -> Iterator[Event]:
    moment = find_moment(table)
    customer, employee = ends.get("customer"), ends.get("employee")
    if customer is not None:
        amount = find_amount(table)
        parts = [] if amount else [link for link in links if link.to is table and link.sure]
        through = next((link for link in parts if find_product(link.table)[0]), None)
        product, discount = find_product(through.table) if through else (amount, None)
        yield Event(
            table, customer, None, "BUYS_FROM", product, discount, moment, through, counts=True
        )
        if employee is not None:
            yield Event(table, employee, customer, "MANAGES")
        if moment is not None:
            yield Event(table, customer, employee, None, amount, None, moment)
    if "supplier" in ends:
        yield Event(table, ends["supplier"], None, "SUPPLIES")
    if "distributor" in ends:
        yield Event(table, ends["distributor"], None, "DISTRIBUTES")


def find_moment(table: TableSeen) -> str | None:
    """Return the column with the time of what happened: the first of that kind, by name if any."""
    found = [
        header
        for header, profile in table.columns.items()
        if profile.marked in ("date", "time") or (profile.marked is None and profile.moment)
    ]
    full = [header for header in found if table.columns[header].filled == len(table)] or found
    return next((header for header in full if speaks_of(header, MOMENTS)), next(iter(full), None))


def _is_number(table: TableSeen, header: str) -> bool:
    profile = table.columns[header]
    if profile.marked is not None:
        return profile.marked in ("integer", "number")
    return bool(profile.number) and not profile.moment


def find_amount(table: TableSeen) -> tuple[str, ...]:
    """Return the column with the money of a row, if there is one."""
    for wanted in MONEY:
        for header in table.columns:
            if wanted in (folded(header), *words(header)) and _is_number(table, header):
                return (header,)
    return ()


def find_product(table: TableSeen) -> tuple[tuple[str, ...], str | None]:
    """Return the columns whose product is money: price, quantity, and what a discount leaves."""
    by_word = {word: header for header in table.columns for word in words(header)}
    price = next((by_word[word] for word in ("price", "preis", "cost") if word in by_word), None)
    count = next((by_word[w] for w in ("quantity", "qty", "units", "menge") if w in by_word), None)
    if price is None or count is None or not all(_is_number(table, h) for h in (price, count)):
        return (), None
    discount = by_word.get("discount")
    if discount is not None and _is_number(table, discount):
        return (price, count, discount), discount
    return (price, count), None
