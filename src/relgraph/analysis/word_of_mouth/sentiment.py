"""Good and bad word of mouth: how many hear each, and what that is worth together."""

from __future__ import annotations

from dataclasses import dataclass, fields

from relgraph import assumptions
from relgraph.arguments import check_fields
from relgraph.errors import check_range
from relgraph.result import Result


@dataclass(frozen=True)
class Sentiment:
    """How good and bad word of mouth differ.

    Parameters
    ----------
    share_unhappy : float
        Share of tellers who were unhappy, from 0 to 1.
    hearers_positive, hearers_negative : float
        Factors on how many people hear of a good and of a bad experience.
    impact_positive, impact_negative : float
        What one hearer of each is worth.
    """

    share_unhappy: float = assumptions.SHARE_UNHAPPY
    hearers_positive: float = assumptions.HEARERS
    hearers_negative: float = assumptions.HEARERS
    impact_positive: float = assumptions.IMPACT
    impact_negative: float = assumptions.IMPACT

    def __post_init__(self) -> None:
        check_fields(self)
        check_range(self.share_unhappy, "share_unhappy", 0, 1)
        for each in fields(self):
            check_range(getattr(self, each.name), each.name, low=0, finite=True)


# folklore: a bad experience is told to twice as many. east: good word is three times as common
# (East, Hammond and Wright 2007, doi 10.1016/j.ijresmar.2006.12.004).
SENTIMENTS = {
    "symmetric": Sentiment(),
    "folklore": Sentiment(hearers_negative=assumptions.FOLKLORE_HEARERS),
    "east": Sentiment(share_unhappy=assumptions.EAST_SHARE_UNHAPPY),
}


def with_sentiment(result: Result, sentiment: Sentiment) -> Result:
    """Return rows that have `people` with good and bad word of mouth, and their balance.

    `people_positive` = (1 − share_unhappy)·hearers_positive·people, `people_negative` likewise,
    `net` = impact_positive·people_positive − impact_negative·people_negative.

    Examples
    --------
    >>> import numpy as np
    >>> rows = with_sentiment(Result({"people": np.array([100.0])}), SENTIMENTS["east"])
    >>> [float(rows[name][0]) for name in ("people_positive", "people_negative", "net")]
    [75.0, 25.0, 50.0]
    """
    people = result["people"]
    positive = (1 - sentiment.share_unhappy) * sentiment.hearers_positive * people
    negative = sentiment.share_unhappy * sentiment.hearers_negative * people
    net = sentiment.impact_positive * positive - sentiment.impact_negative * negative
    more = {"people_positive": positive, "people_negative": negative, "net": net}
    return Result(dict(result.columns) | more, result.notes)
