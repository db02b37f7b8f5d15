"""What would change: the figures of a firm before and after each of some scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from relgraph.comparison.changes import COLUMNS, Changes, Ends, find_changes
from relgraph.comparison.figures import figures_of
from relgraph.comparison.measures import CHOICES, MONEY, chosen_measures
from relgraph.comparison.money import TOTALS, money_change
from relgraph.comparison.scenario import Scenario, read_scenario
from relgraph.comparison.state import State
from relgraph.dataset import Dataset
from relgraph.messages import Note
from relgraph.network import text_array
from relgraph.planning.basis import assumed_ranges
from relgraph.planning.notes import assumption_notes, churn_notes
from relgraph.progress import Progress
from relgraph.result import Result
from relgraph.settings import PlanningSettings, end_of_today
from relgraph.store.frame_store import FrameStore


@dataclass(frozen=True, eq=False)
class Future:
    """What a firm would be.

    Parameters
    ----------
    name : str
        Of the scenario.
    store : FrameStore
        What there would be.
    assumptions : mapping of str to float
        Assumptions that would have another value.
    notes : tuple of Note
        On the files.
    """

    name: str
    store: FrameStore
    assumptions: Mapping[str, float]
    notes: tuple[Note, ...]


def read_futures(
    present: FrameStore,
    paths: Sequence[str | Path],
    progress: Progress,
    *,
    together: bool = False,
) -> list[Future]:
    """Return what each scenario makes of the present, or all of them one after the other."""
    if not together:
        scenarios = [read_scenario(path, present, progress) for path in paths]
        return [_future(each, present.dataset) for each in scenarios]
    store, found = present, []
    for path in paths:
        found.append(_future(read_scenario(path, store, progress), store.dataset))
        store = found[-1].store
    assumed = {name: value for each in found for name, value in each.assumptions.items()}
    notes = tuple(note for each in found for note in each.notes)
    return [Future(" + ".join(each.name for each in found), store, assumed, notes)]


def _future(scenario: Scenario, present: Dataset) -> Future:
    store = FrameStore(scenario.name, scenario.apply(present))
    return Future(scenario.name, store, scenario.assumptions, scenario.notes)


def whatif_rows(
    present: FrameStore,
    futures: Sequence[Future],
    settings: PlanningSettings,
    measures: Iterable[str] = (),
) -> Result:
    """Return what each scenario changes, the largest changes of each measure's scale first.

    Parameters
    ----------
    present : FrameStore
        What there is.
    futures : sequence of Future
        What there would be.
    settings : PlanningSettings
        How figures are made, on both sides.
    measures : iterable of str
        Of `measures.CHOICES`; the usual ones if there are none.

    Returns
    -------
    Result
        `scenario` where there are several, and `measure, id, name, market, before, after, change,
        low, high, rank_before, rank_after, rank_change`. Rows without id are of the firm as a
        whole. `low` and `high` are the 95 % interval of the change over drawn worlds, the same on
        both sides; only money has one.
    """
    names, slow = chosen_measures(measures, len(present.dataset.stakeholders))
    settings, moved = _at_one_moment(present, futures, settings)
    before = State(present, settings)
    notes = [*(note for future in futures for note in future.notes), *slow, *moved]
    found = [_changes(before, future, settings, names) for future in futures]
    if any(name in MONEY for name in names):
        notes += [*assumption_notes(before.basis), *churn_notes(before.basis)]
        notes += _frozen(futures)
    named = [future.name for future in futures] if len(futures) > 1 else []
    return _rows(found, named).with_notes(*notes)


def _frozen(futures: Sequence[Future]) -> Iterator[Note]:
    yield Note("whatif.frozen")
    for future in futures:
        for name, value in future.assumptions.items():
            yield Note("whatif.assumed", scenario=future.name, name=name, value=value)


def _at_one_moment(
    present: FrameStore, futures: Sequence[Future], settings: PlanningSettings
) -> tuple[PlanningSettings, list[Note]]:
    """Return settings that look at both sides at one moment: that of the latest contact."""
    if settings.as_of is not None:
        return settings, []
    now = end_of_today()
    known = _latest(present.dataset)
    usual = _latest(present.dataset, now)
    moments = {usual}
    for future in futures:
        latest = _latest(future.store.dataset)
        planned = latest is not None and (known is None or latest > known)
        moments.add(latest if planned else _latest(future.store.dataset, now))
    moments.discard(None)
    if len(moments) < 2 and (usual is not None or not moments):
        return settings, []
    moment = max(each for each in moments if each is not None)
    return replace(settings, as_of=moment), [Note("whatif.moment", at=moment)]


def _latest(dataset: Dataset, until: datetime | None = None) -> datetime | None:
    """Return the time of the latest contact, of those up to a moment."""
    if not len(dataset.interactions):
        return None
    at = dataset.interactions["at"].dt.tz_localize(None)
    at = at if until is None else at[at <= until]
    return at.max().to_pydatetime() if len(at) else None


def _changes(
    before: State, future: Future, settings: PlanningSettings, names: Sequence[str]
) -> Changes:
    """Return what a scenario changes."""
    after = _after(before, future, settings)
    if not any(name in MONEY for name in names):
        return find_changes(figures_of(before, names), figures_of(after, names))
    money = money_change(before, after, settings)
    ends: Ends = {
        "clv": (money.clv.low, money.clv.high),
        "p_leave": (money.p_leave.low, money.p_leave.high),
        **{
            name: (money.totals.low[[place]], money.totals.high[[place]])
            for place, name in enumerate(TOTALS)
        },
    }
    return find_changes(
        figures_of(before, names, money.before), figures_of(after, names, money.after), ends
    )


def _after(before: State, future: Future, settings: PlanningSettings) -> State:
    """Return a firm after a scenario, seen from the present: with its rates, means and ratios."""
    assumed = replace(settings, assume={**settings.assume, **future.assumptions})
    present = before.basis
    if future.assumptions:
        ranges = assumed_ranges(assumed.assume)
        values = {name: value for name, (_, value, _) in ranges.items()}
        present = replace(present, ranges=ranges, values=values)
    state = State(future.store, assumed, present)
    there = set(future.store.dataset.stakeholders["id"].tolist())
    gone = (before.active & there) - state.active
    ours = before.basis.accounts
    known = ours.evidence.nodes.ids[np.concatenate([ours.rows, ours.staff])]
    return replace(state, leavers=frozenset(gone & set(known.tolist())))


def _rows(found: Sequence[Changes], names: Sequence[str]) -> Result:
    """Return the changes of all scenarios as rows, those of one figure below one another."""
    columns = {
        name: np.concatenate([changes.columns[name] for changes in found]) for name in COLUMNS
    }
    scenario = np.repeat(np.arange(len(found)), [len(changes.weight) for changes in found])
    weight = np.concatenate([changes.weight for changes in found])
    figures = list(zip(columns["measure"].tolist(), columns["id"].tolist(), strict=True))
    largest: dict[tuple[str, str | None], float] = {}
    for figure, share in zip(figures, weight.tolist(), strict=True):
        largest[figure] = max(share, largest.get(figure, 0.0))
    order = sorted(
        range(len(figures)),
        key=lambda row: (
            -largest[figures[row]],
            CHOICES.index(figures[row][0]),
            figures[row][1] or "",
            scenario[row],
        ),
    )
    places = np.array(order, np.int64)
    if names:
        columns = {"scenario": text_array(names[each] for each in scenario.tolist()), **columns}
    return Result({name: column[places] for name, column in columns.items()})
