"""The six-market map as one HTML file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Unpack, get_args

from relgraph.api.choice import Choice, take_choice
from relgraph.api.contents import counts_of, page_contents, shown_columns
from relgraph.api.decisions import decide
from relgraph.api.inline import Inline, framed
from relgraph.api.map_figures import Shown, check_figures, with_figures
from relgraph.api.map_times import with_times
from relgraph.api.map_ways import with_ways
from relgraph.api.overviews import gather_overview
from relgraph.api.shared import Shared, Sharing, key_beside
from relgraph.api.sharing import share
from relgraph.api.sheets import (
    FEW_CASCADES,
    finish_sheet,
    gather_sheet,
    what_is_missing,
    with_communities,
)
from relgraph.api.story import TEXTS, read_story
from relgraph.arguments import checked
from relgraph.endings import choose_format
from relgraph.errors import check_choice
from relgraph.messages import Language, Message, Note
from relgraph.render.map import render_map as render_page
from relgraph.render.overview import LARGEST_GROUP, LARGEST_MAP
from relgraph.render.sheet import MARKET, Radius, Sheet
from relgraph.replacing import replacing
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store

DEFAULT_MEASURE = "pagerank"
ENDINGS = {".html": "html", ".htm": "html"}


@dataclass(frozen=True)
class MapSummary(Inline):
    """What a map shows and what it leaves out.

    Parameters
    ----------
    path : Path
        The file.
    stakeholders, ties : int
        How many are drawn, the firm left out of the count.
    size : int
        Bytes of the file.
    notes : tuple of Note
        What was left out or assumed.
    """

    path: Path
    stakeholders: int
    ties: int
    size: int
    notes: tuple[Note, ...]


class Drawing(Changes, total=False):
    """How a map is drawn, as keyword arguments of `render_map`."""

    choice: Choice | None
    radius: str
    size: str | None
    colour: str
    language: Language
    title: str | None
    story: str | Path | None
    plan: bool | None
    opening: str | None
    without_money: bool
    anonymise: bool
    key: str | Path | None


@dataclass(frozen=True)
class MapPage:
    """A map in memory; a notebook shows it inline.

    Parameters
    ----------
    html : str
        The whole page, which needs nothing else.
    stakeholders, ties : int
        How many are drawn, the firm left out of the count.
    notes : tuple of Note
        What was left out or assumed.
    """

    html: str = field(repr=False)
    stakeholders: int
    ties: int
    notes: tuple[Note, ...]

    def _repr_html_(self) -> str:
        return framed(self.html, "relgraph")


@checked
def draw_map(
    store: Store,
    path: str | Path,
    settings: RankingSettings | None = None,
    **changes: Unpack[Drawing],
) -> MapSummary:
    """Write the map of a store as one HTML file that needs nothing else.

    Parameters
    ----------
    path : str or Path
        The file; it is replaced when all went well.
    settings, **changes
        As for `render_map`; the key is kept beside the file unless another place is named.

    Raises
    ------
    UsageError
        The ending of the file says another format, or as for `render_map`.
    UnknownStakeholder, InvalidInput
        As for `render_map`.
    OutputError
        The file can't be written.
    """
    choose_format(path, ENDINGS, None, "html")
    if changes.get("anonymise") is True and changes.get("key") is None:
        changes["key"] = key_beside(path)
    page = render_map(store, settings, **changes)
    html = page.html.encode()
    with replacing(path) as beside:
        beside.write_bytes(html)
    return MapSummary(Path(path), page.stakeholders, page.ties, len(html), page.notes)


@checked
def render_map(
    store: Store,
    settings: RankingSettings | None = None,
    *,
    choice: Choice | None = None,
    radius: str = "hop",
    size: str | None = None,
    colour: str = MARKET,
    language: Language = "en",
    title: str | None = None,
    story: str | Path | None = None,
    plan: bool | None = None,
    opening: str | None = None,
    without_money: bool = False,
    anonymise: bool = False,
    key: str | Path | None = None,
    **changes: Unpack[Changes],
) -> MapPage:
    """Return the map of a store as one page.

    Parameters
    ----------
    settings, **changes
        Which network, as of when (`relgraph.RankingSettings`), or single settings by name;
        rivalries are drawn, but not measured. The same seed and store give the same bytes.
    choice : Choice, optional
        Who is drawn.
    radius : str
        What the rings around the firm show at opening: `hop`, `strength` or `level` of the tie to
        the firm, or anything that colour can show.
    size : str, optional
        What the size of a mark shows at opening: a measure of the network, a numeric column of the
        store, `at_stake` and `p_leave` (as planning has them), `loss` (as `rank_exits`) or `level`
        (as `classify_stakeholders`). None shows PageRank, and in an overview how many are in each
        group.
    colour : str
        What its colour shows at opening: `market`, any of these, `grade`, `class`, or any other
        column of the store.
    language : {"en", "zh"}
        The page's language at opening.
    title : str, optional
        Heading; the firm's name by default.
    story : str or Path, optional
        A TOML file whose steps the page walks through (`relgraph.api.story`).
    plan : bool, optional
        Whether it says and marks where to invest this quarter; by default up to 100,000
        stakeholders.
    opening : str, optional
        What it shows at opening: `ribbons` between markets, all `lines`, or `finding:N`, whom the
        Nth sentence of its headline names first. By default ribbons where there are many lines.
    without_money : bool
        Leave out every figure that is money or made from it, and columns of unknown meaning.
    anonymise : bool
        Name everyone by market and number, and leave out what could say who they are.
    key : str or Path, optional
        The file that tells who is who, for its owner alone; one that is there is used again. None
        keeps no key.

    Raises
    ------
    UsageError
        There is no such measure or column.
    UnknownStakeholder
        The focus is not in the store, or not in the network.
    InvalidInput
        The story has problems.
    OutputError
        The key can't be read or written.
    """
    settings = settle(settings, changes)
    _check_opening(opening)
    seed, progress = settings.seed, settings.progress
    measure = size or DEFAULT_MEASURE
    ring = None if radius in get_args(Radius) else radius
    shown = Shown(measure, colour, ring, money=not without_money)
    check_figures(store, shown)  # before a key is made
    shared = share(store, Sharing(without_money, anonymise, key), language)
    check_figures(shared.store, shown)
    choice = choice or Choice()
    if anonymise:
        choice = replace(choice, focus=shared.find_one(choice.focus, "focus"))
    progress.start("progress.reading_store")
    gathered = gather_sheet(shared.store, settings, FEW_CASCADES)
    gathered = with_figures(shared.store, gathered, settings, shown)
    gathered = with_times(with_ways(gathered))
    decisions = decide(shared, gathered, settings, plan)
    gathered = replace(gathered, sheet=replace(gathered.sheet, ranks=decisions.ranks))
    progress.start("progress.choosing")
    gathered, omitted = take_choice(shared.store, gathered, choice, measure)
    groups: dict[tuple[int, ...], Sheet] = {}
    if len(gathered.sheet.nodes) > LARGEST_MAP:
        gathered = replace(gathered, sheet=with_communities(gathered, seed))
        sheet, groups = gather_overview(gathered, size is not None, seed, progress)
        omitted = (*omitted, _overview_note(gathered.sheet, groups))
    else:
        progress.start("progress.layout")
        sheet = finish_sheet(gathered, seed)
    told = () if decisions.note is None else (decisions.note,)
    notes = (*omitted, *told, *what_is_missing(gathered.sheet), *sheet.notes)
    sheet = replace(sheet, notes=notes)
    steps = _told(story, sheet, shared) if story else []
    html = render_page(
        sheet,
        groups,
        title=shared.text(title) if title else _title(sheet),
        seed=seed,
        radius=radius,
        language=language,
        as_of=gathered.picture.as_of_date,
        story=steps,
        headline=[(each.message, each.ids) for each in decisions.headline],
        opening=opening or "",
        high_score=gathered.basis.values["high_score"],
        currency=gathered.picture.evidence.currency,
        contents=page_contents(shared, counts_of(gathered), shown_columns(sheet)),
    )
    progress.finish()
    picture = gathered.picture
    return MapPage(html, picture.stakeholders, len(picture.ties), (*sheet.notes, *shared.notes))


def _told(story: str | Path, sheet: Sheet, shared: Shared) -> list[dict[str, Any]]:
    """Return the steps of a story, with pseudonyms in its texts if there are any."""
    steps = read_story(story, sheet, lambda text: shared.find([text], "story")[0])

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: told(each) for name, each in value.items()}
        if isinstance(value, list):
            return [told(each) for each in value]
        return shared.text(value) if isinstance(value, str) else value

    return [{**step, **{key: told(step[key]) for key in TEXTS if key in step}} for step in steps]


def _check_opening(opening: str | None) -> None:
    if opening is not None and not re.fullmatch("finding:[1-9][0-9]*", opening):
        check_choice(opening, ("ribbons", "lines", "finding:N"), "opening")


def _overview_note(sheet: Sheet, groups: dict[tuple[int, ...], Sheet]) -> Note:
    first = sum(len(path) == 1 for path in groups)
    return Note("map.overview", all=len(sheet.nodes), groups=first, most=LARGEST_GROUP)


def _title(sheet: Sheet) -> Message:
    firm = sheet.firm_name
    return Message("map.untitled") if firm is None else Message("map.title", firm=firm)
