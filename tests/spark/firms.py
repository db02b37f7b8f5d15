"""A random firm with all that a projection and a strength have to mind."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

MARKETS = ("customer", "supplier", "distributor", "influencer", "employee", "competitor")
TYPES = (
    *("REFERS", "INFLUENCES", "KNOWS", "PARTNERS_WITH", "BUYS_FROM"),
    *("COMPETES_WITH", "LENDS_TO"),
)
COMPONENTS = ("trust", "commitment", "intimacy", "control", "cooperation", "win_win", "two_way")


def write_firm(folder: Path, n: int = 500, m: int = 2500, contacts: int = 3000) -> None:
    """Write three CSV files: missing strengths, dates, loops, rows both ways, who has left."""
    rng = np.random.default_rng(5)
    folder.mkdir(parents=True)
    ids = [f"p{number}" for number in range(n)]
    people = [
        {
            "id": each,
            "name": f"Name {each}",
            "market": "firm" if number == 0 else MARKETS[rng.integers(len(MARKETS))],
            "status": rng.choice(["", "active", "left"], p=[0.3, 0.65, 0.05]),
            "left_on": rng.choice(["", "2024-05-01", "2031-01-01"], p=[0.9, 0.05, 0.05]),
        }
        for number, each in enumerate(ids)
    ]
    _write(folder / "stakeholders.csv", people)
    popular = (rng.pareto(1.2, n) + 0.05) * (np.arange(n) < n - n // 20)  # the last are isolates
    popular /= popular.sum()
    ties: dict[tuple[str, ...], dict[str, object]] = {}
    while len(ties) < m:
        source, target = rng.choice(n, p=popular), rng.choice(n, p=popular)
        kind = TYPES[rng.integers(len(TYPES))]
        if (ids[target], kind, ids[source]) in ties:
            continue
        tie: dict[str, object] = {"source": ids[source], "target": ids[target], "type": kind}
        tie["strength"] = rng.choice(["", f"{rng.uniform(0.05, 1):.3f}", "1"], p=[0.3, 0.65, 0.05])
        tie["sign"] = rng.choice(["", "-1", "1"], p=[0.8, 0.05, 0.15])
        tie["since"] = rng.choice(["", "2024-01-01", "2035-01-01"], p=[0.8, 0.15, 0.05])
        if str(tie["since"]) < "2035":
            tie["until"] = rng.choice(["", "2025-01-01"], p=[0.95, 0.05])
        for name in COMPONENTS:
            tie[name] = f"{rng.uniform():.2f}" if rng.uniform() < 0.3 else ""
        ties[ids[source], kind, ids[target]] = tie
    undated = [tie for tie in ties.values() if not tie["since"] and not tie.get("until")]
    told_twice = [tie for tie in undated if tie["type"] == "KNOWS"][:20]
    turned = [{**tie, "source": tie["target"], "target": tie["source"]} for tie in told_twice]
    _write(folder / "relationships.csv", [*ties.values(), *turned])
    pairs = [ids[end] for end in rng.choice(n, 2 * contacts, p=popular)]
    days = rng.integers(0, 900, contacts)
    met = [
        {
            "source": pairs[2 * place],
            "target": pairs[2 * place + 1],
            "at": f"{np.datetime64('2024-01-01') + day}T{place % 24:02}:30:00",
        }
        for place, day in enumerate(days.tolist())
    ]
    _write(folder / "interactions.csv", met)


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
