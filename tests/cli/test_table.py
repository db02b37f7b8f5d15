"""Tables for people: width of characters, safe text, folding on a narrow terminal."""

from __future__ import annotations

import pytest

from relgraph.cells import TextColumn, printable, printable_lines
from relgraph.cli.speech import display_width, pad, shorten
from relgraph.cli.table import table


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("王伟", 4),
        ("한국", 4),
        ("ｆｕｌｌ", 8),
        ("e\u0301", 1),  # e and a combining acute accent
        ("a\u200bb", 2),  # zero-width space
        ("🚀", 2),
        ("שלום", 4),
        ("ﾊﾝｶｸ", 4),
    ],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width
    assert display_width(pad(text, 12)) == 12
    assert pad(text, 12, right=True).endswith(text)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("王伟王伟", 5, "王伟…"),
        ("王伟王伟", 6, "王伟…"),
    ],
)
def test_shorten(text: str, width: int, expected: str) -> None:
    assert shorten(text, width) == expected
    assert display_width(shorten(text, width)) <= width


def test_printable_shows_what_steers_a_terminal() -> None:
    assert printable("a\x00b\x1b]0;t\x07\x7f\x85\u2028\u2066\ud800\r\n\t") == (
        r"a\x00b\x1b]0;t\x07\x7f\x85\u2028\u2066\ud800\r\n\t"
    )
    assert printable("naïve 王 שלום 👩‍🚀") == "naïve 王 שלום 👩‍🚀"
    assert printable_lines("a\n\tb\x1b\r") == "a\n\tb\\x1b\\r"


COLUMNS = [
    TextColumn("rank", ["1", "2"], True),
    TextColumn("id", ["a", "bb"], False),
    TextColumn("name", ["Ann", "N" * 70], False),
    *(TextColumn(f"measure_{letter}", ["0.1234", ""], True) for letter in "abcdef"),
]


def test_without_a_width_all_stands_side_by_side_and_whole() -> None:
    (block,) = table(COLUMNS)
    assert block[0].split() == [column.name for column in COLUMNS]
    assert "N" * 70 in block[2]
    assert len({len(line.rstrip()) for line in block[:2]}) == 1


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_a_narrow_terminal_gets_blocks_that_repeat_the_id(width: int) -> None:
    blocks = list(table(COLUMNS, width))
    names = [name for block in blocks for name in block[0].split()]
    assert [name for name in names if name not in ("rank", "id")] == [
        column.name for column in COLUMNS[2:]
    ]
    for block in blocks:
        assert block[0].split()[:2] == ["rank", "id"]
        assert len(block) == 3
        if width >= 40:
            assert max(map(display_width, block)) <= width


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("id a b", ["id a", "id b"]),
        ("rank source target a b", ["rank source target a", "rank source target b"]),
        ("preset a b", ["preset a", "preset b"]),
        ("a b id", ["a b id"]),
    ],
)
def test_blocks_repeat_what_tells_rows_apart(names: str, expected: list[str]) -> None:
    columns = [TextColumn(name, ["1" * 20], True) for name in names.split()]
    blocks = table(columns, 22 * (len(expected[0].split())))
    assert [" ".join(block[0].split()) for block in blocks] == expected


def test_what_fits_is_never_shortened() -> None:
    columns = [TextColumn("id", ["x" * 60], False), TextColumn("degree", ["3"], True)]
    assert list(table(columns, 80)) == list(table(columns))
    ((_, row),) = table(columns, 60)
    assert row == "x" * 51 + "…" + "       3"


def test_texts_are_shortened_evenly_until_a_line_holds_them() -> None:
    columns = [
        TextColumn("name", ["n" * 40], False),
        TextColumn("id", ["i" * 6], False),
        TextColumn("remark", ["r" * 60], False),
        TextColumn("strength", ["0.1234"], True),
    ]
    ((_, row),) = table(columns, 60)
    assert row == "n" * 19 + "…  " + "i" * 6 + "  " + "r" * 19 + "…    0.1234"
    assert len(list(table(columns, 30))) > 1  # nothing readable would be left


def test_no_columns_no_rows() -> None:
    assert list(table([])) == [[]]


def test_sentences_are_wrapped_and_nothing_of_them_is_lost() -> None:
    question = "How satisfied is the Brouwerij De Zilveren Reiger?"
    formula = "max(1-S,0.01)^β·e^(-γ·q)·e^(-θ·t)·ω·and·much·more"
    columns = [
        TextColumn("rank", ["1", "2"], True),
        TextColumn("question", [question, "Why?"], False, True),
        TextColumn("formula", [formula, "顾客的满意度是多少而且为什么会这样呢"], False, True),
        TextColumn("worth", ["12.00", "3.00"], True),
    ]
    [lines] = table(columns, 60)
    assert max(map(display_width, lines)) <= 60
    assert not any("…" in line for line in lines)
    words = " ".join(lines[1:]).split()
    assert [word for word in question.split() if word not in words] == []
    letters = "".join("".join(lines).split())
    assert letters.count("ω") == 1
    assert lines[0].split() == ["rank", "question", "formula", "worth"]
