"""The business model: markets, relationship types, bonds, levels and the columns of the tables.

Names and meaning only, no input or output. Every other module takes these words from here: what
may be stored, what a value may be, which types carry word of mouth.

The six markets follow Christopher, Payne and Ballantyne (Relationship Marketing, 1991); bonds
and levels of relationship follow Kotler, and Berry and Parasuraman (1991).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FIRM = "firm"
MARKETS = ("customer", "supplier", "distributor", "competitor", "influencer", "employee")
ALL_MARKETS = (*MARKETS, FIRM)

KINDS = ("person", "organisation")
STATUSES = ("active", "left")
LEFT_REASONS = ("price", "product", "service", "market", "technology", "political")
BONDS = ("financial", "social", "structural")  # 1, 2, 3
LEVELS = ("basic", "reactive", "accountable", "proactive", "partnership")  # 1 … 5

NODE_LABEL = "Stakeholder"
CONTACTED = "CONTACTED"

TableName = Literal["stakeholders", "relationships", "interactions"]
TABLES: tuple[TableName, ...] = ("stakeholders", "relationships", "interactions")

ColumnType = Literal["text", "integer", "number", "boolean", "date", "time"]


@dataclass(frozen=True)
class RelationshipType:
    """A type of relationship that relgraph knows the meaning of.

    Parameters
    ----------
    name : str
        As stored: upper case, digits, underscores.
    runs : str
        From whom to whom, in words.
    both_ways : bool
        Whether one relationship runs in both directions.
    word_of_mouth : bool
        Whether people tell each other things along it.
    default : bool
        Whether it is in the default network.
    sign : int
        The sign of a relationship whose row gives none.
    """

    name: str
    runs: str
    both_ways: bool = False
    word_of_mouth: bool = False
    default: bool = True
    sign: int = 1


RELATIONSHIP_TYPES: dict[str, RelationshipType] = {
    kind.name: kind
    for kind in (
        RelationshipType("REFERS", "who recommends → who is told", word_of_mouth=True),
        RelationshipType("INFLUENCES", "influencer → influenced", word_of_mouth=True),
        RelationshipType("KNOWS", "both ways", both_ways=True, word_of_mouth=True),
        RelationshipType("PARTNERS_WITH", "both ways", both_ways=True, word_of_mouth=True),
        RelationshipType("BUYS_FROM", "buyer → seller"),
        RelationshipType("SUPPLIES", "supplier → who is supplied"),
        RelationshipType("DISTRIBUTES", "distributor → whose goods"),
        RelationshipType("WORKS_FOR", "employee → firm"),
        RelationshipType("REPORTS_TO", "employee → manager"),
        RelationshipType("MANAGES", "employee → stakeholder they look after"),
        RelationshipType("COMPETES_WITH", "both ways", both_ways=True, default=False, sign=-1),
        RelationshipType(CONTACTED, "who wrote or called → whom", default=False),
    )
}


def relationship_type(name: str) -> RelationshipType:
    """Return what is known of a type; any other name runs as the file says, in the network.

    Examples
    --------
    >>> relationship_type("KNOWS").both_ways
    True
    >>> relationship_type("LENDS_TO")
    RelationshipType(name='LENDS_TO', runs='as the file says', both_ways=False,
    word_of_mouth=False, default=True, sign=1)
    """
    return RELATIONSHIP_TYPES.get(name) or RelationshipType(name, "as the file says")


@dataclass(frozen=True)
class ColumnSpec:
    """A column that relgraph knows: its type and the values it may hold.

    Parameters
    ----------
    name : str
        The canonical name.
    type : {"text", "integer", "number", "boolean", "date", "time"}
        The type of its values.
    meaning : str
        What it says, with its unit.
    required : bool
        Whether every row needs a value.
    choices : tuple of str
        The words allowed; for an integer column the words for 1, 2, 3 ….
    low, high : float or None
        The range allowed, both ends included.
    above : float or None
        A bound that must be exceeded.
    """

    name: str
    type: ColumnType
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    above: float | None = None


def _share(name: str, meaning: str) -> ColumnSpec:
    return ColumnSpec(name, "number", f"{meaning}, 0 to 1", low=0, high=1)


# The components of a partnership, by block (docs/measures.md gives the formula and sources).
PARTNERSHIP_BLOCKS: dict[str, tuple[str, ...]] = {
    "exchange": ("two_way", "cooperation", "win_win"),
    "closeness": ("intimacy", "control"),
    "mediators": ("trust", "commitment"),
}
PARTNERSHIP_COMPONENTS = tuple(name for block in PARTNERSHIP_BLOCKS.values() for name in block)

STAKEHOLDER_COLUMNS = (
    ColumnSpec("id", "text", "what identifies the stakeholder, unique", required=True),
    ColumnSpec("name", "text", "what people call them", required=True),
    ColumnSpec("market", "text", "one of the six markets, or firm", True, ALL_MARKETS),
    ColumnSpec("sub_market", "text", "a finer group inside the market"),
    ColumnSpec("market_as_read", "text", "the market as the file spelt it"),
    ColumnSpec("kind", "text", "person or organisation", choices=KINDS),
    ColumnSpec("owner", "text", "id of the employee who is responsible"),
    ColumnSpec("revenue", "number", "money a year"),
    ColumnSpec("margin", "number", "money a year; may be negative"),
    _share("satisfaction", "how satisfied they are"),
    ColumnSpec("circle", "number", "how many people they know", low=0),
    _share("power", "power over the firm"),
    _share("legitimacy", "legitimacy of their claim"),
    _share("urgency", "urgency of their claim"),
    _share("interest", "interest in the firm"),
    ColumnSpec("status", "text", "active or left", choices=STATUSES),
    ColumnSpec("left_on", "date", "the day they left"),
    ColumnSpec("left_reason", "text", "why they left", choices=LEFT_REASONS),
)

RELATIONSHIP_COLUMNS = (
    ColumnSpec("source", "text", "id of the stakeholder it runs from", required=True),
    ColumnSpec("target", "text", "id of the stakeholder it runs to", required=True),
    ColumnSpec("type", "text", "what kind of relationship it is", required=True),
    ColumnSpec("strength", "number", "closeness, above 0 up to 1", above=0, high=1),
    ColumnSpec("bond", "integer", "what binds", choices=BONDS, low=1, high=3),
    ColumnSpec("level", "integer", "how deep it goes", choices=LEVELS, low=1, high=5),
    ColumnSpec("sign", "integer", "+1 friendly, −1 hostile"),
    ColumnSpec("since", "date", "the day it began"),
    ColumnSpec("margin", "number", "money a year through the tie; may be negative"),
    _share("two_way", "how far communication runs both ways"),
    _share("cooperation", "how far they work together"),
    _share("win_win", "how far both gain"),
    _share("intimacy", "how close they are"),
    _share("control", "how far each can steer the tie"),
    _share("trust", "trust"),
    _share("commitment", "commitment"),
)

INTERACTION_COLUMNS = (
    ColumnSpec("source", "text", "id of who wrote or called", required=True),
    ColumnSpec("target", "text", "id of whom", required=True),
    ColumnSpec("at", "time", "when; ISO 8601, UTC without a zone", required=True),
    ColumnSpec("channel", "text", "by what means"),
    ColumnSpec("value", "number", "money at stake"),
)

COLUMNS: dict[TableName, dict[str, ColumnSpec]] = {
    "stakeholders": {spec.name: spec for spec in STAKEHOLDER_COLUMNS},
    "relationships": {spec.name: spec for spec in RELATIONSHIP_COLUMNS},
    "interactions": {spec.name: spec for spec in INTERACTION_COLUMNS},
}

# What identifies a row; an interaction also needs its occurrence among equal rows of its file.
OCCURRENCE = "occurrence"
KEYS: dict[TableName, tuple[str, ...]] = {
    "stakeholders": ("id",),
    "relationships": ("source", "target", "type"),
    "interactions": ("source", "target", "at", "channel", OCCURRENCE),
}
