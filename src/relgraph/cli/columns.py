"""Which columns a table shows: at most seven, names first, chosen by the command's question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relgraph.cli import words
from relgraph.errors import UsageError, did_you_mean
from relgraph.messages import Note

if TYPE_CHECKING:
    from relgraph.result import Result

MOST = 7
_LABELS = ("rank", "name", "id")
_ENDS = ("source_name", "target_name")

OTHERS = "*"  # all others, in their own order

# The columns that matter most to each command's question, the most needed first. A table without
# --wide shows the first seven of those that its rows have. A command that answers several questions
# says in its rows which one.
CHOSEN: dict[str, tuple[str, ...]] = {
    "assumptions": ("name", "value", "low", "high", "unit", "meaning"),
    "brokers": (*_LABELS, "market", "constraint", "effective_size", "cut_off", OTHERS),
    "centrality": (*_LABELS, "market", OTHERS),
    "communities": (*_LABELS, "market", "community", "size", OTHERS),
    "advocates": (*_LABELS, "market", "gain", "spread", "guarantee"),
    "duplicates": ("name", "other_name", "id", "other", "likely", "reason", "same"),
    "diff": ("name", "id", "kind", "what", "field", "before", "after", "change"),
    "exit": (*_LABELS, "loss", "p_leave", "budget", "accounts"),
    "exit ID": ("name", "id", "how", "loss", "backup", "cover", "cover_saves"),
    "exit --rates": ("reason", "segment", "stakeholders", "lost", "rate", "margin", "clv", "share"),
    "exit --customers": (
        *("customers", "lost", "profit", "save", "budget", "saves_needed", "share_needed"),
    ),
    "keyplayers": (*_LABELS, "market", "fragmentation", "reach"),
    "reach": (*_LABELS, "people", "expected", "reached", "market", "hop"),
    "intro": ("rank", "names", "chance", "together", "weakest", "weakest_strength", "way"),
    "overdue": ("name", "id", "employee", "last", "overdue", "quiet", "at_stake", "owner"),
    "plan": (*_LABELS[1:], "action", "reasons", "owner", "net", "top_ten"),
    "plan --explain": ("step", "symbol", "value", "formula", "from"),
    "plan --frontier": ("budget", "chosen", "net"),
    "plan --questions": ("rank", "question", "property", "low", "high", "worth"),
    "plan --review": (*_LABELS[1:], "group", "done", "open", "made", "status"),
    "portfolio": (*_LABELS[1:], "class", "grade", "level", "recommended", "saves", OTHERS),
    "strength": (*_ENDS, "strength", "trend", "margin", "owner", "reasons"),
    "strength --at-risk": (*_ENDS, "strength", "trend", "owner", "at_stake", "reasons"),
    **dict.fromkeys(
        ("import --sync", "set", "tie", "contact"),
        ("kind", "what", "id", "name", "field", "before", "after"),
    ),
    "sources": ("name", "at", "file", "rows", "stakeholders", "relationships", "interactions"),
    "value --by parent": (*_LABELS, "accounts", "margin", "clv", "network_value"),
    "whatif": ("scenario", "measure", "name", "id", "before", "after", "change", "rank_change"),
    "value": (*_LABELS, "grade", "margin", "clv", "network_value"),
}
_NAMES = ("name", *_ENDS)


def pick(result: Result, names: tuple[str, ...]) -> Result:
    """Return the columns that were asked for, by name or heading, in that order.

    Raises
    ------
    UsageError
        There is no such column.
    """
    columns = tuple(result.columns)
    headed = {words.heading(name): name for name in columns}
    names = tuple(name if name in columns else headed.get(name, name) for name in names)
    for name in names:
        if name not in columns:
            meant = did_you_mean(name, columns)
            raise UsageError(
                "rows.no_column", parameter="columns", name=name, meant=meant, columns=columns
            )
    return _taken(result, names)


def narrow(result: Result, command: str) -> Result:
    """Return the seven columns that matter most, with a note that names the rest."""
    chosen = CHOSEN.get(command)
    if chosen is None:
        return result
    others = result.columns if OTHERS in chosen else ()
    wanted = [name for name in dict.fromkeys((*chosen, *others)) if name in result.columns]
    kept = set(wanted[:MOST] if len(result.columns) > MOST else result.columns)
    shown = tuple(sorted((n for n in result.columns if n in kept), key=_place))
    rest = tuple(name for name in result.columns if name not in kept)
    narrowed = _taken(result, shown)
    hidden = tuple(map(words.heading, rest))
    return narrowed.with_notes(Note("rows.more_columns", columns=hidden)) if rest else narrowed


def _place(name: str) -> int:
    """Return what sorts a rank, names and id to the front; other columns keep their order."""
    first = ("rank", *_NAMES, "id")
    return first.index(name) if name in first else len(first)


def _taken(result: Result, names: tuple[str, ...]) -> Result:
    return type(result)({name: result.columns[name] for name in names}, result.notes)
