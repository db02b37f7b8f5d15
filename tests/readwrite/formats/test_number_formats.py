"""Number formats: what Excel shows of a number, by formats that Excel and LibreOffice write."""

from __future__ import annotations

import pytest

from relgraph.readwrite.formats.number_formats import BUILT_IN, shown_as


@pytest.mark.parametrize(
    "format",
    [
        "yyyy-mm-dd",
        "m/d/yy",
        "[$-409]d-mmm-yy",
        "[$-409]mmmm\\ d\\,\\ yyyy;@",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
        "[$-zh-CN]yyyy\\-mm\\-dd",
        "[$-sv-SE]d\\ mmmm\\ yyyy",
        '[$-804]yyyy"年"m"月"d"日";@',
        "[Red]yyyy-mm-dd",
        '"hs"yyyy-mm-dd',
        'yyyy-mm-dd" (hours)"',
        "yyyy\\-mm\\-dd\\h",
        "dd.mm.yyyy_h",
        "*sdd.mm.yyyy",
        "[$-411]ge.m.d",
        "mmm",
        "[<1]hh:mm;yyyy-mm-dd",
        "[Blue][>=40000]yyyy;[h]:mm",
    ],
)
def test_days(format: str) -> None:
    assert shown_as(format, 45443.5) == "date"


@pytest.mark.parametrize(
    "format",
    [
        "yyyy-mm-dd hh:mm:ss",
        "m/d/yy h:mm",
        "[$-409]m/d/yy\\ h:mm\\ AM/PM;@",
        "[$-x-sysdate]dd/mm/yyyy\\ hh:mm",
        "[Green]d.m.yy h:mm",
        "yyyy\\-mm\\-dd\\Thh:mm:ss.000",
        "dd mmm h A/P",
    ],
)
def test_times(format: str) -> None:
    assert shown_as(format, 45443.5) == "time"


@pytest.mark.parametrize(
    "format", ["h:mm", "hh:mm:ss.0", "[$-F400]h:mm:ss\\ AM/PM", "mm:ss", '上午/下午h"时"mm"分"']
)
def test_times_of_day(format: str) -> None:
    assert shown_as(format, 0.5) == "clock"


@pytest.mark.parametrize("format", ["[h]:mm", "[hh]:mm:ss", "[mm]:ss", "[ss].00", "[Red][H]:MM"])
def test_durations(format: str) -> None:
    assert shown_as(format, 1.25) == "duration"


@pytest.mark.parametrize(
    "format",
    [
        "General",
        "0.00",
        "#,##0;[Red]-#,##0",
        "0%",
        "0.00E+00",
        '0" days"',
        '#,##0.00\\ "€";[Red]\\-#,##0.00\\ "€"',
        "[$€-407]#,##0.00",
        "[Yellow]0;[Magenta]-0",
        "0\\d",
        "0_d",
        "0*d",
        'General" shares"',
        "[Color10]General",
        "G/通用格式",
        "@",
        "# ?/?",
        "000-00-0000",
        '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    ],
)
def test_numbers(format: str) -> None:
    assert shown_as(format, 45443) == "number"


@pytest.mark.parametrize(
    ("format", "shown"),
    [
        ("yyyy;0;hh:mm", {5: "date", -5: "number", 0: "clock"}),
        ("yyyy;0", {5: "date", -5: "number", 0: "date"}),
        ("[=1]0;[>10]yyyy;hh:mm", {1: "number", 11: "date", 5: "clock"}),
        ("[<100]0;yyyy", {5: "number", 100: "date"}),
    ],
)
def test_the_section_that_a_number_is_for(format: str, shown: dict[float, str]) -> None:
    assert {number: shown_as(format, number) for number in shown} == shown


def test_an_unfinished_format_is_read_to_its_end() -> None:
    for format in ('yyyy"', "yyyy\\", "yyyy_", "yyyy[", "[", ";", ";;;", '"'):
        assert shown_as(format, 1) in ("date", "number")


def test_formats_that_need_no_spelling_out() -> None:
    """Those of ECMA-376, part 1, 18.8.30; 31 is a day in Chinese, Japanese and Korean alike."""
    shown = {number: shown_as(format, 45443) for number, format in BUILT_IN.items()}
    assert [shown[number] for number in (14, 17, 22, 31, 46)] == [
        *("date", "date", "time", "date", "duration")
    ]
    assert shown_as(BUILT_IN[20], 0.5) == shown_as(BUILT_IN[32], 0.5) == "clock"
    assert not {0, 1, 4, 9, 13, 37, 40, 44, 48, 49} & set(BUILT_IN)
