"""Who is the same: what a user marked, and the rows as they were before they were joined.

A store holds those who are the same as one; the text kept here has what it takes to part them
again (docs/decisions/0154-joined-and-parted-again.md).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from relgraph.dataset import Dataset
from relgraph.model import TABLES
from relgraph.store.references import without

if TYPE_CHECKING:
    from relgraph.store.graph import Graph

Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Sameness:
    """What was marked of pairs of ids, and the rows that joining them changed.

    Parameters
    ----------
    same : tuple of (str, str)
        Pairs that are the same; the first of a pair stays.
    different : tuple of (str, str)
        Pairs that are not.
    parted : Dataset
        The rows of all who are joined, of their ties and contacts, and of those who refer to them,
        as they were imported.
    """

    same: tuple[Pair, ...] = ()
    different: tuple[Pair, ...] = ()
    parted: Dataset = field(default_factory=Dataset)

    @classmethod
    def read(cls, graph: Graph | None) -> Sameness:
        """Return what a graph keeps."""
        text = graph.read_text("same") if graph is not None else None
        if not text:
            return cls()
        from relgraph.store.snapshot_tables import unpack

        read = json.loads(text)
        same, different = (
            tuple((one, other) for one, other in read[name]) for name in ("same", "different")
        )
        people, ties, contacts = (
            unpack(base64.b64decode(read["parted"][table])) for table in TABLES
        )
        return cls(same, different, Dataset(people, ties, contacts))

    def to_text(self) -> str:
        """Return what a store keeps; nothing where nothing was marked."""
        if not self.same and not self.different:
            return ""
        from relgraph.store.snapshot_tables import pack

        parted = {
            table: base64.b64encode(pack(frame)).decode()
            for table, frame in self.parted.tables().items()
        }
        return json.dumps({"same": self.same, "different": self.different, "parted": parted})

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return those who are the same together, who stays first.

        That is the first who stands second in no pair.

        Examples
        --------
        >>> Sameness((("b", "c"), ("a", "b"))).groups
        (('a', 'b', 'c'),)
        """
        group_of: dict[str, list[str]] = {}
        for pair in self.same:
            one, other = (group_of.setdefault(each, [each]) for each in pair)
            if one is not other:
                one += other
                group_of.update(dict.fromkeys(other, one))
        second = {other for _, other in self.same}
        groups = {id(group): group for group in group_of.values()}
        return tuple(tuple(sorted(group, key=second.__contains__)) for group in groups.values())

    def among(self, ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Return the groups of two or more that some ids make."""
        known = set(ids)
        groups = (tuple(each for each in group if each in known) for group in self.groups)
        return tuple(group for group in groups if len(group) > 1)

    @cached_property
    def joined(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups that a store holds as one."""
        return self.among(self.parted.stakeholders["id"].tolist())

    @property
    def stands(self) -> Mapping[str, str]:
        """Return which id each stands for that a store no longer holds."""
        return {other: first for first, *others in self.joined for other in others}

    def named(self) -> list[tuple[str, str | None]]:
        """Return id and name of each who was joined, as they were imported."""
        people = self.parted.stakeholders.reindex(columns=["id", "name"])
        held = people[people["id"].isin([each for group in self.joined for each in group])]
        names = held["name"].astype(object).where(held["name"].notna(), None)
        return list(zip(held["id"].tolist(), names.tolist(), strict=True))

    def with_all(self, ids: Sequence[str]) -> list[str]:
        """Return ids with all those who are the same as one of them."""
        group_of = {each: group for group in self.groups for each in group}
        return list(dict.fromkeys(every for each in ids for every in group_of.get(each, (each,))))

    def without(self, ids: Sequence[str]) -> Sameness:
        """Return the same without some stakeholders."""
        gone = set(ids)
        same, different = (
            tuple(pair for pair in pairs if gone.isdisjoint(pair))
            for pairs in (self.same, self.different)
        )
        return replace(self, same=same, different=different, parted=without(self.parted, ids))
