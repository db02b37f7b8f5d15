"""The columns of every command that shows rows, by what asks for them; a test runs them all."""

from __future__ import annotations

_LABELS = ("rank", "id", "name", "market")
_NAMED = ("id", "name", "market")
_INTERVAL = ("rank_low", "rank_high", "stays_ahead")
_STORED = ("rows", "created", "updated", "unchanged")
_RANKS = ("before", "after", "change", "rank_before", "rank_after", "rank_change")
_PERSON = ("person", "role", "person_share")
_MONEY = (
    *("margin", "clv", "clv_low", "clv_high", "received", "given", "network_value"),
    *("share", "cumulative"),
)
_OVERDUE = (
    *("owner", "level", "last", "person", "role", "due_every", "overdue", "usual", "quiet"),
    *("trend", "velocity", "at_stake", "remark"),
)
_RATES = ("lost", "share", "rate", "rate_a_year", "revenue", "margin", "clv")
_PEOPLE = (
    *("hop", "reached", "expected", "people_at_least", "people", "people_at_most"),
    *("people_distinct", "expected_low", "expected_high", "reached_std_error"),
    *("people_positive", "people_negative", "net"),
)
_CLASS = ("sure", "advice", "partner_group", "relation")
_POWER = ("basis", "network_power", "disagreement")

_CHANGES = ("kind", "what", *_NAMED, "field", "before", "after", "change")

# The columns, by the command with the option or argument that asks for them.
VIEWS: dict[str, tuple[str, ...]] = {
    "import": ("file", *_STORED),
    "import --sync": _CHANGES,
    "set": _CHANGES,
    "tie": _CHANGES,
    "contact": _CHANGES,
    "copy": ("table", *_STORED),
    "remove": ("table", "removed"),
    "info": ("kind", "name", "count", "at", "sha256"),
    "info --network": ("figure", "market", "value", "expected", "z", "p"),
    "history": ("snapshot", "at", "changed", "rows", "files"),
    "sources": (
        *("name", "at", "file", "rows", "sha256"),
        *("stakeholders", "relationships", "interactions"),
    ),
    "assumptions": ("name", "value", "low", "high", "unit", "meaning", "source"),
    "explain": ("kind", "command", "names"),
    "explain NAME": ("name", "kind", "commands", "explanation"),
    "centrality": (*_LABELS, *_INTERVAL),
    "centrality --error": (
        *(*_LABELS, "betweenness_low", "betweenness_high", "closeness_low", "closeness_high"),
        *("harmonic_low", "harmonic_high"),
    ),
    "brokers": (
        *_LABELS,
        *("constraint", "effective_size", "efficiency", "hierarchy"),
        *("coordinator", "consultant", "gatekeeper", "representative", "liaison", "brokered"),
        *("articulation", "cut_off", "margin_cut_off"),
        *_INTERVAL,
    ),
    "brokers --between": (
        *("from_market", "to_market", "pairs", "expected", "z", "p"),
        *("broker", "broker_name", "broker_share"),
    ),
    "brokers --bridges": (
        *("source", "target", "cut_off", "margin_cut_off", "source_name", "target_name"),
    ),
    "keyplayers": (*_LABELS, "fragmentation", "disconnected_pairs", "reach", "chosen"),
    "communities": (
        *("community", "size", *_NAMED, "component", "strong_component"),
        *("core", "triangles", "clustering", "ei_index"),
    ),
    "strength": (
        *("rank", "source", "target", "strength", "low", "high", "coverage", "basis", "imbalance"),
        *("trend", "contacts_before", "source_name", "target_name", "market", "remark"),
        *_INTERVAL,
        *("account", "own", "margin", "owner", "at_stake", "at_risk", "reasons"),
    ),
    "reach": (*_LABELS, *_PEOPLE, *_INTERVAL),
    "reach ID": (*_NAMED, *_PEOPLE),
    "advocates": (*_LABELS, "gain", "spread", "spread_low", "spread_high", "guarantee", "chosen"),
    "rule250": ("preset", "week", "year", "unique_at_least", "unique", "unique_at_most"),
    "value": (*_LABELS, "grade", "basis", "retention", *_MONEY),
    "value --by parent": (*_LABELS, "accounts", *_MONEY),
    "value --curve": ("share_of_stakeholders", "share_of_profit"),
    "portfolio --model level": (
        *(*_LABELS, "class", "grade", "segment_size", "level", "basis", "recommended", "gap"),
        *("saves", *_CLASS),
    ),
    "portfolio --model value": (*_LABELS, "class", "clv", "crv", *_CLASS),
    "portfolio --model supply": (
        *(*_LABELS, "class", "impact", "risk", "supplies_competitors", *_CLASS),
    ),
    "portfolio --model salience": (
        *(*_LABELS, "class", "power", "legitimacy", "urgency", "salience", *_POWER, *_CLASS),
    ),
    "portfolio --model power": (*_LABELS, "class", "power", "interest", *_POWER, *_CLASS),
    "exit": (
        *(*_LABELS, "loss", "loss_low", "loss_high", "direct", "chained", "held", "referrals"),
        *("p_leave", "budget", "only", "accounts", *_PERSON),
    ),
    "exit ID": (
        *(*_NAMED, "how", "hop", "chance", "value", "loss", "backup", "cover", "cover_saves"),
        *_PERSON,
    ),
    "exit --rates": ("reason", "segment", "stakeholders", *_RATES, "controllable"),
    "exit --backtest": ("market", "leavers", "stayers", "pairs", "concordance", "low", "high"),
    "exit --customers": (
        *("customers", "rate", "lost", "revenue", "profit", "save", "budget"),
        *("saves_needed", "share_needed"),
    ),
    "overdue": (*_LABELS, *_OVERDUE),
    "overdue --ties": (*_LABELS, "employee", "employee_name", *_OVERDUE),
    "intro": ("rank", "way", "names", "chance", "together", "weakest", "weakest_strength"),
    "plan": (
        *(*_LABELS, "action", "owner", "at_stake", "p_leave", "p_after", "gain", "cost", "net"),
        *("net_expected", "net_low", "net_high", "top_ten", "newcomer", "level", "to_level"),
        *("strength", "strength_after", "contacts", "keep", "chain", "refer", "fragility"),
        *("loss", "rank_low", "rank_high", "reasons"),
    ),
    "plan --frontier": ("budget", "chosen", "net"),
    "plan --explain": ("step", "symbol", "value", "formula", "from"),
    "plan --questions": ("rank", "question", "id", "name", "property", "low", "high", "worth"),
    "plan --review": (
        *("group", "rank", "id", "name", "market", "action", "done", "open", "status", "owner"),
        *("contacts", "due", "made"),
        *(
            f"{name}_{when}"
            for name in ("strength", "satisfaction", "p_leave")
            for when in ("then", "planned", "now")
        ),
        "margin_now",
    ),
    "whatif": ("scenario", "measure", *_NAMED, "low", "high", *_RANKS),
    "diff": ("kind", "what", *_NAMED, "field", *_RANKS),
    "import --same": ("id", "name", "others"),
    "duplicates": (
        *("id", "name", "market", "other", "other_name", "other_market", "score", "likely"),
        *("shared", "shared_with", "same_email", "same_phone", "reason", "same"),
    ),
    "query list": ("name", "purpose", "parameters"),
}

# The figures of `info --network`.
FIGURES = (
    *("stakeholders", "arcs", "ties", "isolates", "components", "largest_component"),
    *("strong_components", "largest_strong_component", "articulation_points", "bridges"),
    *("largest_core", "triangles", "density", "reciprocity", "transitivity", "mean_clustering"),
    *("fragmentation", "disconnected_pairs", "assortativity", "ei_index"),
)
