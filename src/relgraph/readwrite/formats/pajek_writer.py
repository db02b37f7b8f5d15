"""Write a dataset for Pajek: names as vertices, ties by type, strengths as their weights.

Pajek has no other attributes and no contacts; ids are its own numbers.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from relgraph.dataset import Dataset
from relgraph.model import relationship_type


def write_pajek(dataset: Dataset, path: Path) -> None:
    """Write stakeholders as vertices, and each type of tie as a relation of arcs or edges."""
    people, ties = dataset.stakeholders, dataset.relationships
    numbers = pd.Series(range(1, len(people) + 1), index=people["id"])
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"*Vertices {len(people)}\n")
        for number, name in enumerate(people["name"], 1):
            file.write(f'{number} "{_quoted(name)}"\n')
        for relation, (kind, rows) in enumerate(ties.groupby("type", sort=True), 1):
            word = "Edges" if relationship_type(str(kind)).both_ways else "Arcs"
            file.write(f'*{word} :{relation} "{kind}"\n')
            strengths = rows["strength"] if "strength" in rows else pd.Series(index=rows.index)
            ends = (rows[end].map(numbers) for end in ("source", "target"))
            for source, target, strength in zip(*ends, strengths, strict=True):
                weight = "" if pd.isna(strength) else f" {strength!r}"
                file.write(f"{source} {target}{weight}\n")


def _quoted(name: str) -> str:
    """Return a name on one line, without the sign that ends it."""
    return " ".join(name.replace('"', "'").split())
