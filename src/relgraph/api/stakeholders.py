"""One stakeholder: find it by id or name, show all about it, remove it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from itertools import chain

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
    from relgraph.store.sameness import Sameness

    sameness = Sameness.read(store.graph())
    stands = sameness.stands
    former = ((stands[each], name) for each, name in sameness.named() if each in stands)
    texts = [stands.get(text, text) for text in texts]
    return _find_among(chain(_people(store), former), texts, parameter)


def find_kept(store: Store, texts: Iterable[str], parameter: str) -> list[str]:
    """Return the ids that texts mean of all whom a store keeps, in snapshots alone too."""
    from relgraph.store.forgetting import snapshot_people
    from relgraph.store.sameness import Sameness

    joined = Sameness.read(store.graph()).named()
    return _find_among(chain(_people(store), snapshot_people(store), joined), texts, parameter)


def _people(store: Store) -> Iterator[tuple[str, str | None]]:
    columns = store.read_stakeholders(["name"]).columns
    return zip(columns["id"].tolist(), columns["name"].tolist(), strict=True)


def _find_among(
    people: Iterable[tuple[str, str | None]], texts: Iterable[str], parameter: str
) -> list[str]:
    """Return the ids that texts mean among people, each an id and a name."""
    known: set[str] = set()
    by_name: dict[str | None, list[str]] = {}
    for node_id, name in dict.fromkeys(people):
        known.add(node_id)
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
    text: str, by_name: dict[str | None, list[str]], ids: Iterable[str], parameter: str
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
def remove_stakeholders(
    store: Store, stakeholders: Iterable[str], *, dry_run: bool = False
) -> Result:
    """Delete stakeholders with all their ties, from snapshots too, whole or not at all.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    stakeholders : str or iterable of str
        Ids, or names that only one has or had, of the present or of a snapshot.
    dry_run : bool
        Only count.

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
    from relgraph.store.removal import count_with_ties

    with store.wiping():
        ids = find_kept(store, listed(stakeholders, "stakeholders"), "stakeholders")
        notes = _notes_on_unread(store.read_snapshots())
        ids = list(dict.fromkeys(ids))
        counts = count_with_ties(store.graph(), ids) if dry_run else store.remove(ids)
    columns = {"table": objects(list(counts)), "removed": to_column([*counts.values()], "integer")}
    return Result(columns, (*notes, Note("edit.dry_run")) if dry_run else notes)


def _notes_on_unread(snapshots: Snapshots) -> tuple[Note, ...]:
    """Return which snapshots a removal can't leave, because nobody knows what they hold."""
    if snapshots.unreadable:
        return (Note("snapshot.all_unread"),)
    later = {number for number, each in snapshots.records.items() if not each.known}
    numbers = sorted(snapshots.damaged | later)
    return (Note("snapshot.unread", numbers=numbers),) if numbers else ()
