"""Every default that a figure rests on: its value, unit, meaning and source, each defined once.

A constant and its row in `ASSUMPTIONS` come from the same call, so the list that
`relgraph assumptions` prints is what the code computes with.
"""

from __future__ import annotations

from typing import NamedTuple


class Assumption(NamedTuple):
    """One default: how it is called, its value and unit, what it means, who says so."""

    name: str
    value: float
    unit: str
    meaning: str
    source: str


ASSUMPTIONS: list[Assumption] = []

DESIGN = "relgraph's own choice"
BRIN_PAGE = "Brin, Page 1998, doi 10.1016/S0169-7552(98)00110-X"
BLONDEL = "Blondel et al. 2008, doi 10.1088/1742-5468/2008/10/P10008"
GIRARD = "Girard 1977, How to Sell Anything to Anybody"
EAST = "East, Hammond, Wright 2007, doi 10.1016/j.ijresmar.2006.12.004"
MORGAN_HUNT = "Morgan, Hunt 1994, doi 10.1177/002224299405800302"


def _assume(name: str, value: float, unit: str, meaning: str, source: str = DESIGN) -> float:
    ASSUMPTIONS.append(Assumption(name, float(value), unit, meaning, source))
    return float(value)


# Networks and centrality
MISSING_STRENGTH = _assume(
    "missing_strength", 1.0, "strength", "a relationship without a strength counts as"
)

DAMPING = _assume(
    "damping", 0.85, "share", "of the rank that PageRank passes along ties", BRIN_PAGE
)
KATZ_ATTENUATION = _assume(
    "katz_attenuation", 0.9, "share", "of the largest attenuation at which Katz still converges"
)
TOLERANCE = 1e-12 * _assume(
    "tolerance",
    1,
    "1e-12 of the sum",
    "that a sweep may still change when PageRank or Katz has converged",
)
SWEEPS = _assume("sweeps", 10_000, "sweeps", "after which a measure is said not to converge")
SAME_LENGTH = 1e-9 * _assume(
    "same_length", 1, "1e-9 of the longer", "difference up to which two paths are equally long"
)
SAME_EIGENVALUE = 1e-9 * _assume(
    "same_eigenvalue",
    1,
    "1e-9 of the larger",
    "difference up to which components have the same largest eigenvalue",
)
RESIDUAL = 1e-8 * _assume(
    "residual", 1, "1e-8 of the eigenvalue", "left over, up to which an eigenvector counts as found"
)
SAME_VALUE = 1e-12 * _assume(
    "same_value", 1, "1e-12 of the larger", "difference up to which two values share a rank"
)
LOUVAIN_PASSES = _assume(
    "louvain_passes", 100, "passes", "over all stakeholders before a level of communities is taken"
)
RESOLUTION = _assume(
    "resolution", 1.0, "factor", "on expected ties in the modularity of communities", BLONDEL
)
FRAGMENTATION_UP_TO = _assume(
    "fragmentation_up_to",
    5_000,
    "stakeholders",
    "up to which info --network tells the fragmentation by distance",
)

# Uncertainty, key players, chance
CONFIDENCE = _assume("confidence", 0.95, "probability", "that every interval is for")
CONFIDENCE_DRAWS = _assume(
    "confidence_draws", 200, "draws", "of networks behind the rank intervals of --confidence"
)
CONFIDENCE_CASCADES = _assume(
    "confidence_cascades",
    640,
    "cascades",
    "in each of these draws, where expected reach and people rank",
)
CONFIDENCE_EPSILON = _assume(
    "confidence_epsilon", 0.3, "share", "epsilon at least, where advocates are chosen in each draw"
)
TIES_UNSEEN = _assume(
    "ties_unseen", 0.1, "share", "of ties left out of each draw, and as many added"
)
STRENGTH_NOISE = _assume(
    "strength_noise",
    0.5,
    "standard deviation",
    "of the logarithm of the power that a strength is taken to in each draw",
)
PERMUTATIONS = _assume(
    "permutations", 1000, "permutations", "of markets behind z and p (--permutations)"
)
EXACT_SETS = _assume("exact_sets", 10**6, "sets", "of key players up to which all are searched")
SAMPLED_ABOVE = _assume(
    "sampled_above",
    10_000,
    "stakeholders",
    "above which key players are searched greedily, from a sample",
)
SAMPLED_SOURCES = _assume(
    "sampled_sources", 1_000, "stakeholders", "in that sample, where distances are measured from"
)

KEYPLAYERS = _assume("keyplayers", 5, "stakeholders", "to find where no number is given (-k)")
SEARCH_STARTS = _assume(
    "search_starts", 8, "searches", "for key players, from different first ones, where not exact"
)
SEARCH_SIZE = _assume(
    "search_size", 1_000, "stakeholders", "in all these searches' networks together; one at least"
)
SEARCH_ROUNDS = _assume(
    "search_rounds", 20, "rounds", "of swaps after which a search for key players ends"
)

# Word of mouth and the 250 rule
CIRCLE = _assume(
    "circle", 250, "people", "circle of a person whose circle is not given (--circle)", GIRARD
)
ORGANISATION_CIRCLE = _assume(
    "organisation_circle", 1, "people", "circle of an organisation whose circle is not given"
)
UNHAPPY = _assume("unhappy", 2, "customers a week", "who tell of it (--unhappy)", GIRARD)
WEEKS = _assume("weeks", 52, "weeks a year", "in the rule of 250 (--weeks)", GIRARD)
HEARING_LITERAL = _assume(
    "hearing_literal", 1.0, "share of a circle", "hears of it: all of it, 26,000 a year", GIRARD
)
HEARING_GIRARD = _assume(
    "hearing_girard",
    5000 / 26000,
    "share of a circle",
    "hears of it: Girard's own total of 5,000 a year",
    GIRARD,
)
HEARING_SURVEY = _assume(
    "hearing_survey",
    10 / 250,
    "share of a circle",
    "hears of it: ten hearers, the usual survey figure, 1,040 a year",
    "surveys of complaint behaviour since TARP 1979",
)
HOP_DECAY = _assume(
    "hop_decay", 0.5, "factor a hop", "what is left of the telling a hop further (--hop-decay)"
)
TELL_RATE = _assume(
    "tell_rate", 1.0, "factor", "on strength: the chance that a tie passes it on (--tell-rate)"
)
CASCADES = _assume(
    "cascades", 10_000, "cascades", "drawn where expected reach is sampled (--cascades)"
)
EXACT_CASCADE = _assume(
    "exact_cascade",
    16,
    "stakeholders",
    "within reach, up to which expected reach is exact instead of sampled",
)
KNOWN_CIRCLES = _assume(
    "known_circles", 10, "circles", "known at least where distinct people are estimated"
)
HEARERS = _assume(
    "hearers", 1, "factor", "on who hears good word, and bad word (--hearers-positive, -negative)"
)
IMPACT = _assume(
    "impact", 1, "factor", "what a hearer of each is worth (--impact-positive, -negative)"
)
SHARE_UNHAPPY = _assume(
    "share_unhappy", 0.5, "share", "of those who tell of it, told badly (--share-unhappy)"
)
FOLKLORE_HEARERS = _assume(
    "folklore_hearers",
    2,
    "factor",
    "on who hears of a bad experience, preset folklore",
    "common in textbooks since TARP 1979",
)
EAST_SHARE_UNHAPPY = _assume(
    "east_share_unhappy",
    0.25,
    "share",
    "told badly, preset east: good word is three times as common",
    EAST,
)

# Partnership strength
BLOCK_WEIGHT = _assume(
    "block_weight",
    1 / 3,
    "share",
    "of exchange, of closeness and of mediators in the index; equal parts inside",
    MORGAN_HUNT,
)
ZERO_COMPONENT = _assume("zero_component", 0.01, "component", "a component of 0 counts as")
MINIMUM_COVERAGE = _assume(
    "minimum_coverage", 0.4, "share", "of the weight that must be known for an index"
)
MISSING_LOW = _assume("missing_low", 0.1, "component", "a missing component in the low figure")
MISSING_HIGH = _assume("missing_high", 0.9, "component", "a missing component in the high figure")
HALF_LIFE_CUSTOMER = _assume(
    "half_life_customer", 90, "days", "after which a contact with a customer counts half"
)
HALF_LIFE_OTHER = _assume(
    "half_life_other", 180, "days", "after which a contact with any other market counts half"
)
SATURATION = _assume(
    "saturation", 6, "contacts", "recent ones that bring contact strength to 1 − 1/e (--saturation)"
)
RISK_TREND = _assume(
    "risk_trend", -0.5, "trend", "a tie is at risk at this trend or below (--risk-trend)"
)
RISK_SATISFACTION = _assume(
    "risk_satisfaction",
    0.5,
    "satisfaction",
    "a tie is at risk when its stakeholder is below this (--risk-satisfaction)",
)
WEIGHT_DRAWS = _assume(
    "weight_draws", 1000, "draws", "of weights and means behind the rank intervals of strength"
)

# Advocates
QUALITY = _assume("quality", 1.0, "probability", "that who hears well of it likes it (--quality)")
ADVOCATES = _assume("advocates", 10, "stakeholders", "to win where no number is given (-k)")
EPSILON = _assume(
    "epsilon", 0.1, "share", "of the greedy choice's own ratio that sampling may cost (--epsilon)"
)
DELTA = _assume(
    "delta", 0.001, "probability", "that the certified ratio of advocates is wrong (--delta)"
)

# Maps
MAP_HOPS = _assume("hops", 1, "hops", "that a map goes around a stakeholder (map --hops)")

# Large networks
ALL_PAIRS = _assume(
    "all_pairs",
    2_000,
    "stakeholders",
    "up to which the ranking of reach has the people of every one; beyond, of the first",
)
DETAILED = _assume(
    "detailed", 20, "stakeholders", "whose people are worked out in a larger network"
)
EXACT_REACH = _assume(
    "exact_reach", 100_000, "stakeholders", "up to which reach beyond two hops is counted exactly"
)
SAMPLED_SETS = _assume(
    "sampled_sets",
    1 << 20,
    "reverse cascades",
    "at most, behind the expected reach of all in a network above all_pairs",
)
SKETCH_MEMORY = _assume(
    "sketch_memory",
    1 << 28,
    "bytes",
    "for all sketches of reach: 256 to 64 a stakeholder, a standard error of 6.5 to 13 %",
)
ADVOCATES_MEMBERS = _assume(
    "advocates_members",
    1 << 27,
    "members",
    "of all sets sampled for advocates, a quarter of which ends the sampling",
)
