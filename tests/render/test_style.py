"""Colours are told apart with every kind of sight, in grey print shapes remain, all stand once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pytest

from relgraph.model import FIRM, LEVELS, MARKETS
from relgraph.render.layout import OUTER
from relgraph.render.page import TEMPLATES, render_page
from relgraph.render.style import STYLE, relative_sizes, tie_widths

Array = npt.NDArray[np.float64]
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")

# Machado, Oliveira, Fernandes 2009, severity 1.0, doi 10.1109/TVCG.2009.113
SIGHT: dict[str, Array] = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}

# Ottosson 2020, https://bottosson.github.io/posts/oklab
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
JUST_NOTICEABLE = 0.02  # in OKLab


def linear(colour: str) -> Array:
    value = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def seen(colour: str, sight: str) -> Array:
    light = np.clip(SIGHT[sight] @ linear(colour), 0, 1)
    return np.asarray(TO_LAB @ np.cbrt(TO_CONES @ light), dtype=np.float64)


def luminance(colour: str) -> float:
    return float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour))


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def market_colours(theme: Theme) -> list[str]:
    return [market[theme] for market in STYLE["markets"].values()]


def ground(theme: Theme) -> str:
    colour: str = STYLE["palette"]["ground"][theme]
    return colour


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_markets_are_told_apart_by_colour(theme: Theme, sight: str) -> None:
    distances = [
        float(np.linalg.norm(seen(first, sight) - seen(second, sight)))
        for first, second in combinations(market_colours(theme), 2)
    ]
    assert min(distances) > 5 * JUST_NOTICEABLE


@pytest.mark.parametrize("theme", THEMES)
def test_markets_stand_out_from_the_ground(theme: Theme) -> None:
    assert min(contrast(colour, ground(theme)) for colour in market_colours(theme)) >= 3.0


def test_no_two_markets_share_a_shape_so_grey_print_reads() -> None:
    shapes = [look["shape"] for market, look in STYLE["markets"].items() if market != FIRM]
    assert len(set(shapes)) == len(shapes) == 6


def test_every_market_and_level_has_its_look() -> None:
    assert set(STYLE["markets"]) == {*MARKETS, FIRM}
    for theme in THEMES:
        assert len(STYLE["levels"][theme]) == len(LEVELS) + 1  # the first is of no known level


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_colours_of_values_run_one_way_and_losses_and_unknown_stand_apart(
    theme: Theme, sight: str
) -> None:
    ramp = STYLE["values"][theme]
    steps = [contrast(colour, ground(theme)) for colour in ramp]
    assert steps == sorted(steps)
    assert steps[0] >= 3.0
    apart = [*ramp, *(STYLE["palette"][name][theme] for name in ("loss", "unknown"))]
    distances = [
        float(np.linalg.norm(seen(first, sight) - seen(second, sight)))
        for first, second in combinations(apart, 2)
    ]
    assert min(distances) > 4 * JUST_NOTICEABLE


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_categories_differ_in_colour_and_shape_and_from_unknown(theme: Theme, sight: str) -> None:
    looks = STYLE["categories"]
    shapes = [*looks["shapes"]["named"], looks["shapes"]["others"]]
    assert len(set(shapes)) == len(shapes) == len(looks[theme]) + 1
    assert min(contrast(colour, ground(theme)) for colour in looks[theme]) >= 3.0
    apart = [*looks[theme], STYLE["palette"]["unknown"][theme]]
    distances = [
        float(np.linalg.norm(seen(first, sight) - seen(second, sight)))
        for first, second in combinations(apart, 2)
    ]
    assert min(distances) > 5 * JUST_NOTICEABLE


def sources(*patterns: str) -> Iterator[tuple[Path, str]]:
    for pattern in patterns:
        for file in sorted(TEMPLATES.parent.glob(pattern)):
            yield file, file.read_text(encoding="utf-8")


COLOUR = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgba?|hsla?)\(", re.I)


def test_no_colour_stands_outside_the_style() -> None:
    for file, source in sources("**/*.py", "**/*.j2", "**/*.mjs", "**/*.css"):
        assert COLOUR.findall(source) == [], file


def test_font_and_radius_have_no_second_copy() -> None:
    assert STYLE["radius"]["map"] == OUTER
    for file, source in sources("**/*.py", "**/*.j2", "**/*.mjs", "**/*.css"):
        assert "sans-serif" not in source, file


def test_style_sheets_and_style_know_the_same_colours() -> None:
    css = "".join(source for _, source in sources("**/*.css"))
    script = "".join(source for _, source in sources("**/*.mjs"))
    used = set(re.findall(r"var\(--([\w-]+)\)", css))
    drawn = set(re.findall(r'this\.colour\("([\w-]+)"\)', script))
    assert used - {"font", "share"} <= set(STYLE["palette"])
    assert used | drawn == {*STYLE["palette"], "font", "share"}


def test_the_theme_has_every_colour_on_both_grounds() -> None:
    css = render_page("theme.css.j2", payload={"style": STYLE})
    light, dark = css.split('[data-theme="dark"]')
    for name, colour in STYLE["palette"].items():
        assert f"  --{name}: {colour['light']};\n" in light
        assert f"  --{name}: {colour['dark']};\n" in dark
    assert f"--font: {STYLE['font']};" in light


@pytest.mark.parametrize("theme", THEMES)
def test_levels_run_one_way_in_luminance(theme: Theme) -> None:
    ramp = [contrast(colour, ground(theme)) for colour in STYLE["levels"][theme][1:]]
    assert ramp == sorted(ramp)
    assert all(later > earlier * 1.1 for earlier, later in pairwise(ramp))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([0.0, 0.0], [1, 1]),
        ([-4.0, np.nan], [1, 1]),
        # One tenth of the largest area below 0; what isn't known is neither large nor small.
        ([np.nan, np.inf, 3.0, -1.0], [0.8, 0.8, 1.348, 0.426]),
    ],
)
def test_sizes_of_odd_values(values: list[Any], expected: list[float]) -> None:
    assert relative_sizes(np.array(values, dtype=np.float64)).tolist() == pytest.approx(
        expected, abs=1e-3
    )


def test_area_grows_with_the_measure() -> None:
    area = relative_sizes(np.arange(11.0)) ** 2
    assert np.diff(area) == pytest.approx([np.diff(area)[0]] * 10)


def test_a_stronger_tie_is_wider() -> None:
    widths = tie_widths(np.array([np.nan, 0.1, 0.5, 1.0]))
    assert (np.diff(widths) > 0).all()
