"""Good and bad word of mouth."""

from __future__ import annotations

import numpy as np
import pytest

from relgraph.analysis.word_of_mouth.sentiment import SENTIMENTS, Sentiment, with_sentiment
from relgraph.errors import UsageError
from relgraph.messages import Note
from relgraph.result import Result
from tests.told import told

ROWS = Result({"people": np.array([80.0, np.nan])}, (Note("a note"),))


@pytest.mark.parametrize(
    ("preset", "positive", "negative"),
    [("symmetric", 40, 40), ("folklore", 40, 80), ("east", 60, 20)],
)
def test_presets(preset: str, positive: float, negative: float) -> None:
    rows = with_sentiment(ROWS, SENTIMENTS[preset])
    assert (rows["people_positive"][0], rows["people_negative"][0]) == (positive, negative)
    assert rows["net"][0] == positive - negative
    assert np.isnan(rows["net"][1])
    assert told(rows.notes) == ("a note",)


def test_every_parameter_counts() -> None:
    rows = with_sentiment(ROWS, Sentiment(0.25, 3, 5, 7, 11))
    assert rows["people_positive"][0] == 0.75 * 3 * 80
    assert rows["people_negative"][0] == 0.25 * 5 * 80
    assert rows["net"][0] == 7 * 0.75 * 3 * 80 - 11 * 0.25 * 5 * 80


def test_figures_outside_their_range_are_refused() -> None:
    with pytest.raises(UsageError, match=r"share_unhappy: 1\.5 is not from 0 to 1"):
        Sentiment(share_unhappy=1.5)
    with pytest.raises(UsageError, match="impact_negative: -1 is below 0"):
        Sentiment(impact_negative=-1)
