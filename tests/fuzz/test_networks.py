"""Networks of every legal shape through every command: exit codes, and figures in their ranges."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relgraph.cli import main
from relgraph.model import ALL_MARKETS, MARKETS
from tests.stored import store_rows

NAMES = ["Ann", "王伟", "=1+1", "</script>", "a\nb", "x" * 80, 'O\'Neil "q"', "\u202e", " "]
TYPES = ["REFERS", "KNOWS", "INFLUENCES", "BUYS_FROM", "MANAGES", "COMPETES_WITH", "WORKS_FOR", "X"]

share = st.one_of(st.none(), st.sampled_from([0.0, 1.0]), st.floats(0, 1))
money = st.one_of(st.none(), st.sampled_from([0.0, -1.0, 1e12]), st.floats(-1e6, 1e6))
strength = st.one_of(
    st.none(), st.sampled_from([1.0, 1e-12, 5e-10]), st.floats(1e-12, 1, exclude_min=True)
)
day = st.one_of(st.none(), st.dates(date(1700, 1, 1), date(2200, 1, 1)))


@st.composite
def firms(draw: st.DrawFn) -> tuple[list[dict[str, Any]], ...]:
    """Return rows of stakeholders, relationships and interactions that an import would take."""
    count = draw(st.integers(0, 7))
    markets = draw(st.lists(st.sampled_from(MARKETS), min_size=count, max_size=count))
    if count and draw(st.booleans()):
        markets[0] = ALL_MARKETS[-1]
    ids = [f"s{number}" for number in range(count)]
    staff = [None, *(i for i, market in zip(ids, markets, strict=True) if market == "employee")]
    people = [
        {
            "id": node_id,
            "name": draw(st.sampled_from(NAMES)) or node_id,
            "market": market,
            "owner": draw(st.sampled_from(staff)),
            "revenue": draw(money),
            "margin": draw(money),
            "satisfaction": draw(share),
            "retention": draw(share),
            "status": draw(st.sampled_from([None, "active", "left"])),
            "left_on": draw(day),
            "circle": draw(st.one_of(st.none(), st.floats(0, 1e6))),
        }
        for node_id, market in zip(ids, markets, strict=True)
    ]
    ties: dict[Any, dict[str, Any]] = {}
    contacts = []
    if ids:
        for _ in range(draw(st.integers(0, 14))):
            source, target = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
            kind = draw(st.sampled_from(TYPES))
            row: dict[str, Any] = {
                "source": source,
                "target": target,
                "type": kind,
                "strength": draw(strength),
            }
            row |= {"sign": draw(st.sampled_from([None, None, 1, -1])), "trust": draw(share)}
            row |= {"margin": draw(money), "since": draw(day), "until": draw(day)}
            ties.setdefault((kind, *sorted((source, target))), row)
        for _ in range(draw(st.integers(0, 6))):
            at = draw(st.datetimes(datetime(1700, 1, 1), datetime(2200, 1, 1)))
            source, target = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
            contacts.append({"source": source, "target": target, "at": at.isoformat() + "Z"})
    return people, list(ties.values()), contacts


COMMANDS = [
    "info",
    "info --network",
    "centrality --measure all",
    "centrality --confidence --undirected",
    "reach",
    "reach --confidence --cascades 640",
    "strength",
    "strength --confidence --directed",
    "brokers",
    "brokers --between --permutations 20",
    "brokers --bridges",
    "keyplayers -k 1",
    "keyplayers -k 2 --goal reach",
    "advocates -k 1 --cascades 640",
    "advocates -k 2 --model lt --cascades 640",
    "communities",
    "value --draws 20",
    "overdue --all",
    "plan --draws 20",
    "plan --draws 0 --frontier",
    "plan --draws 20 --questions",
    "portfolio --draws 20",
    "portfolio --model power",
    "portfolio --model supply",
    "query run cooling-ties",
]
# Columns whose figures are shares or chances, wherever they stand.
SHARES = {"clustering", "coverage", "retention", "quiet", "chance", "guarantee", "stays_ahead"}
SHARES |= {"p_leave", "p_after", "top_ten"}
SHARES |= {
    "closeness",
    "harmonic",
    "betweenness",
    "strength",
    "fragmentation",
    "disconnected_pairs",
}


def complaints(row: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the figures of a row."""
    for name, value in row.items():
        if isinstance(value, float) and not math.isfinite(value):
            yield f"{name} is {value}"
        if name in SHARES and isinstance(value, float | int) and not 0 <= value <= 1:
            yield f"{name} {value} is no share"
        if str(value) == "-0.0":
            yield f"{name} is -0.0"
    for low, figure, high in (
        ("low", "strength", "high"),
        ("rank_low", "rank", "rank_high"),
        ("clv_low", "clv", "clv_high"),
        ("net_low", "net", "net_high"),
        ("spread_low", "spread", "spread_high"),
        ("expected_low", "expected", "expected_high"),
        ("people_at_least", "people", "people_at_most"),
    ):
        ends: list[Any] = [row.get(low), row.get(figure), row.get(high)]
        if None not in ends and not ends[0] <= ends[1] <= ends[2]:
            yield f"{figure} {ends[1]} is outside {ends[0]} to {ends[2]}"


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(firms())
def test_every_command_on_every_shape(firm: tuple[list[dict[str, Any]], ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = store_rows(Path(folder) / "fuzz.lbug", *firm)
        for line in COMMANDS:
            done = CliRunner().invoke(main, [*line.split(), "--json", "-d", str(store)])
            assert done.exception is None or isinstance(done.exception, SystemExit), line
            assert done.exit_code in (0, 1, 2), (line, done.stderr)
            if done.exit_code:
                assert done.stderr.startswith("relgraph: error: "), line
                continue
            rows = json.loads(done.stdout)
            wrong = [said for row in rows for said in complaints(row)]
            assert not wrong, (line, wrong)
