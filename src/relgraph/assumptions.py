"""Every default that a figure rests on: its value, unit and source, each defined once.

A constant and its row in `ASSUMPTIONS` come from the same call, so the list that
`relgraph assumptions` prints is what the code computes with. What each one means is a sentence
of `messages`, `assumption.NAME`, as units and sources are: `unit.UNIT`, `source.SOURCE`.
"""

from __future__ import annotations

from typing import NamedTuple


class Assumption(NamedTuple):
    """One default: its name, value, unit and source.

    `limits` are the least and most that can be given for a count. `drawn` is the range that the
    planning commands draw the value from, as a triangle whose peak is the value; `within` what
    `--assume` takes for it (None: it can't be set).
    """

    name: str
    value: float
    unit: str
    source: str
    limits: tuple[int, int] | None = None
    drawn: tuple[float, float] | None = None
    within: tuple[float, float] | None = None


ASSUMPTIONS: list[Assumption] = []


def _assume(
    name: str,
    value: float,
    unit: str,
    source: str = "own_choice",
    *,
    limits: tuple[int, int] | None = None,
    drawn: tuple[float, float] | None = None,
    within: tuple[float, float] | None = None,
) -> float:
    ASSUMPTIONS.append(Assumption(name, float(value), unit, source, limits, drawn, within))
    return float(value)


# Networks and centrality
MISSING_STRENGTH = _assume("missing_strength", 0.5, "strength")
DAMPING = _assume("damping", 0.85, "share", "brin_page")
KATZ_ATTENUATION = _assume("katz_attenuation", 0.9, "share")
TOLERANCE = 1e-12 * _assume("tolerance", 1, "1e_12_of_the_sum")
SWEEPS = _assume("sweeps", 10_000, "sweeps")
SAME_LENGTH = 1e-9 * _assume("same_length", 1, "1e_9_of_the_longer")
SAME_EIGENVALUE = 1e-9 * _assume("same_eigenvalue", 1, "1e_9_of_the_larger")
RESIDUAL = 1e-8 * _assume("residual", 1, "1e_8_of_the_eigenvalue")
SAME_VALUE = 1e-12 * _assume("same_value", 1, "1e_12_of_the_larger")
LEIDEN_STARTS = _assume("leiden_starts", 10, "searches")
LEIDEN_TIES = _assume("leiden_ties", 250_000, "arcs")
LEIDEN_ROUNDS = _assume("leiden_rounds", 10, "rounds")
LEIDEN_PASSES = _assume("leiden_passes", 100, "passes")
RESOLUTION = _assume("resolution", 1.0, "factor", "blondel")
EXACT_PATHS = _assume("exact_paths", 2e9, "pairs")
SAMPLED_ERROR = _assume("sampled_error", 0.005, "betweenness")
SAMPLED_PATHS = _assume("sampled_paths", 50_000, "paths")
PIVOTS = _assume("pivots", 100, "stakeholders")
FRAGMENTATION_UP_TO = _assume("fragmentation_up_to", 5_000, "stakeholders")

# Uncertainty, key players, chance
CONFIDENCE = _assume("confidence", 0.95, "probability")
CONFIDENCE_DRAWS = _assume("confidence_draws", 200, "draws")
CONFIDENCE_CASCADES = _assume("confidence_cascades", 640, "cascades")
CONFIDENCE_EPSILON = _assume("confidence_epsilon", 0.3, "share")
TIES_UNSEEN = _assume("ties_unseen", 0.1, "share")
STRENGTH_NOISE = _assume("strength_noise", 0.5, "standard_deviation")
PERMUTATIONS = _assume("permutations", 1000, "permutations", limits=(0, 100_000))
EXACT_SETS = _assume("exact_sets", 10**6, "sets")
SEARCH_STEPS = _assume("search_steps", 300_000_000, "steps")
SAMPLED_SOURCES = _assume("sampled_sources", 32, "stakeholders")

KEYPLAYERS = _assume("keyplayers", 5, "stakeholders", limits=(1, 1_000))
SEARCH_STARTS = _assume("search_starts", 8, "searches")
SEARCH_ROUNDS = _assume("search_rounds", 20, "rounds")

# Word of mouth and the 250 rule
CIRCLE = _assume("circle", 250, "people", "girard")
ORGANISATION_CIRCLE = _assume("organisation_circle", 1, "people")
UNHAPPY = _assume("unhappy", 2, "customers_a_week", "girard")
WEEKS = _assume("weeks", 52, "weeks_a_year", "girard")
HEARING_LITERAL = _assume("hearing_literal", 1.0, "share_of_a_circle", "girard")
HEARING_GIRARD = _assume("hearing_girard", 5000 / 26000, "share_of_a_circle", "girard")
HEARING_SURVEY = _assume("hearing_survey", 10 / 250, "share_of_a_circle", "tarp")
HOP_DECAY = _assume("hop_decay", 0.5, "factor_a_hop")
TELL_RATE = _assume("tell_rate", 1.0, "factor")
CASCADES = _assume("cascades", 10_000, "cascades", limits=(640, 1_000_000))
ALL_CASCADES = _assume("all_cascades", 2e9, "steps")
SPREAD_ERROR = _assume("spread_error", 0.01, "share")
EXACT_CASCADE = _assume("exact_cascade", 16, "stakeholders")
KNOWN_CIRCLES = _assume("known_circles", 10, "circles")
HEARERS = _assume("hearers", 1, "factor")
IMPACT = _assume("impact", 1, "factor")
SHARE_UNHAPPY = _assume("share_unhappy", 0.5, "share")
FOLKLORE_HEARERS = _assume("folklore_hearers", 2, "factor", "textbooks")
EAST_SHARE_UNHAPPY = _assume("east_share_unhappy", 0.25, "share", "east")

# Partnership strength
BLOCK_WEIGHT = _assume("block_weight", 1 / 3, "share", "morgan_hunt")
ZERO_COMPONENT = _assume("zero_component", 0.01, "component")
MINIMUM_COVERAGE = _assume("minimum_coverage", 0.4, "share")
MISSING_LOW = _assume("missing_low", 0.1, "component")
MISSING_HIGH = _assume("missing_high", 0.9, "component")
SUREST_GIVEN = _assume("surest_given", 0.99, "strength")
HALF_LIFE_CUSTOMER = _assume("half_life_customer", 90, "days")
HALF_LIFE_OTHER = _assume("half_life_other", 180, "days")
SATURATION = _assume("saturation", 6, "contacts")
RISK_TREND = _assume("risk_trend", -0.5, "trend")
RISK_SATISFACTION = _assume("risk_satisfaction", 0.5, "satisfaction")
WEIGHT_DRAWS = _assume("weight_draws", 1000, "draws")

# Advocates
QUALITY = _assume("quality", 1.0, "probability")
ADVOCATES = _assume("advocates", 10, "stakeholders", limits=(1, 1_000))
EPSILON = _assume("epsilon", 0.1, "share")
DELTA = _assume("delta", 0.001, "probability")

# Maps
MAP_HOPS = _assume("hops", 1, "hops", limits=(1, 1_000))

# Large networks
ALL_PAIRS = _assume("all_pairs", 2_000, "stakeholders")
DETAILED = _assume("detailed", 20, "stakeholders")
EXACT_REACH = _assume("exact_reach", 100_000, "stakeholders")
SAMPLED_SETS = _assume("sampled_sets", 1 << 20, "reverse_cascades")
SKETCH_MEMORY = _assume("sketch_memory", 1 << 28, "bytes")
ADVOCATES_MEMBERS = _assume("advocates_members", 1 << 27, "members")

# Planning: what a relationship is worth
_SHARE, _FACTOR = (0.0, 1.0), (0.0, 100.0)
_assume("discount", 0.10, "a_year", "gupta_lehmann", drawn=(0.06, 0.16), within=(0, 1))
_assume("churn", 0.2, "a_year", drawn=(0.05, 0.5), within=(0, 10))
_assume("strength_hazard", 0.5, "power", drawn=(0.2, 1), within=(0, 10))
_assume("satisfaction_hazard", 2.3, "per_point", "bolton", drawn=(1.1, 4.6), within=_FACTOR)
_assume("trend_hazard", 1.1, "per_point", "palmatier", drawn=(0.35, 1.8), within=_FACTOR)
_assume("unowned_hazard", 1.5, "factor", drawn=(1, 2.5), within=(1, 100))
_assume("contagion", 0.8, "factor", "nitzan_libai", drawn=(0, 1.6), within=_FACTOR)
_assume("referral_share", 0.5, "share", "kumar", drawn=(0.2, 0.8), within=(0, 0.999))
_assume("departure_loss", 0.154, "share", "shi", drawn=(0.05, 0.25), within=_SHARE)
_assume("through_loss", 0.5, "share", drawn=(0.2, 0.8), within=_SHARE)
_assume("supply_months_sole", 6, "months", drawn=(3, 12), within=(0, 1200))
_assume("supply_months_other", 1, "months", drawn=(0.5, 2), within=(0, 1200))
_assume("distributor_margin_includes", 1, "share", within=_SHARE)
_assume("new_contact", 0.4, "strength", drawn=(0.2, 0.6), within=_SHARE)
for _level, (_contacts, _due) in enumerate(((1, 365), (2, 180), (6, 60), (12, 30), (24, 15)), 1):
    _assume(f"contacts_{_level}", _contacts, "contacts_a_year", within=(0, 1000))
    _assume(f"due_{_level}", _due, "days", within=(1, 36_525))
for _size, _levels in (("few", (5, 3, 2)), ("medium", (4, 3, 2)), ("many", (3, 2, 1))):
    for _grade, _level in zip("ABC", _levels, strict=True):
        _assume(f"grid_{_size}_{_grade}", _level, "level", "kotler", within=(0, 5))
_assume("few", 10, "stakeholders", within=(0, 1e9))
_assume("many", 100, "stakeholders", within=(0, 1e9))
_assume("contact_cost", 0.02, "of_median_margin", drawn=(0.01, 0.05), within=_FACTOR)
_assume("level_step", 0.25, "of_what_is_missing", drawn=(0.1, 0.4), within=_SHARE)
_assume("recovery", 0.5, "probability", "knox_van_oest", drawn=(0.2, 0.8), within=_SHARE)
_assume("recover_contacts", 6, "contacts", within=(0, 1000))
_assume("assign_contacts", 6, "contacts", within=(0, 1000))
_assume("new_contact_contacts", 8, "contacts", within=(0, 1000))
_assume("partnership_contacts", 12, "contacts", within=(0, 1000))
_assume("high_score", 0.5, "score", within=_SHARE)
_assume("disagreement", 0.4, "score", within=_SHARE)
_assume("unusual_quiet", 0.05, "probability", "significance", within=_SHARE)
INVESTMENTS = _assume("investments", 10, "stakeholders", limits=(0, 100))
SURE_STRENGTH = _assume("sure_strength", 0.9, "strength")
QUESTION_BINS = _assume("question_bins", 10, "groups")
QUESTION_PERMUTATIONS = _assume("question_permutations", 20, "permutations")
VALUE_CLASSES = _assume("value_classes", 4, "stakeholders")
USUAL_CONTACTS = _assume("usual_contacts", 5, "contacts")
QUIET_GAPS = _assume("quiet_gaps", 4, "gaps")
INTRODUCTIONS = _assume("introductions", 3, "ways", limits=(1, 10))
INTRODUCTION_HOPS = _assume("introduction_hops", 3, "hops", limits=(1, 10))
INTRODUCTION_STEPS = _assume("introduction_steps", 500_000, "ways")
COVER_REACH = _assume("cover_reach", 0.2, "strength")
WEAKEST_HAZARD = _assume("weakest_hazard", 0.01, "strength")
MARGIN_NOISE = _assume("margin_noise", 0.1, "standard_deviation")
TREND_CONTACTS = _assume("trend_contacts", 4, "contacts")
CHURN_YEARS = _assume("churn_years", 10, "stakeholder_years")
MISSING_SATISFACTION = _assume("missing_satisfaction", 0.5, "satisfaction")
PLAN_DRAWS = _assume("draws", 1_000, "draws", limits=(0, 100_000))
GRADE_A = _assume("grade_a", 0.80, "share", "pareto")
GRADE_B = _assume("grade_b", 0.95, "share", "pareto")
GRADED = _assume("graded", 5, "stakeholders")

# What the planning commands draw, and `--assume` may set, by name.
PLANNED = {each.name: each for each in ASSUMPTIONS if each.within}

# The least and most of counts that work grows with, by the name of the assumption.
LIMITS = {each.name: each.limits for each in ASSUMPTIONS if each.limits}
