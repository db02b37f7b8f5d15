"""Who can introduce us: warm ways from the firm's people to somebody they don't know yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Evidence, Mask
from relgraph.errors import UsageError
from relgraph.messages import Note
from relgraph.model import FIRM
from relgraph.network import Ints, Nodes, text_array
from relgraph.planning.accounts import EMPLOYEE, texts
from relgraph.planning.belonging import find_organisations
from relgraph.planning.introductions.links import by_id, hostile_to_us, known_links
from relgraph.planning.introductions.ways import (
    Links,
    Way,
    WaySearch,
    chance_of_one,
    choose_ways,
)
from relgraph.result import Result

_NEVER_BETWEEN = (FIRM, "competitor", EMPLOYEE)
_NAMED = 5  # stakeholders that a note names


@dataclass(frozen=True, eq=False)
class _Search:
    """What is looked for, among nodes ordered by id."""

    nodes: Nodes
    links: Links
    starts: Mask
    passable: Mask
    target: int
    targets: tuple[int, ...]
    hops: int
    unknown: int
    notes: tuple[Note, ...]

    def ids(self, rows: Ints | Sequence[int]) -> list[str]:
        return [str(node_id) for node_id in self.nodes.ids[np.asarray(rows, np.int64)].tolist()]


def introduction_rows(
    evidence: Evidence,
    target: str,
    k: int,
    *,
    start: Sequence[str] = (),
    exclude: Sequence[str] = (),
    hops: int,
) -> Result:
    """Return k ways to be introduced to a stakeholder, together as promising as can be.

    Parameters
    ----------
    evidence : Evidence
        Everyone in the store with `status`, `organisation` and `role`, those who left too.
    target : str
        The id of whom we want to meet; of an organisation, ways to its people are ways to it.
    k : int
        How many ways.
    start : sequence of str
        Ids of who may begin a way; all active employees for none.
    exclude : sequence of str
        Ids of who is to be left out.
    hops : int
        The most ties of a way.

    Returns
    -------
    Result
        `rank, way, names, chance, together, weakest, weakest_strength`. `names` tell the role of
        people who have one. `chance` is the product of the strengths of the way's ties, `together`
        the chance that this way or one above it holds. Direct ties come first.

    Raises
    ------
    UsageError
        The target is of the firm, or excluded; or somebody can't begin a way.
    """
    found = _search(evidence, target, start, exclude, hops)
    starts, passable = found.starts, found.passable
    direct = choose_ways(WaySearch(found.links, starts, passable, found.targets, 1, _steps()), k)
    search = WaySearch(found.links, starts, passable, found.targets, hops, _steps())
    chosen = choose_ways(search, k, direct)
    notes = _notes(found, chosen, direct, stopped=search.stopped)
    return _rows(found, chosen).with_notes(*notes)


def _steps() -> int:
    return int(assumptions.INTRODUCTION_STEPS)


def _search(
    evidence: Evidence, target: str, start: Sequence[str], exclude: Sequence[str], hops: int
) -> _Search:
    evidence = by_id(evidence)
    nodes = evidence.nodes
    place = {node_id: row for row, node_id in enumerate(nodes.ids.tolist())}
    links, unknown, notes = known_links(evidence)
    active = np.asarray(texts(nodes, "status") != "left", dtype=bool)
    employee = np.asarray(nodes.markets == EMPLOYEE, dtype=bool)
    left_out = np.isin(nodes.ids.astype(str), exclude)
    passable = may_be_between(evidence) & ~left_out
    end = place[target]
    if nodes.markets[end] == FIRM or (employee[end] and active[end]):
        raise UsageError("intro.inside", parameter="stakeholder", target=target)
    if left_out[end]:
        raise UsageError("intro.excluded", parameter="exclude", target=target)
    targets = _people_of(evidence, end, active & ~left_out)
    passable[list(targets)] = False
    starts = active & employee & ~left_out
    if start:
        starts = np.isin(nodes.ids.astype(str), start)
        for row in np.flatnonzero(starts).tolist():
            if not active[row] or left_out[row] or row == end or nodes.markets[row] == FIRM:
                raise UsageError("intro.start", parameter="start", start=str(nodes.ids[row]))
    return _Search(nodes, links, starts, passable, end, targets, hops, unknown, notes)


def may_be_between(evidence: Evidence) -> Mask:
    """Return who may be on a way between its ends."""
    nodes = evidence.nodes
    active = np.asarray(texts(nodes, "status") != "left", dtype=bool)
    passable = active & ~np.isin(nodes.markets.astype(str), _NEVER_BETWEEN)
    return np.asarray(passable & ~hostile_to_us(evidence, active), dtype=bool)


def _people_of(evidence: Evidence, end: int, there: Mask) -> tuple[int, ...]:
    """Return the target and, of an organisation, who works for it."""
    people = find_organisations(evidence.nodes, evidence.ties) == end
    others = np.flatnonzero(people & there & (np.arange(len(people)) != end))
    return (end, *others.tolist())


def _rows(found: _Search, chosen: Sequence[Way]) -> Result:
    ties = [way.ties for way in chosen]
    weakest = [int(np.argmin(way.chances)) for way in chosen]
    labels = _labels(found.nodes)
    names = [_joined([labels[row] for row in way.nodes]) for way in chosen]
    return Result(
        {
            "rank": np.arange(1, len(chosen) + 1),
            "way": text_array(_joined(found.ids(way.nodes)) for way in chosen),
            "names": text_array(names),
            "chance": np.array([way.chance for way in chosen]),
            "together": np.array([chance_of_one(ties[: row + 1]) for row in range(len(ties))]),
            "weakest": text_array(
                _joined(found.ids(way.nodes[at : at + 2]))
                for way, at in zip(chosen, weakest, strict=True)
            ),
            "weakest_strength": np.array(
                [way.chances[at] for way, at in zip(chosen, weakest, strict=True)]
            ),
        }
    )


def _labels(nodes: Nodes) -> list[str | None]:
    """Return names, with the role of people who have one."""
    told = zip(nodes.names.tolist(), texts(nodes, "role").tolist(), strict=True)
    return [f"{name or '?'} ({role})" if role else name for name, role in told]


def _joined(labels: Sequence[str | None]) -> str:
    return " > ".join(label or "?" for label in labels)


def _notes(
    found: _Search, chosen: Sequence[Way], direct: Sequence[Way], *, stopped: bool
) -> list[Note]:
    notes = list(found.notes)
    pairs = len(found.links.indices) // 2
    if not pairs:
        return [*notes, Note("intro.no_strength", count=found.unknown)]
    if found.unknown:
        notes.append(Note("intro.unknown", count=found.unknown, ties=pairs + found.unknown))
    if stopped:
        notes.append(Note("intro.stopped", steps=_steps()))
    elif not chosen:
        notes.append(_unreachable(found))
    if direct:
        notes.append(Note("intro.known", ids=found.ids([way.nodes[0] for way in direct])))
    if chosen:
        notes.append(Note("intro.chance"))
    return notes


def _unreachable(found: _Search) -> Note:
    """Return why no way leads there: it is too long, or between two parts of the network."""
    target = found.ids([found.target])[0]
    reached = _hops_from(found, np.isin(np.arange(found.links.n), found.targets))
    begins = reached[found.starts]
    if (begins > 0).any():
        nearest = int(begins[begins > 0].min())
        return Note("intro.too_far", target=target, hops=found.hops, nearest=nearest)
    theirs, ours = (
        np.flatnonzero(hops >= 0) for hops in (reached, _hops_from(found, found.starts))
    )
    return Note(
        "intro.apart",
        target=target,
        theirs=len(theirs),
        part=found.ids(theirs[:_NAMED]),
        ours=len(ours),
        other=found.ids(ours[:_NAMED]),
    )


def _hops_from(found: _Search, seeds: Mask) -> Ints:
    """Return the hops from the nearest of some nodes to each, −1 for who can't be reached."""
    hops = np.where(seeds, 0, -1)
    tails, heads = found.links.tails, found.links.indices
    front, step = seeds, 0
    while front.any():
        step += 1
        near = np.zeros(found.links.n, dtype=bool)
        near[heads[front[tails]]] = True
        near &= (hops < 0) & (found.passable | found.starts)
        hops[near] = step
        front = near & found.passable
    return hops
