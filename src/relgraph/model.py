"""The business model: markets, relationship types, bonds, levels and the columns of the tables.

Every other module takes these names from here: what may be stored, what a value may be, which
types carry word of mouth. `messages/*/model.json` says what each column means and
how each type runs.

The six markets follow Christopher, Payne and Ballantyne (Relationship Marketing, 1991); bonds
and levels of relationship follow Kotler, and Berry and Parasuraman (1991).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FIRM = "firm"
MARKETS = ("customer", "supplier", "distributor", "competitor", "influencer", "employee")
ALL_MARKETS = (*MARKETS, FIRM)
INSIDE = (FIRM, "employee")  # who belongs to the firm

KINDS = ("person", "organisation")
STATUSES = ("active", "left")
LEFT_REASONS = ("price", "product", "service", "market", "technology", "political")
BONDS = ("financial", "social", "structural")  # 1, 2, 3
LEVELS = ("basic", "reactive", "accountable", "proactive", "partnership")  # 1 … 5

# The least strength that is read: a distance is 1/strength, and sums of larger ones overflow.
LEAST_STRENGTH = 1e-300

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
    both_ways: bool = False
    word_of_mouth: bool = False
    default: bool = True
    sign: int = 1


RELATIONSHIP_TYPES: dict[str, RelationshipType] = {
    kind.name: kind
    for kind in (
        RelationshipType("REFERS", word_of_mouth=True),
        RelationshipType("INFLUENCES", word_of_mouth=True),
        RelationshipType("KNOWS", both_ways=True, word_of_mouth=True),
        RelationshipType("PARTNERS_WITH", both_ways=True, word_of_mouth=True),
        RelationshipType("BUYS_FROM"),
        RelationshipType("SUPPLIES"),
        RelationshipType("DISTRIBUTES"),
        RelationshipType("WORKS_FOR"),
        RelationshipType("REPORTS_TO"),
        RelationshipType("MANAGES"),
        RelationshipType("COMPETES_WITH", both_ways=True, default=False, sign=-1),
        RelationshipType(CONTACTED, default=False),
    )
}


def relationship_type(
    name: str, kinds: Mapping[str, RelationshipType] = RELATIONSHIP_TYPES
) -> RelationshipType:
    """Return a known type; any other name runs from source to target, in the default network.

    Parameters
    ----------
    name : str
        As stored.
    kinds : mapping of str to RelationshipType
        The types whose meaning is known; a store may declare further ones.

    Examples
    --------
    >>> relationship_type("KNOWS").both_ways
    True
    >>> relationship_type("LENDS_TO")
    RelationshipType(name='LENDS_TO', both_ways=False, word_of_mouth=False, default=True, sign=1)
    """
    return kinds.get(name) or RelationshipType(name)


def word_of_mouth(kinds: Mapping[str, RelationshipType] = RELATIONSHIP_TYPES) -> tuple[str, ...]:
    """Return the names of the types along which word travels."""
    return tuple(kind.name for kind in kinds.values() if kind.word_of_mouth)


@dataclass(frozen=True)
class ColumnSpec:
    """A column that relgraph knows: its type and the values it may hold.

    Parameters
    ----------
    name : str
        The canonical name.
    type : {"text", "integer", "number", "boolean", "date", "time"}
        The type of its values.
    required : bool
        Whether every row needs a value.
    choices : tuple of str
        The words allowed; for an integer column the words for 1, 2, 3 ….
    low, high : float or None
        The range allowed, both ends included.
    above : float or None
        A bound that must be exceeded.
    is_id : bool
        Whether its values are ids of stakeholders.
    """

    name: str
    type: ColumnType
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    above: float | None = None
    is_id: bool = False


# The components of a partnership, by block (docs/measures.md gives the formula and sources).
PARTNERSHIP_BLOCKS: dict[str, tuple[str, ...]] = {
    "exchange": ("two_way", "cooperation", "win_win"),
    "closeness": ("intimacy", "control"),
    "mediators": ("trust", "commitment"),
}
PARTNERSHIP_COMPONENTS = tuple(name for block in PARTNERSHIP_BLOCKS.values() for name in block)

STAKEHOLDER_COLUMNS = (
    ColumnSpec("id", "text", required=True, is_id=True),
    ColumnSpec("name", "text", required=True),
    ColumnSpec("market", "text", required=True, choices=ALL_MARKETS),
    ColumnSpec("sub_market", "text"),
    ColumnSpec("market_as_read", "text"),
    ColumnSpec("kind", "text", choices=KINDS),
    ColumnSpec("owner", "text", is_id=True),
    ColumnSpec("revenue", "number"),
    ColumnSpec("margin", "number"),
    ColumnSpec("satisfaction", "number", low=0, high=1),
    ColumnSpec("circle", "number", low=0),
    *(
        ColumnSpec(name, "number", low=0, high=1)
        for name in ("power", "legitimacy", "urgency", "interest")
    ),
    ColumnSpec("status", "text", choices=STATUSES),
    ColumnSpec("left_on", "date"),
    ColumnSpec("left_reason", "text", choices=LEFT_REASONS),
    ColumnSpec("retention", "number", low=0, high=1),
    ColumnSpec("organisation", "text", is_id=True),
    ColumnSpec("role", "text"),
    ColumnSpec("parent", "text", is_id=True),
    ColumnSpec("currency", "text"),
)

RELATIONSHIP_COLUMNS = (
    ColumnSpec("source", "text", required=True, is_id=True),
    ColumnSpec("target", "text", required=True, is_id=True),
    ColumnSpec("type", "text", required=True),
    ColumnSpec("strength", "number", low=LEAST_STRENGTH, above=0, high=1),
    ColumnSpec("bond", "integer", choices=BONDS, low=1, high=3),
    ColumnSpec("level", "integer", choices=LEVELS, low=1, high=5),
    ColumnSpec("sign", "integer"),
    ColumnSpec("since", "date"),
    ColumnSpec("until", "date"),
    ColumnSpec("margin", "number"),
    *(ColumnSpec(name, "number", low=0, high=1) for name in PARTNERSHIP_COMPONENTS),
)

INTERACTION_COLUMNS = (
    ColumnSpec("source", "text", required=True, is_id=True),
    ColumnSpec("target", "text", required=True, is_id=True),
    ColumnSpec("at", "time", required=True),
    ColumnSpec("channel", "text"),
    ColumnSpec("value", "number"),
)

COLUMNS: dict[TableName, dict[str, ColumnSpec]] = {
    "stakeholders": {spec.name: spec for spec in STAKEHOLDER_COLUMNS},
    "relationships": {spec.name: spec for spec in RELATIONSHIP_COLUMNS},
    "interactions": {spec.name: spec for spec in INTERACTION_COLUMNS},
}

# Columns of stakeholders that hold money a year.
MONEY = ("revenue", "margin")

# What identifies a row; an interaction also needs its occurrence among equal rows of its file.
OCCURRENCE = "occurrence"
KEYS: dict[TableName, tuple[str, ...]] = {
    "stakeholders": ("id",),
    "relationships": ("source", "target", "type"),
    "interactions": ("source", "target", "at", "channel", OCCURRENCE),
}
