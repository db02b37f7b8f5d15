"""Joining those who are the same: their rows as the rows of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from relgraph.addresses import mail_columns, phone_columns
from relgraph.dataset import Dataset, column_type
from relgraph.model import KEYS, MONEY, RelationshipType, relationship_type
from relgraph.store.references import REFERENCES

Groups = Sequence[Sequence[str]]
_LEFT = ("status", "left_on", "left_reason")


def join_rows(rows: Dataset, groups: Groups, kinds: Mapping[str, RelationshipType]) -> Dataset:
    """Return rows in which each group is one stakeholder, who has the id of its first.

    The first who has a value gives it, but: money of different amounts is added, addresses and
    telephone numbers are all kept, a tie is as strong as its strongest row and as old as its
    oldest, has ended when all have, and who is still there in one row is there. A contact that two
    rows tell of, at the same moment by the same channel, counts once. Ties among them go.

    Parameters
    ----------
    rows : Dataset
        All rows of those in the groups, and of those who refer to them.
    groups : sequence of sequence of str
    kinds : mapping of str to RelationshipType
        Which types run both ways.
    """
    first = {each: group[0] for group in groups for each in group}
    order = {each: place for group in groups for place, each in enumerate(group)}
    ties, contacts = (
        _rename_ends(frame, first, order) for frame in (rows.relationships, rows.interactions)
    )
    return replace(
        rows,
        stakeholders=_join_people(rows.stakeholders, first, order),
        relationships=_join_ties(ties, kinds),
        interactions=contacts.drop_duplicates(
            [name for name in KEYS["interactions"] if name in contacts], ignore_index=True
        ),
    )


def _join_people(
    people: pd.DataFrame, first: Mapping[str, str], order: Mapping[str, int]
) -> pd.DataFrame:
    people = people.iloc[people["id"].map(order).fillna(0).argsort(kind="stable")].copy()
    people["id"] = people["id"].replace(first)
    for name in people.columns.intersection(REFERENCES):
        renamed = people[name].replace(first)
        people[name] = renamed.mask((renamed == people["id"]) & (renamed != people[name]))
    there = _still_there(people)
    joined = people.groupby("id", sort=False).first()
    given = [str(name) for name in people.columns]
    for name in (name for name in MONEY if name in given):
        joined[name] = _added(people, ["id"], name)
    texts = [name for name in given if column_type(people[name]) == "text"]
    for name in (*mail_columns(texts), *phone_columns(texts)):
        joined[name] = people.groupby("id", sort=False)[name].agg(_all_of).astype("str")
    for name in (name for name in _LEFT if name in given):
        joined[name] = joined[name].mask(there)
    return joined.reset_index()[list(people.columns)]


def _still_there(people: pd.DataFrame) -> pd.Series[bool]:
    """Return who, of those of several rows, has one in which they haven't left."""
    if "status" not in people:
        return pd.Series(False, index=people["id"].unique())
    left = people["status"].eq("left").fillna(False).astype(bool)
    grouped = left.groupby(people["id"], sort=False)
    return grouped.any() & ~grouped.all()


def _rename_ends(
    frame: pd.DataFrame, first: Mapping[str, str], order: Mapping[str, int]
) -> pd.DataFrame:
    """Return ties between the joined, those of the first of each group first."""
    places = [frame[end].map(order).fillna(0).astype(int) for end in ("source", "target")]
    loops = frame["source"] == frame["target"]
    renamed = frame.assign(
        source=frame["source"].replace(first), target=frame["target"].replace(first)
    )
    among = (renamed["source"] == renamed["target"]) & ~loops
    kept = renamed[~among]
    return kept.iloc[(places[0] + places[1])[~among].argsort(kind="stable")]


def _join_ties(ties: pd.DataFrame, kinds: Mapping[str, RelationshipType]) -> pd.DataFrame:
    keys = list(KEYS["relationships"])
    both = ties["type"].map(lambda name: relationship_type(name, kinds).both_ways).astype(bool)
    if both.any():
        ties = _one_direction(ties, both)
    grouped = ties.groupby(keys, sort=False)
    joined = grouped.first()
    if "strength" in ties:
        joined["strength"] = grouped["strength"].max()
    if "since" in ties:
        joined["since"] = grouped["since"].min()
    if "until" in ties:
        goes_on = ties["until"].isna().groupby([ties[key] for key in keys], sort=False).any()
        joined["until"] = grouped["until"].max().mask(goes_on)
    if "margin" in ties:
        joined["margin"] = _added(ties, keys, "margin")
    return joined.reset_index()[list(ties.columns)]


def _one_direction(ties: pd.DataFrame, both: pd.Series[bool]) -> pd.DataFrame:
    """Return ties of which those both ways run as the first of the same two does."""
    ends = ties[["source", "target"]].astype(object)
    turned = both & (ends["source"] > ends["target"])
    low, high = (
        ends[one].where(~turned, ends[other])
        for one, other in (("source", "target"), ("target", "source"))
    )
    first = turned.groupby([low, high, ties["type"]], sort=False).transform("first")
    turn = both & (turned != first)
    sources, targets = ties["source"], ties["target"]
    return ties.assign(source=sources.mask(turn, targets), target=targets.mask(turn, sources))


def _added(rows: pd.DataFrame, keys: Sequence[str], name: str) -> pd.Series[float]:
    """Return sums of amounts, equal ones counted once: the same is often recorded twice."""
    amounts = rows[[*keys, name]].drop_duplicates()
    sums: pd.Series[float] = amounts.groupby(list(keys), sort=False)[name].sum(min_count=1)
    return sums


def _all_of(cells: pd.Series[str]) -> str | None:
    parts = (part.strip() for cell in cells.dropna() for part in cell.split(";"))
    return "; ".join(dict.fromkeys(part for part in parts if part)) or None
