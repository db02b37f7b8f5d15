"""The command lines on which two versions of relgraph are compared, for each sample.

A line stands for itself followed by each of its variants. `{one}` and `{two}` are stakeholders of
the sample who have a tie. Lines that write rows are run with `--json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES: Mapping[str, Mapping[str, str]] = {
    "worked_example": {"one": "D1", "two": "C1"},
    "six_markets": {"one": "inf-01", "two": "cus-19"},
    "northwind": {"one": "emp-1", "two": "ALFKI"},
}

NETWORKS = (
    "",
    "--undirected",
    "--weights none",
    "--strength index",
    "--include-left",
    "--without-firm",
    "--within customer --within employee",
    "--type REFERS --type BUYS_FROM",
    "--strength index --as-of 2026-01-01",
)
READING: Mapping[str, tuple[str, ...]] = {
    "info": ("",),
    "info --network": ("", "--undirected --without-firm", "--weights none --seed 3"),
    "centrality": ("", "--top 3", "--market customer", "--confidence --seed 3"),
    "centrality --measure all": NETWORKS,
    "reach": (
        *NETWORKS,
        "--by expected",
        "--by people",
        "--preset literal --hop-decay 0.25",
        "--preset survey --population 5000",
        "--tell-rate 0.3 --cascades 1000 --seed 3",
        "--sentiment symmetric",
        "--sentiment folklore --share-unhappy 0.2",
        "--sentiment east --hearers-positive 2 --impact-negative 3",
        "--confidence --seed 3",
    ),
    "reach {one}": (
        "",
        "{two}",
        "--population 5000",
        "--sentiment east",
        "--undirected --type MANAGES",
    ),
    "advocates -k 3 --epsilon 0.3 --cascades 1000": (
        "",
        "--model wc",
        "--model lt",
        "--tell-rate 0.5 --seed 3",
        "--quality 0.7",
        "--quality satisfaction",
        "--exclude {one} --quota customer=1",
        "--undirected --without-firm --strength index",
        "--type BUYS_FROM --delta 0.01",
        "--confidence --seed 3",
    ),
    "advocates --budget 1000000 --cost revenue --epsilon 0.3 --cascades 1000": ("", "--model wc"),
    "advocates --evaluate {one} --evaluate {two} --cascades 1000": ("", "--model lt"),
    "strength": (
        "",
        "{two}",
        "{one} {two}",
        "--directed",
        "--type REFERS --type BUYS_FROM",
        "--include-left --without-firm",
        "--within customer --within employee",
        "--as-of 2026-01-01",
        "--saturation 500 --count-value",
        "--risk-trend 0 --risk-satisfaction 0.7",
        "--confidence --seed 3",
    ),
    "brokers": (
        *NETWORKS,
        "--model ego",
        "--by effective_size",
        "--by efficiency",
        "--by hierarchy",
        "--by brokered",
        "--by liaison",
        "--by cut_off",
        "--confidence --seed 3",
    ),
    "brokers --between --permutations 100": ("", "--undirected --seed 3", "--without-firm"),
    "brokers --bridges": ("", "--undirected", "--type BUYS_FROM --type REFERS"),
    "keyplayers -k 2": (
        "",
        "--criterion F",
        "--goal reach",
        "--goal reach --directed",
        "--weights none --include-left",
        "--without-firm",
        "--strength index --within customer --within employee",
        "--type REFERS --type BUYS_FROM",
        "--confidence --seed 3",
    ),
    "communities": (*NETWORKS, "--seed 3"),
    "show": ("{one}", "{two}"),
}
PAGES: Mapping[str, tuple[str, ...]] = {
    "map -o map.html": (
        "",
        "--undirected --weights none --strength index",
        "--include-left --without-firm --within customer --within employee",
        "--focus {one} --hops 2",
        "--market customer --top 20 --size betweenness",
        "--radius strength --lang zh --title Map",
        "--radius level --as-of 2026-01-01 --seed 3 --type BUYS_FROM --type REFERS",
    ),
    "report -o report.html": ("", "--lang zh --as-of 2026-01-01 --seed 3"),
    "report --format markdown -o report.md": (
        "",
        "--lang zh --without-firm",
        "--undirected --strength index --include-left --title Report --seed 3",
    ),
}
FILES: Mapping[str, tuple[str, ...]] = {
    "export -o": (
        "export/",
        "defused/ --defuse",
        "all.json",
        "all.xlsx",
        "all.graphml",
        "all.gexf",
    ),
}
# What says the same whatever the store holds is run for one sample.
STORELESS: Mapping[str, tuple[str, ...]] = {
    "rule250": ("", "--unhappy 3 --circle 150 --weeks 50", "--population 100000"),
    "assumptions": ("",),
    "query list": ("",),
}
REFUSED: Mapping[str, tuple[str, ...]] = {
    "": ("nonsense", "-d missing.lbug info"),
    "show": ("nobody",),
    "reach": ("nobody", "{one} --confidence", "--by nonsense", "--tell-rate 2"),
    "centrality": ("--measure nonsense", "--within nonsense", "--top 0", "--seed -1"),
    "brokers": ("--between --bridges", "--by nonsense", "--model nonsense"),
    "keyplayers": ("--goal nonsense", "-k 0"),
    "advocates": ("--model nonsense", "--budget 5", "--quota nonsense"),
    "strength": ("nobody", "{one} {two} firm", "--risk-trend 7"),
    "query run": ("nonsense", "by-market"),
    "import -d new.lbug": ("missing.csv", "{data} missing.csv"),
    "export -o": ("all.nonsense",),
    "map": ("--size nonsense",),
}
# What changes a store runs on a copy of it, in this order.
WRITING = (
    "copy ../store.lbug copy.lbug --json",
    "-d copy.lbug centrality --write rank_centrality --json",
    "-d copy.lbug reach --by people --write rank_reach --json",
    "-d copy.lbug advocates -k 2 --epsilon 0.3 --write rank_advocates --json",
    "-d copy.lbug brokers --by brokered --write rank_brokers --json",
    "-d copy.lbug keyplayers -k 2 --write rank_keyplayers --json",
    "-d copy.lbug communities --write community --json",
    "-d copy.lbug export -o written.json",
    "-d copy.lbug remove {one} --json",
    "-d copy.lbug info --json",
    "-d copy.lbug import {data} --dry-run --json",
    "-d copy.lbug import {data} --json",
    "-d copy.lbug import --stakeholders {data}/stakeholders.csv --json",
    "-d copy.lbug import {data}/stakeholders.csv --replace --json",
    "-d copy.lbug export -o replaced.json",
)


def chains(sample: str) -> list[list[str]]:
    """Return the lines for a sample; those of one chain run one after another in one folder.

    The first chain makes the store that all others read.
    """
    once = sample == next(iter(SAMPLES))
    rows = [*_variants(READING), *_query_lines(), *(_variants(STORELESS) if once else ())]
    others = [*_variants(PAGES), *_variants(FILES), *(_variants(REFUSED) if once else ())]
    reading = [*(f"{line} --json" for line in rows), *others]
    words = {**SAMPLES[sample], "data": f"../sample_data/{sample}"}
    found = [["import {data} --json"], WRITING, *([line] for line in reading)]
    return [[line.format(**words) for line in chain] for chain in found]


def _variants(table: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for line, variants in table.items():
        yield from (f"{line} {variant}".strip() for variant in variants)


def _query_lines() -> Iterator[str]:
    """Yield a run of every query that ships; one that needs a parameter gets it by its type."""
    needed = {"MARKET": "customer", "STAKEHOLDER": "{two}"}
    for path in sorted((ROOT / "queries").glob("*.cypher")):
        head = path.read_text(encoding="utf-8")
        parameters = re.findall(r"^// param: (\w+) (\w+)$", head, re.MULTILINE)
        given = [f"-p {name} {needed[kind]}" for name, kind in parameters]
        yield " ".join([f"query run {path.stem}", *given])
