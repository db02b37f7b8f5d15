"""Writing to a store in which some are joined: they are parted, written to, and joined again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from relgraph.errors import InvalidInput, Problem, WriteFailed
from relgraph.messages import Message
from relgraph.network.money import CURRENCY
from relgraph.progress import SILENT
from relgraph.store.fetch import read_dataset
from relgraph.store.joining import join_rows
from relgraph.store.merge import merge
from relgraph.store.references import touching
from relgraph.store.removal import delete_rows
from relgraph.store.sameness import Sameness
from relgraph.store_settings import parse_settings

if TYPE_CHECKING:
    import pandas as pd

    from relgraph.store.graph import Draft, Graph


class Clash(NamedTuple):
    """Two who can't be joined, and why."""

    one: str
    other: str
    message: Message


@contextmanager
def parted(
    before: Graph, draft: Draft, marks: Sameness | None, *, replace: bool, batched: bool
) -> Iterator[None]:
    """Let a draft be written to as if nobody was joined, and join them again.

    Parameters
    ----------
    before : Graph
        What is stored.
    draft : Draft
        Holds the same, or with `replace` nothing.
    marks : Sameness, optional
        Who is the same from now on; those who were for None.

    Raises
    ------
    InvalidInput
        Two who are the same have come into different markets, or currencies.
    WriteFailed
        Many transactions can't do it.
    """
    now = Sameness.read(before)
    wanted = now if marks is None else marks
    if not now.same and not wanted.same:
        yield
        if now.different or wanted.different:
            draft.write_text("same", wanted.to_text())
        return
    if batched:
        raise WriteFailed("same.batched")
    if now.joined and not replace:
        delete_rows(draft, [group[0] for group in now.joined])
        merge(draft, draft, now.parted, SILENT)
    yield
    draft.write_text("same", _join(draft, wanted).to_text())


def _join(draft: Draft, wanted: Sameness) -> Sameness:
    """Join those who are the same in a draft, and return them with their rows from before."""
    whole = read_dataset(draft)
    groups = wanted.among(whole.stakeholders["id"].tolist())
    if clashes := find_clashes(whole.stakeholders, groups):
        raise InvalidInput([Problem(clash.message) for clash in clashes])
    members = {each for group in groups for each in group}
    rows = touching(whole, members)
    if groups:
        kinds = parse_settings(whole.settings or "").kinds
        delete_rows(draft, sorted(members))
        merge(draft, draft, join_rows(rows, groups, kinds), SILENT)
    return replace(wanted, parted=rows)


def find_clashes(people: pd.DataFrame, groups: Sequence[Sequence[str]]) -> list[Clash]:
    """Return those of the same group whose markets, or currencies, differ from its first's."""
    clashes: dict[tuple[str, str], Clash] = {}
    for name in ("market", CURRENCY):
        cells = people[name].tolist() if name in people else []
        given = zip(people["id"].tolist(), cells, strict=False)
        value_of = {each: value for each, value in given if isinstance(value, str)}
        for first, *others in groups:
            for other in others:
                here, there = value_of.get(first), value_of.get(other)
                if here is not None and there is not None and here != there:
                    message = Message(
                        f"same.{name}", one=first, other=other, here=here, there=there
                    )
                    clashes.setdefault((first, other), Clash(first, other, message))
    return list(clashes.values())
