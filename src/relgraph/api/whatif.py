"""What would change: scenarios against the present, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Unpack

from relgraph.api.maps import MapSummary, draw_map
from relgraph.api.reports import ReportSummary, write_report
from relgraph.arguments import checked, listed
from relgraph.comparison.measures import check_measures
from relgraph.comparison.whatif import Future, read_futures, whatif_rows
from relgraph.errors import UsageError
from relgraph.messages import Language, Note
from relgraph.result import Result
from relgraph.settings import PlanningChanges, PlanningSettings, RankingSettings, settle_planning
from relgraph.store import Store, fetch_dataset
from relgraph.store.frame_store import FrameStore

Paths = Iterable[str | Path] | Path


@checked
def compare_scenario(
    store: Store,
    scenarios: Paths,
    settings: PlanningSettings | None = None,
    *,
    measures: Iterable[str] = (),
    together: bool = False,
    draw: str | Path | None = None,
    report: str | Path | None = None,
    language: Language = "en",
    **changes: Unpack[PlanningChanges],
) -> Result:
    """Return what scenarios would change: figures before and after, and ranks.

    Its columns are those of `relgraph.comparison.whatif.whatif_rows`. Nothing is stored.

    Parameters
    ----------
    scenarios : path or iterable of paths
        Each a TOML file, or what an import reads; see docs/comparing.md.
    settings, **changes
        How the figures are made (`relgraph.PlanningSettings`), all together or single ones by
        name.
    measures : str or iterable of str
        What to compare, of `relgraph.comparison.measures.CHOICES`; the usual ones if left out.
    together : bool
        Apply the scenarios one after the other, as one.
    draw, report : path, optional
        Files for the map, and for the report, of the firm as it would be.
    language : {"en", "zh"}
        Of the map and the report.

    Returns
    -------
    Result
        `scenario, measure, id, name, market, low, high, before, after, change, rank_before,
        rank_after, rank_change`.

    Raises
    ------
    InvalidInput
        A scenario has problems; all are listed.
    UsageError
        An assumption or a measure is unknown, there is no scenario, or there are several to draw.
    """
    settings = settle_planning(settings, changes)
    paths = listed(scenarios, "scenarios", str | Path)
    asked = listed(measures, "measures")
    check_measures(asked)
    if not paths:
        raise UsageError("scenario.none", parameter="scenarios")
    present = FrameStore(store.url, fetch_dataset(store))
    futures = read_futures(present, paths, settings.progress, together=together)
    if len(futures) > 1 and (draw or report):
        raise UsageError("scenario.draw_one", parameter="draw" if draw else "report")
    result = whatif_rows(present, futures, settings, asked)
    return result.with_notes(*_draw(futures, settings, draw, report, language))


def _draw(
    futures: list[Future],
    settings: PlanningSettings,
    draw: str | Path | None,
    report: str | Path | None,
    language: Language,
) -> tuple[Note, ...]:
    """Draw the map and write the report of a firm as it would be; return what was written."""
    if draw is None and report is None:
        return ()
    ranking = RankingSettings(as_of=settings.as_of, seed=settings.seed, progress=settings.progress)
    (future,) = futures
    shown: dict[str, Any] = {"language": language, "title": future.name}
    written: list[tuple[str, MapSummary | ReportSummary]] = []
    if draw is not None:
        written.append(("map.drawn", draw_map(future.store, draw, ranking, **shown)))
    if report is not None:
        written.append(("report.written", write_report(future.store, report, ranking, **shown)))
    return tuple(
        Note(
            key,
            path=each.path,
            stakeholders=each.stakeholders,
            ties=each.ties,
            megabytes=each.size / 1e6,
        )
        for key, each in written
    )
