"""One stakeholder: find it by id or name, show all about it, remove it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from relgraph.arguments import checked, listed
from relgraph.errors import UnknownStakeholder, UsageError, did_you_mean
from relgraph.messages import Message, Note
from relgraph.readwrite.ids import clean_id
from relgraph.result import Result
from relgraph.store import Store
from relgraph.store.snapshots import Snapshots


@checked
def resolve_ids(store: Store, stakeholders: Iterable[str]) -> list[str]:
    """Return the id that each text means: an id, else a name that only one has.

    Blanks at the ends, invisible characters and how accents are written make no difference.

    Parameters
    ----------
    stakeholders : str or iterable of str
        Ids or names, as a user typed them.

    Raises
    ------
    UnknownStakeholder
        A text is neither; the message makes a suggestion.
    """
    return find_ids(store, stakeholders, "stakeholders")


def find_ids(store: Store, texts: Iterable[str], parameter: str) -> list[str]:
    """Return the ids that a parameter of a public function means."""
    texts = listed(texts, parameter)
    if all(map(store.holds, texts)):
        return [*texts]
    columns = store.read_stakeholders(["name"]).columns
    ids, names = columns["id"].tolist(), columns["name"].tolist()
    known = set(ids)
    by_name: dict[str, list[str]] = {}
    for node_id, name in zip(ids, names, strict=True):
        by_name.setdefault(name, []).append(node_id)
    return [
        text if text in known else _find_named(text, by_name, known, parameter) for text in texts
    ]


def no_values(store: Store, name: str, parameter: str) -> UsageError:
    """Return the error that nobody has a property, with the properties that hold numbers."""
    schema = store.read_schema().stakeholders
    numbers = [known for known, kind in schema.items() if kind in ("number", "integer")]
    values = store.read_stakeholders(numbers)
    held = [each for each in numbers if np.isfinite(values[each].astype(np.float64)).any()]
    there = Message(f"properties.{'numbers' if held else 'no_numbers'}", properties=held)
    meant = did_you_mean(name, held)
    return UsageError(
        "property.nowhere", parameter=parameter, property=name, meant=meant, there=there
    )


def _find_named(
    text: str, by_name: dict[str, list[str]], ids: Iterable[str], parameter: str
) -> str:
    wanted = clean_id(text)
    same_id = [node_id for node_id in ids if clean_id(node_id) == wanted]
    same = [by_name[name] for name in by_name if name is not None and clean_id(name) == wanted]
    found = same_id or by_name.get(text) or [node_id for named in same for node_id in named]
    if len(found) == 1:
        return found[0]
    if found:
        shown = [*found[:5], *(["…"] if len(found) > 5 else [])]
        raise UnknownStakeholder(
            "name.shared", parameter=parameter, name=text, count=len(found), ids=shown
        )
    candidates = [*ids, *(name for name in by_name if name)]
    alike = did_you_mean(text, candidates)
    if alike is not None and alike.key == "did_you_mean.alike":
        raise UnknownStakeholder("stakeholder.alike", parameter=parameter, text=text, alike=alike)
    folded: dict[str, str] = {}
    for candidate in candidates:
        folded.setdefault(candidate.casefold(), candidate)
    close = difflib.get_close_matches(text.casefold(), folded, n=3, cutoff=0.6)
    meant = [repr(folded[match]) for match in close]
    key = "stakeholder.near" if meant else "stakeholder.unknown"
    raise UnknownStakeholder(key, parameter=parameter, text=text, meant=meant)


@checked
def remove_stakeholders(store: Store, stakeholders: Iterable[str]) -> Result:
    """Delete stakeholders with all their ties, from snapshots too, whole or not at all.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    stakeholders : str or iterable of str
        Ids or exact names, of the present or of a snapshot.

    Returns
    -------
    Result
        Columns `table` and `removed`; the row `snapshots` counts those that changed.

    Raises
    ------
    UnknownStakeholder
        One of them is not in the store; nothing was removed.
    """
    from relgraph.store.columns import objects, to_column

    with store.wiping():
        ids = _ids_at_any_time(store, listed(stakeholders, "stakeholders"))
        notes = _notes_on_unread(store.read_snapshots())
        counts = store.remove(list(dict.fromkeys(ids)))
    columns = {"table": objects(list(counts)), "removed": to_column([*counts.values()], "integer")}
    return Result(columns, notes)


def _notes_on_unread(snapshots: Snapshots) -> tuple[Note, ...]:
    """Return which snapshots a removal can't leave, because nobody knows what they hold."""
    if snapshots.unreadable:
        return (Note("snapshot.all_unread"),)
    later = {number for number, each in snapshots.records.items() if not each.known}
    numbers = sorted(snapshots.damaged | later)
    return (Note("snapshot.unread", numbers=numbers),) if numbers else ()


def _ids_at_any_time(store: Store, texts: Sequence[str]) -> Iterator[str]:
    """Yield the ids that texts mean in a store or in its snapshots."""
    from relgraph.store.forgetting import snapshot_people

    earlier: dict[str, set[str]] = {}
    for node_id, name in snapshot_people(store):
        earlier.setdefault(node_id, {node_id}).add(clean_id(name or node_id))
    for text in texts:
        wanted = clean_id(text)
        then = [node_id for node_id, names in earlier.items() if {text, wanted} & names]
        if text in then:
            yield text
            continue
        try:
            yield from find_ids(store, [text], "stakeholders")
        except UnknownStakeholder as error:
            if not then or error.message.key == "name.shared":
                raise
        yield from then
