"""What the sections of a plan are made from, each worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from relgraph.errors import UsageError
from relgraph.messages import Message
from relgraph.network import text_array
from relgraph.planning.dependence import Threads, find_threads
from relgraph.planning.plan.plan import Plan
from relgraph.planning.plan.rows import frontier_rows, plan_rows
from relgraph.planning.portfolio.level import level_classes
from relgraph.planning.stakes import Stakes
from relgraph.render.report import MONEY_SHOWN, Section
from relgraph.result import Result

Row = dict[str, Any]
SHOWN = 40  # rows of a long list on a page; a workbook holds all


@dataclass(frozen=True, eq=False)
class Material:
    """A plan with the rows that tell it, the facts around it, and who manages it."""

    plan: Plan
    manager: str | None = None
    complete: bool = False

    @cached_property
    def rows(self) -> Result:
        """Return the rows of the plan."""
        return plan_rows(self.plan)

    @cached_property
    def investments(self) -> list[Row]:
        """Return the same as dictionaries."""
        return list(self.rows.rows())

    @cached_property
    def frontier(self) -> Result:
        """Return what more money would bring."""
        return frontier_rows(self.plan)

    @cached_property
    def stakes(self) -> Stakes:
        """Return what is at stake."""
        return Stakes(self.plan.basis)

    @cached_property
    def threads(self) -> Threads:
        """Return which employees are in contact with which account."""
        return find_threads(self.plan.basis)

    @cached_property
    def served(self) -> dict[str, Row]:
        """Return how customers and distributors are served, by id."""
        found = level_classes(self.plan.basis)
        names = ("grade", "level", "recommended", "gap")
        figures = {name: found.figures[name].tolist() for name in names}
        rows = zip(found.nodes.ids.tolist(), found.labels.tolist(), strict=True)
        return {
            node_id: {"class": label, **{name: figures[name][place] for name in names}}
            for place, (node_id, label) in enumerate(rows)
        }

    @cached_property
    def names(self) -> dict[str, str]:
        """Return what everyone is called, by id."""
        nodes = self.plan.basis.accounts.evidence.nodes
        pairs = zip(nodes.ids.tolist(), nodes.names.tolist(), strict=True)
        return {node_id: name or node_id for node_id, name in pairs}

    def named(self, node_id: str | None) -> str | None:
        """Return the name of somebody with the id, None for nobody."""
        if node_id is None:
            return None
        name = self.names.get(node_id, node_id)
        return name if name == node_id else f"{name} ({node_id})"

    @cached_property
    def key(self) -> list[int]:
        """Return the key accounts, the most at stake first: grade A, and those in the plan."""
        ids = self.plan.basis.accounts.nodes.ids
        planned = np.isin(ids, [row["id"] for row in self.investments])
        order = np.argsort(-self.stakes.worth, kind="stable")
        return [int(place) for place in order if self.stakes.key[place] or planned[place]]

    @cached_property
    def leader(self) -> str | None:
        """Return the id of who manages the plan: who is named, else the head of most reports.

        Raises
        ------
        UsageError
            Who is named is no active employee.
        """
        accounts = self.plan.basis.accounts
        ids = accounts.evidence.nodes.ids
        staff = ids[accounts.staff].tolist()
        if self.manager is not None:
            if self.manager not in staff:
                raise UsageError("overdue.owner", parameter="manager", owner=self.manager)
            return self.manager
        ties = accounts.evidence.ties
        rows = np.flatnonzero(np.asarray(ties.type == "REPORTS_TO", dtype=bool))
        above = {str(ids[ties.source[row]]): str(ids[ties.target[row]]) for row in rows.tolist()}
        heads = [_top(each, above) for each in above]
        found = sorted(
            {each for each in heads if each in staff}, key=lambda e: (-heads.count(e), e)
        )
        return found[0] if found else None

    def section(self, key: str, columns: Sequence[str], rows: Iterable[Row]) -> Section:
        """Return a table of some rows, the first of them where they are many.

        A plan that tells no money has no columns of it.
        """
        found = list(rows)
        if not self.plan.priced:
            columns = [name for name in columns if name not in MONEY_SHOWN]
        kept = found if self.complete else found[:SHOWN]
        return Section(key, table(columns, kept), all=len(found))


def table(columns: Sequence[str], rows: Sequence[Row]) -> Result:
    """Return rows as columns: numbers where all known values are, else texts and messages."""
    return Result({name: _column([row.get(name) for row in rows]) for name in columns})


def _column(values: list[Any]) -> Any:
    known = [value for value in values if value is not None]
    if not known or not all(isinstance(value, int | float | np.number) for value in known):
        return text_array(values)
    if all(isinstance(value, int | np.integer) for value in values):
        return np.array(values, np.int64)
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _top(each: str, above: dict[str, str]) -> str:
    """Return who stands above all others, going up; in a circle, where it began to repeat."""
    seen = {each}
    while (higher := above.get(each)) is not None and higher not in seen:
        seen.add(higher)
        each = higher
    return each


def market_word(market: str) -> Message:
    """Return a market as a word of the page."""
    return Message(f"market.{market}")


def by_stake(material: Material) -> list[int]:
    """Return all accounts, the most at stake first."""
    order: list[int] = np.argsort(-material.stakes.worth, kind="stable").tolist()
    return order


def named(material: Material, place: int) -> Row:
    """Return what names an account, and what is at stake with it."""
    basis = material.plan.basis
    nodes = basis.accounts.nodes
    return {
        "id": nodes.ids[place],
        "name": nodes.names[place] or nodes.ids[place],
        "market": market_word(nodes.markets[place]),
        "at_stake": float(basis.central().at_stake[0, place]),
    }


def share_word(share: float | None) -> Message | None:
    """Return a share in percent, None where it isn't known."""
    return None if share is None or share != share else Message("document.share", share=share)
