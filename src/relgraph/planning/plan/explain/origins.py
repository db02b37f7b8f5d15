"""Origins: where the numbers behind a plan came from, in words with the files where known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import BASES
from relgraph.messages import Message
from relgraph.model import TableName
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis
from relgraph.planning.margins import BASES as MARGINS


class Files(Protocol):
    """Gives the names of the files that rows of a table came from, by their keys."""

    def __call__(
        self, table: TableName, keys: Sequence[Mapping[str, object]] | None = None
    ) -> tuple[str, ...]:
        """Return the files of these rows, or of any row for None."""


class Origins:
    """Where the numbers of an account came from."""

    def __init__(self, basis: Basis, account: int, files: Files) -> None:
        self.basis, self.account, self.files = basis, account, files
        self.id = str(basis.accounts.nodes.ids[account])
        self.market = Message(f"markets.{MARKETS[basis.market[account]]}")

    def stored(self, name: str) -> Message:
        """Return that a number is a property of the account."""
        files = self.files("stakeholders", [{"id": self.id}])
        return _found_in(Message("origin.stored", property=name, id=self.id), files)

    def assumed(self, name: str) -> Message:
        """Return that a number is an assumption, and whose."""
        low, value, high = self.basis.ranges[name]
        each = assumptions.PLANNED[name]
        if low == high and (each.drawn or value != each.value):
            return Message("origin.set", name=name)
        return Message("origin.assumed", name=name, source=Message(f"source.{each.source}"))

    def margin(self) -> Message:
        """Return where the margin is from."""
        basis = MARGINS[self.basis.margins.basis[self.account]]
        if basis == "given":
            return self.stored("margin")
        if basis == "ties":
            files = self.files("relationships", self._ties())
            return _found_in(Message("origin.ties", property="margin", id=self.id), files)
        return Message(f"origin.margin_{basis}", market=self.market)

    def satisfaction(self) -> Message:
        """Return where the satisfaction is from."""
        if not np.isnan(self.basis.known_satisfaction[self.account]):
            return self.stored("satisfaction")
        return Message("origin.mean", market=self.market)

    def strength(self, tie: int) -> Message:
        """Return where the strength of a tie to the firm's side is from; −1 is no tie."""
        if tie < 0:
            return Message("origin.no_tie")
        ties, accounts = self.basis.ties, self.basis.accounts
        side = accounts.evidence.nodes.ids[accounts.sides[ties.side[tie]]]
        kind = BASES[ties.basis[tie]]
        if kind == "none":
            return Message("origin.tie_none", side=side)
        files = (
            self.files("interactions")
            if kind == "contact"
            else self.files("relationships", self._ties(int(ties.side[tie])))
        )
        return _found_in(Message(f"origin.tie_{kind}", side=side), files)

    def added(self, to_level: float) -> Message:
        """Return where the number of contacts that deepen a tie is from."""
        if to_level != to_level:
            return Message("origin.actions")
        return Message("origin.level", level=int(to_level))

    def contacts(self) -> Message:
        """Return that a number is counted from contacts."""
        return _found_in(Message("origin.contacts"), self.files("interactions"))

    def _ties(self, side: int | None = None) -> list[dict[str, object]]:
        """Return the keys of the ties between the account and the firm's side, or one of it."""
        accounts, ties = self.basis.accounts, self.basis.accounts.active.ties
        ids = accounts.active.nodes.ids
        here, there = accounts.account_of == self.account, accounts.place_of(accounts.sides)
        ours = there >= 0 if side is None else there == side
        rows = (here[ties.source] & ours[ties.target]) | (here[ties.target] & ours[ties.source])
        return [
            {
                "source": ids[ties.source[row]],
                "target": ids[ties.target[row]],
                "type": ties.type[row],
            }
            for row in np.flatnonzero(rows)
        ]


def _found_in(what: Message, files: tuple[str, ...]) -> Message:
    """Return where something is from with the files that it was read from, where known."""
    return Message("origin.in", what=what, files=files) if files else what
