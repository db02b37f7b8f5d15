"""What a store keeps beside its rows, without those who were removed: a person's right.

Snapshots lose their rows; settings, records of imports and provenance no longer name them.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple, Self, get_args

import numpy as np

from relgraph.errors import NotADatabase, UnsupportedVersion
from relgraph.store.fetch import read_stakeholders
from relgraph.store.provenance import key_numbers, read_keys, without_gone
from relgraph.store.records import KeptText
from relgraph.store.references import without
from relgraph.store.sameness import Sameness
from relgraph.store.snapshot_tables import read_snapshot, write_tables
from relgraph.store.snapshots import Snapshots
from relgraph.store.sources import Sources

if TYPE_CHECKING:
    import pandas as pd

    from relgraph.dataset import Dataset
    from relgraph.store.base import BaseStore
    from relgraph.store.graph import Draft, Graph

# What may not adjoin a name: P-1 is named in P-1_calls.csv and 王芳 in 王芳的客户.csv.
_BEFORE, _AFTER = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"
_NO_NAME = "…"  # stands for the name of a file that names a person
_SETTING = re.compile(r"""((?:[^"'#]|"(?:\\.|[^"\\])*"|'[^']*')*)(#.*)?""")
_OF_EMPLOYEES = "capacities"  # the section of settings whose keys are ids


class Forgotten(NamedTuple):
    """Those who were removed: their ids, and what text names them by."""

    ids: Sequence[str]
    named: re.Pattern[str]

    @classmethod
    def of(cls, store: BaseStore, ids: Sequence[str]) -> Self:
        """Return who is meant by ids, by all the names that the store knows of them."""
        present = read_stakeholders(store.graph(), ["name"]).columns
        people = [
            *zip(present["id"].tolist(), present["name"].tolist(), strict=True),
            *snapshot_people(store),
            *Sameness.read(store.graph()).named(),
        ]
        names = {name for node_id, name in people if node_id in ids and name}
        return cls.called(ids, names)

    @classmethod
    def called(cls, ids: Sequence[str], names: Collection[str]) -> Self:
        """Return those with some ids, who have some names."""
        words = "|".join(map(re.escape, sorted({*ids, *names}, key=len, reverse=True)))
        return cls(ids, re.compile(f"{_BEFORE}(?:{words}){_AFTER}", re.IGNORECASE))

    def clean(self, store: BaseStore, draft: Draft) -> int:
        """Write to a draft of a store what it keeps; return from how many snapshots they went."""
        before = store.read_snapshots()
        kept = {number: self._from_snapshot(before, number) for number in before.records}
        draft.snapshots = Snapshots({number: files for number, files in kept.items() if files})
        record = store.read_import_record()
        if record is not None:
            files = [replace(file, name=self._unnamed(file.name)) for file in record.files]
            draft.write_record(replace(record, files=tuple(files)).to_json())
        graph = store.graph()
        for name in get_args(KeptText):
            text = graph.read_text(name)
            if text and name == "settings":
                text = self.from_settings(text)
            if text and name == "rows":
                text = without_gone(graph, draft, lambda file: bool(self.named.search(file)))
            if text and name == "same":
                text = Sameness.read(graph).without(self.ids).to_text()
            if text and name == "sources":
                text = self._from_sources(graph, draft)
            if text is not None:
                draft.write_text(name, text)
        return sum(files != before.files[number] for number, files in kept.items())

    def _from_sources(self, graph: Graph, draft: Draft) -> str:
        """Return which rows came from where, without those that no draft holds any more."""
        parted = Sameness.read(graph).without(self.ids).parted
        held = {
            table: np.concatenate(
                [key_numbers(table, rows) for rows in (read_keys(draft, table), parted_rows)]
            )
            for table, parted_rows in parted.tables().items()
        }
        return Sources.read(graph).held_by(held).renamed(self._unnamed).to_text()

    def _from_snapshot(self, snapshots: Snapshots, number: int) -> dict[str, bytes] | None:
        """Return the files of a snapshot without them; None of one that can't be read."""
        try:
            dataset = read_snapshot(snapshots, "", number)
        except (NotADatabase, UnsupportedVersion):
            return None
        record = snapshots.records[number]
        others = without(dataset, self.ids)
        others = replace(others, settings=self.from_settings(dataset.settings or ""))
        names = tuple(map(self._unnamed, record.files))
        if others.settings == dataset.settings and names == record.files and _same(dataset, others):
            return dict(snapshots.files[number])
        rows = {table: len(frame) for table, frame in others.tables().items()}
        return write_tables(others, replace(record, files=names, rows=rows))

    def from_settings(self, text: str) -> str:
        """Return settings without what is set for them, and without comments that name them."""
        section = ""
        lines = []
        for line in text.split("\n"):
            parts = _SETTING.fullmatch(line)
            code, comment = (parts[1], parts[2] or "") if parts else (line, "")
            if code.lstrip().startswith("["):
                section = code
            held = _capacities(f"{section}\n{code}")
            others = {name: count for name, count in held.items() if name not in self.ids}
            if others != held:
                lines += [_inline(others)] if others else []
            elif self.named.search(comment):
                lines.append(code.rstrip())
            else:
                lines.append(line)
        return "\n".join(lines)

    def _unnamed(self, file: str) -> str:
        return _NO_NAME + PurePath(file).suffix if self.named.search(file) else file


def snapshot_people(store: BaseStore) -> Iterator[tuple[str, str | None]]:
    """Yield id and name of everybody in those snapshots of a store that can be read."""
    snapshots = store.read_snapshots()
    for number in snapshots.records:
        try:
            frame = read_snapshot(snapshots, store.url, number).stakeholders
        except (NotADatabase, UnsupportedVersion):
            continue
        names: pd.Series = frame["name"].astype(object).where(frame["name"].notna(), None)
        yield from zip(frame["id"].tolist(), names.tolist(), strict=True)


def _capacities(line: str) -> dict[str, float]:
    """Return what a line of settings, below the head of its section, sets for employees."""
    try:
        found = tomllib.loads(line).get(_OF_EMPLOYEES)
    except tomllib.TOMLDecodeError:  # a part of a value
        return {}
    return found if isinstance(found, dict) else {}


def _inline(capacities: dict[str, float]) -> str:
    """Return a line that sets several; only an inline table has others beside one that goes."""
    counts = (f"{json.dumps(n, ensure_ascii=False)} = {count}" for n, count in capacities.items())
    return f"{_OF_EMPLOYEES} = {{{', '.join(counts)}}}"


def _same(one: Dataset, other: Dataset) -> bool:
    pairs = zip(one.tables().values(), other.tables().values(), strict=True)
    return all(first.equals(second) for first, second in pairs)
