"""A made-up firm of any size: accounts in six markets, ties, money and contacts, as CSV files.

Run: python benchmarks/firms.py FOLDER [ACCOUNTS TIES]

Degrees are as uneven as rank^(−1/2) and half of the ties stay within a group of 50, as in
`graphs.chung_lu`. One account in twenty has contacts with its owner.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from graphs import chung_lu

EMPLOYEES = 1_000
MARKETS = {
    "customer": 0.78,
    "distributor": 0.1,
    "supplier": 0.05,
    "influencer": 0.05,
    "competitor": 0.02,
}
TYPES = {
    "REFERS": 0.4,
    "KNOWS": 0.35,
    "INFLUENCES": 0.1,
    "PARTNERS_WITH": 0.05,
    "SUPPLIES": 0.05,
    "BUYS_FROM": 0.05,
}
CONTACTED = 20  # one account in so many
CONTACTS = 6  # of each, on average


def write_firm(folder: Path, accounts: int, ties: int, seed: int = 0) -> list[str]:
    """Write the three files of a firm, and return their paths."""
    rng = np.random.default_rng(seed)
    staff = np.array([f"e{number}" for number in range(min(EMPLOYEES, accounts // 10))])
    ids = np.array([f"a{number}" for number in range(accounts)])
    owners = rng.choice(staff, accounts)
    people = pd.DataFrame(
        {
            "id": ids,
            "name": [f"Account {number}" for number in range(accounts)],
            "market": rng.choice(list(MARKETS), accounts, p=list(MARKETS.values())),
            "kind": rng.choice(["person", "organisation"], accounts),
            "owner": owners,
            "margin": rng.lognormal(3, 1, accounts).round(2),
            "satisfaction": rng.random(accounts).round(3),
        }
    )
    own = pd.DataFrame({"id": ["firm"], "name": ["Firm"], "market": ["firm"]})
    colleagues = pd.DataFrame({"id": staff, "name": staff, "market": "employee"})
    files = [folder / f"{name}.csv" for name in ("stakeholders", "relationships", "interactions")]
    pd.concat([own, colleagues, people]).to_csv(files[0], index=False)
    _ties(rng, ids, owners, ties, seed).to_csv(files[1], index=False)
    _contacts(rng, ids, owners).to_csv(files[2], index=False)
    return [str(file) for file in files]


def _ties(
    rng: np.random.Generator, ids: np.ndarray, owners: np.ndarray, ties: int, seed: int
) -> pd.DataFrame:
    """Return ties between accounts, and of each with its owner."""
    network = chung_lu(len(ids), ties - len(ids), seed + 1)
    sources, targets = network.sources.astype(np.int64), network.indices.astype(np.int64)
    pairs = np.minimum(sources, targets) * len(ids) + np.maximum(sources, targets)
    _, once = np.unique(pairs, return_index=True)  # a tie both ways is stored once
    strength = rng.uniform(0.05, 0.6, len(once)).round(3)
    strength[rng.random(len(once)) < 0.3] = np.nan
    between = {
        "source": ids[sources[once]],
        "target": ids[targets[once]],
        "type": rng.choice(list(TYPES), len(once), p=list(TYPES.values())),
        "strength": strength,
    }
    owned = {
        "source": owners,
        "target": ids,
        "type": "MANAGES",
        "strength": rng.uniform(0.1, 1, len(ids)).round(3),
    }
    return pd.concat([pd.DataFrame(between), pd.DataFrame(owned)])


def _contacts(rng: np.random.Generator, ids: np.ndarray, owners: np.ndarray) -> pd.DataFrame:
    """Return contacts of the last two years."""
    known = rng.choice(len(ids), len(ids) // CONTACTED, replace=False)
    which = rng.choice(known, len(known) * CONTACTS)
    minutes = rng.integers(0, 2 * 365 * 24 * 60, len(which))
    at = np.datetime64("2024-07-01T00:00") + minutes.astype("timedelta64[m]")
    contacts = {
        "source": owners[which],
        "target": ids[which],
        "at": np.datetime_as_string(at),
        "channel": rng.choice(["email", "call", "meeting"], len(which)),
    }
    return pd.DataFrame(contacts)


if __name__ == "__main__":
    size = map(int, sys.argv[2:4]) if len(sys.argv) > 2 else (1_000_000, 5_000_000)
    print(*write_firm(Path(sys.argv[1]), *size))
