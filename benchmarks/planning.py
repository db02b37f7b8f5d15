"""Processor time and memory of planning with 1,000 draws: the sample data, and a large firm.

Run: python benchmarks/planning.py

There is no peer that does the like, so the figures stand beside what is allowed: two seconds of CPU
on six_markets, a minute and 4 GB with 100,000 accounts and 500,000 ties, reading included.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from comparing import Comparison, report
from startup import RELGRAPH, SAMPLE, run

ACCOUNTS, EMPLOYEES, TIES = 100_000, 200, 500_000
MARKETS = {"customer": 0.8, "distributor": 0.1, "supplier": 0.05, "influencer": 0.05}
COMMANDS = {
    "value": ["value"],
    "exit": ["exit"],
    "portfolio": ["portfolio"],
    "portfolio --model value": ["portfolio", "--model", "value"],
    "overdue": ["overdue"],
}
SMALL, LARGE, MEMORY = 2.0, 60.0, 4.0


def small() -> Iterator[Comparison]:
    with tempfile.TemporaryDirectory() as folder:
        store = _stored(Path(folder), [str(SAMPLE)])
        for name, command in COMMANDS.items():
            _measured(command, store)  # compiles
            seconds, _ = _measured(command, store)
            yield Comparison(name, "six_markets", "what is allowed", seconds, SMALL, 1, "s CPU")


def large() -> Iterator[Comparison]:
    network = f"{ACCOUNTS:,}/{TIES:,}"
    with tempfile.TemporaryDirectory() as folder:
        store = _stored(Path(folder), _write_firm(Path(folder)))
        for name, command in COMMANDS.items():
            seconds, memory = _measured(command, store)
            yield Comparison(name, network, "what is allowed", seconds, LARGE, 1, "s CPU")
            yield Comparison(
                f"{name}: peak memory", network, "what is allowed", memory, MEMORY, 1, "GB"
            )


def _stored(folder: Path, files: list[str]) -> str:
    store = str(folder / "firm.lbug")
    run([*RELGRAPH, "import", "-d", store, *files])
    return store


def _measured(command: list[str], store: str) -> tuple[float, float]:
    """Return the CPU seconds of a command, and the most memory that it held in GB."""
    process = subprocess.Popen(
        [*RELGRAPH, *command, "-q", "-d", store, "--csv"], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command}: ended with code {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6


def _write_firm(folder: Path) -> list[str]:
    """Write a firm whose accounts know it, or recommend it to one another, half each."""
    rng = np.random.default_rng(0)
    staff = [f"e{number}" for number in range(EMPLOYEES)]
    accounts = [f"a{number}" for number in range(ACCOUNTS)]
    people = pd.DataFrame(
        {
            "id": accounts,
            "name": accounts,
            "market": rng.choice(list(MARKETS), ACCOUNTS, p=list(MARKETS.values())),
            "margin": rng.lognormal(3, 1, ACCOUNTS).round(2),
            "satisfaction": rng.random(ACCOUNTS).round(3),
            "owner": rng.choice(staff, ACCOUNTS),
        }
    )
    colleagues = pd.DataFrame({"id": staff, "name": staff, "market": "employee"})
    strength = np.where(rng.random(TIES) < 0.7, rng.uniform(0.05, 1, TIES).round(3), np.nan)
    told = TIES // 2
    ties = pd.DataFrame(
        {
            "source": [
                *rng.choice(accounts, told),
                *rng.choice(staff, TIES - told),
            ],
            "target": rng.choice(accounts, TIES),
            "type": ["REFERS"] * told + ["KNOWS"] * (TIES - told),
            "strength": strength,
        }
    )
    ties = ties[ties["source"] != ties["target"]].drop_duplicates(["source", "target", "type"])
    files = [folder / "stakeholders.csv", folder / "relationships.csv"]
    pd.concat([people, colleagues]).to_csv(files[0], index=False)
    ties.to_csv(files[1], index=False)
    return [str(file) for file in files]


if __name__ == "__main__":
    report(small, large)
