"""Money in one currency: nothing else converts what a store holds in several."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from relgraph.currencies import CODES, Currencies, currency_code
from relgraph.errors import UsageError, did_you_mean
from relgraph.messages import Message, Note
from relgraph.model import INSIDE, MONEY
from relgraph.network.columns import Floats, Mask, Nodes, Ties

CURRENCY = "currency"  # what is read of stakeholders to know it
TIE_MONEY = "margin"


def in_one_currency(
    nodes: Nodes, ties: Ties, currencies: Currencies
) -> tuple[Nodes, Ties, str | None, tuple[Note, ...]]:
    """Return stakeholders and ties with all money in one currency, which it is, and notes on it.

    Who names no currency has the store's. The margin of a tie is in the currency of its end outside
    the firm, that of the source where both ends are.

    Parameters
    ----------
    nodes : Nodes
        With `CURRENCY`, if they or the ties have money.
    ties : Ties
    currencies : Currencies
        The store's own and the rates of others. Without an own one it is that of everyone who
        names one, if they agree.

    Raises
    ------
    UsageError
        There are several currencies, and one has no rate.

    Examples
    --------
    >>> from relgraph.network import text_array
    >>> money = {"margin": np.array([10.0]), "currency": text_array(["usd"])}
    >>> nodes = Nodes(*[text_array(["a"])] * 3, money)
    >>> ties = Ties(*np.zeros((2, 0), np.int64), text_array([]), np.ones(0), np.ones(0, np.int8))
    >>> in_one_currency(nodes, ties, Currencies("EUR", {"USD": 0.5}))[0].attributes["margin"]
    array([5.])
    """
    amounts = [name for name in MONEY if name in nodes.attributes]
    if CURRENCY not in nodes.attributes or not (amounts or TIE_MONEY in ties.attributes):
        return nodes, ties, None, ()
    codes = [currency_code(text) for text in nodes.attributes[CURRENCY].tolist()]
    found = Counter(code for code in codes if code is not None)
    own = currencies.own or (_most_common(found) if found else None)
    if own is None:
        return nodes, ties, None, ()
    rates: dict[str | None, float] = {own: 1.0, None: 1.0}
    rates.update(currencies.rates)
    if unknown := sorted(found.keys() - rates.keys()):
        raise _mixed(found, own, unknown)
    rate = np.array([rates[code] for code in codes], dtype=np.float64)
    unnamed = np.array([code is None for code in codes], dtype=bool)
    notes = _notes(found, own, rates)
    if currencies.own is None and (count := int((unnamed & _any_known(nodes, amounts)).sum())):
        notes = (*notes, Note("money.unnamed", count=count, currency=own))
    if not bool((rate == 1).all()):
        nodes, ties = _converted(nodes, ties, amounts, rate)
    return nodes, ties, own, notes


def _most_common(found: Counter[str]) -> str:
    return min(found, key=lambda code: (-found[code], code))


def _any_known(nodes: Nodes, amounts: list[str]) -> Mask:
    known = np.zeros(len(nodes), dtype=bool)
    for name in amounts:
        known |= ~np.isnan(nodes.attributes[name].astype(np.float64))
    return known


def _converted(nodes: Nodes, ties: Ties, amounts: list[str], rate: Floats) -> tuple[Nodes, Ties]:
    money = {name: nodes.attributes[name].astype(np.float64) * rate for name in amounts}
    if TIE_MONEY in ties.attributes:
        outside = ~np.isin(nodes.markets.astype(str), INSIDE)
        end = np.where(outside[ties.source], ties.source, ties.target)
        margin = ties.attributes[TIE_MONEY].astype(np.float64) * rate[end]
        ties = replace(ties, attributes={**ties.attributes, TIE_MONEY: margin})
    return replace(nodes, attributes={**nodes.attributes, **money}), ties


def _notes(found: Counter[str], own: str, rates: dict[str | None, float]) -> tuple[Note, ...]:
    converted = tuple(
        Message("money.rate", code=code, rate=rates[code], currency=own, count=found[code])
        for code in sorted(found)
        if code != own
    )
    if converted:
        return (Note("money.converted", currency=own, rates=converted),)
    return (Note("money.currency", currency=own),)


def _mixed(found: Counter[str], own: str, unknown: list[str]) -> UsageError:
    """Return the error that lists the currencies, and what the settings lack."""
    there = tuple(
        Message("money.found", code=code, count=found[code])
        for code in sorted(found, key=lambda code: (-found[code], code))
    )
    lacking = [code for code in unknown if code in CODES]
    rates = tuple(Message("money.rate_to_write", code=code, currency=own) for code in lacking)
    wrong = tuple(
        Message("money.no_code", code=code, meant=did_you_mean(code, CODES))
        for code in unknown
        if code not in CODES
    )
    todo = (Message("money.write", currency=own, rates=rates),) if rates else ()
    return UsageError("money.mixed", found=there, unknown=unknown, todo=(*todo, *wrong))
