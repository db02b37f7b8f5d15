"""Charts of a plan as inline SVG, whose colours are those of the page's style sheet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

WIDTH, LEFT, RIGHT, ROW = 480, 156, 84, 25
_LABEL = 16  # letters of a label, of which a Chinese one takes the room of two


class Bar(NamedTuple):
    """A value with its label, and the ends of its interval where it has one."""

    label: str
    value: float
    low: float = math.nan
    high: float = math.nan


def bars(rows: Sequence[Bar]) -> Markup:
    """Return horizontal bars, for amounts that are not negative."""
    scale = _Scale([0.0, *(row.value for row in rows)], LEFT, WIDTH - RIGHT)
    parts = []
    for place, row in enumerate(rows):
        y = place * ROW
        width = max(1.0, scale(row.value) - LEFT)
        bar = Markup('<rect class="bar-mark" x="{}" y="{}" width="{}" height="{}" rx="2"/>')
        parts += [_label(row.label, y), bar.format(LEFT, y + 5, _short(width), ROW - 10)]
        parts.append(_figure(row.value, scale(row.value) + 6, y))
    return _svg(parts, len(rows) * ROW)


def intervals(rows: Sequence[Bar]) -> Markup:
    """Return values as dots on the lines of their intervals, and where nothing is gained."""
    known = [end for row in rows for end in (row.low, row.value, row.high)]
    scale = _Scale([0.0, *known], LEFT, WIDTH - RIGHT)
    height, zero = len(rows) * ROW, _short(scale(0.0))
    parts = [
        Markup('<line class="zero" x1="{}" x2="{}" y1="0" y2="{}"/>').format(zero, zero, height)
    ]
    for place, row in enumerate(rows):
        y, middle = place * ROW, place * ROW + ROW / 2
        parts.append(_label(row.label, y))
        if not math.isnan(row.low):
            ends = (_short(scale(row.low)), _short(scale(row.high)))
            line = Markup('<line class="interval" x1="{}" x2="{}" y1="{}" y2="{}"/>')
            parts.append(line.format(*ends, middle, middle))
        dot = Markup('<circle class="dot" cx="{}" cy="{}" r="5"/>')
        parts.append(dot.format(_short(scale(row.value)), middle))
        parts.append(_figure(row.value, WIDTH - RIGHT + 8, y))
    return _svg(parts, height)


def steps(points: Sequence[tuple[float, float]], across: str, up: str) -> Markup:
    """Return a line that rises in steps, with the names of both axes."""
    height, bottom, left = 240, 196, 78
    x = _Scale([0.0, *(point[0] for point in points)], left, WIDTH - 24)
    y = _Scale([0.0, *(point[1] for point in points)], bottom, 24)
    path = [f"M{_short(x(0))} {_short(y(0))}"]
    for budget, net in points:
        path.append(f"H{_short(x(budget))}V{_short(y(net))}")
    path.append(f"H{WIDTH - 24}")
    most = max(point[1] for point in points)
    texts = (
        (left - 8, y(most) + 4, "end", f"{most:,.0f}"),
        (left - 8, bottom + 4, "end", "0"),
        (x(points[-1][0]), bottom + 18, "end", f"{points[-1][0]:,.0f}"),
        (left, 14, "start", up),
        (WIDTH - 24, bottom + 36, "end", across),
    )
    shown = Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>')
    axis = Markup('<path class="axis" d="M{} 24V{}H{}"/>').format(left, bottom, WIDTH - 24)
    line = Markup('<path class="step" d="{}"/>').format(" ".join(path))
    words = [shown.format(_short(a), _short(b), anchor, text) for a, b, anchor, text in texts]
    return _svg([axis, line, *words], height)


class _Scale:
    """Takes values to places between two ends."""

    def __init__(self, values: Sequence[float], first: float, last: float) -> None:
        known = [value for value in values if not math.isnan(value)]
        self.low, self.high = min(known), max(known)
        self.first, self.last = first, last

    def __call__(self, value: float) -> float:
        span = self.high - self.low or 1.0
        return self.first + (value - self.low) / span * (self.last - self.first)


def _label(text: str, y: float) -> Markup:
    room, cut = _LABEL, ""
    for letter in text:
        room -= 2 if ord(letter) > 0x2E7F else 1
        if room < 0:
            cut += "…"
            break
        cut += letter
    shown = Markup('<text x="{}" y="{}" text-anchor="end">{}</text>')
    return shown.format(LEFT - 10, y + ROW / 2 + 4, cut)


def _figure(value: float, x: float, y: float) -> Markup:
    shown = Markup('<text class="figure" x="{}" y="{}">{}</text>')
    return shown.format(_short(x), y + ROW / 2 + 4, f"{value:z,.0f}")


def _short(number: float) -> str:
    return f"{number:.1f}"


def _svg(parts: Sequence[Markup], height: float) -> Markup:
    """Return a drawing that a screen reader passes over: a table gives the same figures."""
    head = Markup('<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false">')
    return head.format(WIDTH, height) + Markup("").join(parts) + Markup("</svg>")
