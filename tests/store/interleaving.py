"""A process that writes, removes and reads with a cache at random, and checks what it reads.

Run: python interleaving.py STORE SEED STEPS. Every write gives all stakeholders the same, higher
revenue, and what is done is told in a file beside the store: whoever begins to read after that must
see it. A difference ends the process with an error.
"""

from __future__ import annotations

import fcntl
import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from relgraph.dataset import Dataset
from relgraph.settings import Projection
from relgraph.store import fetch_network, open_store
from relgraph.store.projections import find_kept

PEOPLE = 12
PROJECTIONS = (None, Projection(undirected=True), Projection(weighted=False))


def people(revenue: int, draw: random.Random) -> Dataset:
    """Return everyone with this revenue, and a ring of ties whose strength tells it too."""
    ids = [f"p{number}" for number in range(PEOPLE)] + [f"only-{revenue}-{draw.random()}"]
    frame = pd.DataFrame({"id": ids, "name": ids}, dtype="str").assign(market="customer")
    frame["revenue"] = float(revenue)
    ring = {"source": ids, "target": [*ids[1:], ids[0]], "type": "REFERS"}
    ties = pd.DataFrame(ring, dtype="str").assign(strength=1 / (1 + revenue))
    return Dataset(frame, ties)


@contextmanager
def told(store: Path) -> Iterator[dict[str, Any]]:
    """Give what was done, for its only writer; kept at the end."""
    with store.with_name("told.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state = done(store)
        yield state
        beside = store.with_name("told.new")
        beside.write_text(json.dumps(state))
        beside.replace(store.with_name("told.json"))


def done(store: Path) -> dict[str, Any]:
    """Return the revenue that was written last, and who was removed."""
    state: dict[str, Any] = json.loads(store.with_name("told.json").read_text())
    return state


def write(store: Path, draw: random.Random) -> None:
    with told(store) as state:
        state["revenue"] += 1
        with open_store(store, write=True) as opened:
            opened.write(people(state["revenue"], draw), replace=True)


def remove(store: Path, draw: random.Random) -> None:
    with told(store) as state:
        with open_store(store, write=True) as opened:
            ids = opened.read_stakeholders([]).columns["id"].tolist()
            gone = draw.choice(ids[1:]) if len(ids) > 2 else None
            if gone is not None:
                opened.remove([gone])
                state["gone"].append([state["revenue"], gone])
        for file in find_kept(store):  # of those who read meanwhile, none may be of before
            assert gone is None or f"{gone}".encode() not in file.read_bytes()


def read(store: Path, draw: random.Random) -> None:
    before = done(store)
    projection = draw.choice(PROJECTIONS)
    with open_store(store) as opened:
        network = fetch_network(opened, projection, ("revenue",), cache=True)
        ids = set(network.ids.tolist())
    revenues = {int(value) for value in network.nodes.attributes["revenue"].tolist()}
    assert len(revenues) == 1, f"torn: {revenues}"
    revenue = revenues.pop()
    assert revenue >= before["revenue"], f"stale: {revenue} after {before['revenue']}"
    gone = {name for when, name in before["gone"] if when == revenue}
    assert not gone & ids, f"still there: {gone & ids}"
    if network.m and (projection is None or projection.weighted):
        assert set(network.strength.tolist()) == {1 / (1 + revenue)}, "torn ties"


def main() -> None:
    store, seed, steps = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    draw = random.Random(seed)
    for _ in range(steps):
        draw.choices((write, remove, read), (1, 1, 5))[0](store, draw)


if __name__ == "__main__":
    main()
