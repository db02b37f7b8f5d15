"""What every column, measure and assumption means, in two sentences each.

A column's sentences are those of its name, `explained.NAME`; where a name means something else in a
command, they stand under `explained.COMMAND.NAME`. Measures and assumptions are explained by what
their registries say of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from relgraph.analysis.centrality.measures import MEASURES
from relgraph.api.views import FIGURES, VIEWS
from relgraph.arguments import checked, listed
from relgraph.assumptions import ASSUMPTIONS, Assumption
from relgraph.comparison.measures import CHOICES
from relgraph.errors import UsageError, did_you_mean
from relgraph.messages import Message, read_sentences
from relgraph.named_queries import load_queries
from relgraph.result import Result
from relgraph.store.columns import objects

Kind = Literal["column", "measure", "assumption"]


class _Shown(NamedTuple):
    """What a command shows: names of one kind."""

    kind: Kind
    command: str
    names: tuple[str, ...]


@checked
def explain(names: Iterable[str]) -> Result:
    """Return what columns, measures or assumptions mean.

    Parameters
    ----------
    names : str or iterable of str
        As a table's header, `centrality --measure` or `relgraph assumptions` have them.

    Returns
    -------
    Result
        `name, kind, commands, explanation`, a row for each meaning; `commands` lists those that
        show it.

    Raises
    ------
    UsageError
        A name is neither a column nor a measure nor an assumption.

    Examples
    --------
    >>> [row["commands"] for row in explain("chance").rows()]
    [['exit ID'], ['intro']]
    """
    shown = list(_shown())
    known = dict.fromkeys(name for each in shown for name in each.names)
    found: list[tuple[str, Kind, list[str], Message]] = []
    for name in dict.fromkeys(listed(names, "names")):
        if name not in known:
            meant = did_you_mean(name, known)
            raise UsageError("explanation.unknown", parameter="names", name=name, meant=meant)
        found += _meanings(name, shown)
    columns = zip(*found, strict=True) if found else ((), (), (), ())
    titles = ("name", "kind", "commands", "explanation")
    return Result(
        {title: objects(list(column)) for title, column in zip(titles, columns, strict=True)}
    )


def list_explained() -> Result:
    """Return the names that `explain` knows: `kind, command, names`, a row for each command."""
    shown = list(_shown())
    return Result(
        {
            "kind": objects([each.kind for each in shown]),
            "command": objects([each.command for each in shown]),
            "names": objects([list(each.names) for each in shown]),
        }
    )


def _shown() -> Iterator[_Shown]:
    """Yield what each command shows, measures first, as they are what columns are named after."""
    yield _Shown("measure", "centrality", tuple(MEASURES))
    yield _Shown("measure", "whatif --measure", CHOICES)
    yield _Shown("measure", "info --network", FIGURES)
    for command, names in VIEWS.items():
        yield _Shown("column", command, names)
    for query in load_queries().values():
        names = tuple(column.name for column in query.returns)
        yield _Shown("column", f"query run {query.name}", names)
    yield _Shown("assumption", "assumptions", tuple(each.name for each in ASSUMPTIONS))


def _meanings(name: str, shown: Iterable[_Shown]) -> Iterator[tuple[str, Kind, list[str], Message]]:
    """Yield the meanings of a name, each with its kind and the commands that show it."""
    found: dict[str, tuple[Kind, list[str], Message]] = {}
    for kind, command, names in shown:
        if name in names:
            message = _explanation(kind, command, name)
            found.setdefault(message.key, (kind, [], message))[1].append(command)
    # What it means everywhere comes before what it means to one command.
    for key in sorted(found, key=f"explained.{name}".__ne__):
        kind, commands, message = found[key]
        yield name, kind, commands, message


def _explanation(kind: Kind, command: str, name: str) -> Message:
    """Return the sentences that explain a name where a command shows it."""
    if kind == "assumption":
        return _assumption(next(each for each in ASSUMPTIONS if each.name == name))
    sentences = read_sentences("en", "explain")
    own = (f"explained.{place}.{name}" for place in (command, command.split()[0]))
    key = next((key for key in own if key in sentences), f"explained.{name}")
    return _measure(name) if name in MEASURES and key not in sentences else Message(key)


def _measure(name: str) -> Message:
    each = MEASURES[name]
    return Message(
        "explanation.measure",
        title=Message(f"measure.{name}"),
        meaning=Message(f"measure.{name}.is"),
        range=each.range,
        reading=Message(f"explanation.measure.{name}"),
        direction=Message(f"explanation.direction.{each.direction.replace(' ', '_')}"),
        strength=Message(f"explanation.strength.{each.strength}"),
        source=each.source,
    )


def _assumption(each: Assumption) -> Message:
    values = {
        "value": each.value,
        "unit": Message(f"unit.{each.unit}"),
        "meaning": Message(f"assumption.{each.name}"),
        "source": Message(f"source.{each.source}"),
    }
    if each.drawn is None:
        return Message("explanation.assumption", **values)
    low, high = each.drawn
    return Message("explanation.assumption_drawn", low=low, high=high, **values)
