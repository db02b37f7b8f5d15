"""Rows that refer to stakeholders, and a dataset without some of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from relgraph.dataset import Dataset
from relgraph.model import COLUMNS

# The properties that hold the id of another stakeholder.
REFERENCES = [name for name, spec in COLUMNS["stakeholders"].items() if spec.is_id and name != "id"]


def without(dataset: Dataset, ids: Collection[str]) -> Dataset:
    """Return a dataset without some stakeholders, their ties, and references to them."""
    people = dataset.stakeholders[~dataset.stakeholders["id"].isin(ids)].copy()
    for name in people.columns.intersection(REFERENCES):
        people[name] = people[name].mask(people[name].isin(ids))
    ties, contacts = (
        frame[~(frame["source"].isin(ids) | frame["target"].isin(ids))]
        for frame in (dataset.relationships, dataset.interactions)
    )
    return replace(dataset, stakeholders=people, relationships=ties, interactions=contacts)


def touching(dataset: Dataset, ids: Collection[str]) -> Dataset:
    """Return the rows of some stakeholders, of their ties, and of those who refer to them."""
    people = dataset.stakeholders
    chosen = people["id"].isin(ids)
    for name in people.columns.intersection(REFERENCES):
        chosen |= people[name].isin(ids)
    ties, contacts = (
        frame[frame["source"].isin(ids) | frame["target"].isin(ids)]
        for frame in (dataset.relationships, dataset.interactions)
    )
    return Dataset(people[chosen], ties, contacts)
