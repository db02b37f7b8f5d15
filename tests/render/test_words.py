"""What pages say: the same in every language, and for all that relgraph itself names."""

from __future__ import annotations

import re

import pytest

from relgraph.analysis.centrality.measures import MEASURES
from relgraph.assumptions import ASSUMPTIONS
from relgraph.model import (
    ALL_MARKETS,
    CONTACTED,
    KINDS,
    LEFT_REASONS,
    RELATIONSHIP_TYPES,
    STAKEHOLDER_COLUMNS,
    STATUSES,
)
from relgraph.render.page import TEMPLATES
from relgraph.render.words import LANGUAGES, read_words, speaker

# English says these in the code that defines them.
ONLY_TRANSLATED = ("assumption.", "unit.", "source.", "note.")


def values(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_languages_say_the_same(language: str) -> None:
    english, other = read_words()["en"], read_words()[language]  # type: ignore[index]
    assert [key for key in other if not key.startswith(ONLY_TRANSLATED)] == list(english)
    for key, text in english.items():
        assert values(other[key]) == values(text), key
        assert bool(other[key]) == bool(text), key


def test_what_relgraph_names_has_a_word_in_every_language() -> None:
    named = [
        *(f"markets.{name}" for name in ALL_MARKETS),
        *(f"market.{name}" for name in ALL_MARKETS),
        *(f"type.{name}" for name in RELATIONSHIP_TYPES if name != CONTACTED),
        *(f"column.{column.name}" for column in STAKEHOLDER_COLUMNS),
        *(f"measure.{name}" for name in MEASURES),
        *(f"kind.{name}" for name in KINDS),
        *(f"status.{name}" for name in STATUSES),
        *(f"left_reason.{name}" for name in LEFT_REASONS),
    ]
    for language in LANGUAGES:
        assert [key for key in named if key not in read_words()[language]] == []


def test_assumptions_are_translated() -> None:
    chinese = read_words()["zh"]
    for key in ("assumption.{0.name}", "unit.{0.unit}"):
        told = [key.format(row) in chinese for row in ASSUMPTIONS]
        assert sum(told) > 0.9 * len(told)  # a new one is told in English until it is translated


def test_every_word_that_a_page_asks_for_exists() -> None:
    page = (TEMPLATES / "map.html.j2").read_text(encoding="utf-8")
    scripts = [file.read_text(encoding="utf-8") for file in (TEMPLATES / "js").glob("*.mjs")]
    asked = re.findall(r'data-(?:say|title|aria-label|placeholder)="([^"]+)"', page)
    asked += [key for script in scripts for key in re.findall(r'say\("([^"]+)"', script)]
    english = read_words()["en"]
    assert len(asked) > 80
    assert [key for key in asked if key not in english] == []


def test_what_has_no_word_is_said_by_its_own() -> None:
    say = speaker("zh")
    assert say("column.<b>", "<b>") == "<b>"
    assert say("column.shoe_size") == "shoe size"
    assert say("report.title", firm="{firm}") == "{firm} 关系报告"
