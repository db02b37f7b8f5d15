"""Plots: rows as a picture, through matplotlib, where it says more than a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from relgraph.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

Columns = Mapping[str, npt.NDArray[Any]]
Draw = Callable[[Columns, "Axes"], None]

MOST = 20  # rows that bars and intervals show
# Fonts that have Chinese, where the usual one has none; the first that is installed is taken.
_CHINESE = ("Noto Sans CJK SC", "Noto Sans CJK JP", "PingFang SC", "Microsoft YaHei", "SimHei")
_LABELS = ("name", "source_name", "id", "source", "market", "figure")


def draw(columns: Columns, ax: Axes | None = None) -> Axes:
    """Draw columns as the picture that suits them, and return its axes.

    Raises
    ------
    UsageError
        matplotlib isn't installed, or no column is a figure.
    """
    try:
        from matplotlib import pyplot
    except ImportError:
        raise UsageError("plot.missing") from None
    if ax is None:
        _, ax = pyplot.subplots()
    for needed, picture in _PICTURES.items():
        if set(needed) <= columns.keys():
            picture(columns, ax)
            return ax
    for figure in columns:
        if (ends := _ends(columns, figure)) is not None:
            _intervals(columns, ax, figure, *ends)
            return ax
    _bars(columns, ax)
    return ax


def _curve(columns: Columns, ax: Axes) -> None:
    """Draw the share of profit that the best customers bring, from the best to the worst."""
    ax.plot(columns["share_of_stakeholders"], columns["share_of_profit"])
    ax.axhline(1, linewidth=0.8, color="grey")
    ax.set(xlabel="share of customers, the most profitable first", ylabel="share of profit")


def _frontier(columns: Columns, ax: Axes) -> None:
    ax.step(columns["budget"], columns["net"], where="post")
    ax.set(xlabel="budget", ylabel="net")


def _by_hop(columns: Columns, ax: Axes) -> None:
    """Draw how many hear, hop by hop, a line for each teller."""
    figure = "people" if "people" in columns else "reached"
    names = _labels(columns)
    for name in dict.fromkeys(names):
        rows = [place for place, other in enumerate(names) if other == name]
        ax.plot(columns["hop"][rows], columns[figure][rows], marker="o", label=name)
    ax.set(xlabel="hop", ylabel=figure)
    _use_fonts(ax.legend().get_texts())


def _ends(columns: Columns, figure: str) -> tuple[str, str] | None:
    """Return the columns in which a figure's interval begins and ends."""
    for low, high in ((f"{figure}_low", f"{figure}_high"), ("low", "high")):
        if figure != "rank" and all(_is_figure(columns, each) for each in (figure, low, high)):
            return low, high
    return None


def _is_figure(columns: Columns, name: str) -> bool:
    return name in columns and columns[name].dtype.kind in "fiu"


def _intervals(columns: Columns, ax: Axes, name: str, low: str, high: str) -> None:
    """Draw a figure of the first rows as dots, and its interval as a line through each."""
    places = np.arange(len(columns[name][:MOST]))
    ax.hlines(places, columns[low][:MOST], columns[high][:MOST])
    ax.plot(columns[name][:MOST], places, "o")
    _name_rows(columns, ax, name)


def _bars(columns: Columns, ax: Axes) -> None:
    """Draw the first figure of the first rows as bars."""
    figures = (name for name in columns if name != "rank" and _is_figure(columns, name))
    if (name := next(figures, None)) is None:
        raise UsageError("plot.nothing", columns=tuple(columns))
    figure = columns[name][:MOST]
    ax.barh(np.arange(len(figure)), figure)
    _name_rows(columns, ax, name)


def _name_rows(columns: Columns, ax: Axes, figure: str) -> None:
    labels = _labels(columns)[:MOST]
    ax.set_yticks(np.arange(len(labels)), labels)
    _use_fonts(ax.get_yticklabels())
    ax.invert_yaxis()
    ax.set_xlabel(figure)


def _use_fonts(texts: Iterable[Text]) -> None:
    """Let names in Chinese be drawn, too."""
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    families = ["sans-serif", *[name for name in _CHINESE if name in installed][:1]]
    for text in texts:
        text.set_fontfamily(families)


def _labels(columns: Columns) -> list[str]:
    name = next((each for each in _LABELS if each in columns), next(iter(columns)))
    return [str(value).replace("$", r"\$") for value in columns[name].tolist()]


# The picture of rows that have these columns, the most telling first.
_PICTURES: dict[tuple[str, ...], Draw] = {
    ("share_of_stakeholders", "share_of_profit"): _curve,
    ("budget", "net"): _frontier,
    ("hop", "reached"): _by_hop,
}
