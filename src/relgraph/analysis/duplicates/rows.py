"""The review list: pairs that may be the same, with what speaks for it and against it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from relgraph.analysis.duplicates.names import normalised, told_apart
from relgraph.analysis.duplicates.pairs import SHARED_BY, Pair, name_pairs, shared_values
from relgraph.messages import Message, Note
from relgraph.progress import SILENT, Progress
from relgraph.result import Result

COLUMNS = (
    *("id", "name", "market", "other", "other_name", "other_market", "score", "likely"),
    *("shared", "shared_with", "same_email", "same_phone", "reason", "same"),
)
LEAST = 90  # the least score of names that are alike
_TOLD = 5  # neighbours in common that a row names
_ORDER = ("high", "medium", "low")


class People(NamedTuple):
    """Who is compared, a sequence for each of their properties.

    Parameters
    ----------
    ids, names, markets : sequence of str
    emails, phones : sequence of sequence of str
        Their addresses, as they are compared.
    neighbours : mapping of str to set of str
        The ids of whom each is tied to.
    """

    ids: Sequence[str]
    names: Sequence[str | None]
    markets: Sequence[str | None]
    emails: Sequence[Sequence[str]]
    phones: Sequence[Sequence[str]]
    neighbours: Mapping[str, Collection[str]]


def duplicate_rows(
    people: People, known: Collection[Pair] = (), progress: Progress = SILENT
) -> Result:
    """Return pairs that may be the same, the likeliest first; the last column is empty.

    `likely` is `high` for names that are equal when normalised, or alike with the same mail address
    or telephone number; `low` for names told apart by a numeral or a direction, for other markets,
    and for a telephone number alone; else `medium`.

    Parameters
    ----------
    people : People
    known : collection of (int, int)
        Pairs, by their places, that are decided.
    progress : Progress
        Told of the names compared.
    """
    plain = [normalised(name or "") for name in people.names]
    scores = name_pairs(plain, LEAST, progress)
    emails, many_emails = shared_values(people.emails)
    phones, many_phones = shared_values(people.phones)
    decided = {(min(pair), max(pair)) for pair in known}
    pairs = [pair for pair in {**scores, **emails, **phones} if pair not in decided]
    rows = [
        _row(people, plain, pair, scores.get(pair), emails.get(pair), phones.get(pair))
        for pair in pairs
    ]
    rows.sort(key=lambda row: (_ORDER.index(row["likely"]), -row["score"], row["id"], row["other"]))
    many = many_emails + many_phones
    notes = [Note("duplicates.by_many", count=many, most=SHARED_BY)] if many else []
    low = sum(row["likely"] == "low" for row in rows)
    notes += [Note("duplicates.low", count=low)] if low else []
    columns = {name: _column([row[name] for row in rows], name) for name in COLUMNS}
    return Result(columns, tuple(notes))


def _column(values: Sequence[Any], name: str) -> np.ndarray[Any, Any]:
    if name in ("score", "shared"):
        return np.array(values, dtype=np.float64 if name == "score" else np.int64)
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _row(
    people: People,
    plain: Sequence[str],
    pair: Pair,
    score: float | None,
    email: str | None,
    phone: str | None,
) -> dict[str, Any]:
    near = [people.neighbours.get(people.ids[place], ()) for place in pair]
    if len(near[0]) < len(near[1]):  # the better known of the two stays
        pair, near = (pair[1], pair[0]), near[::-1]
    one, other = pair
    shared = sorted({*near[0]} & {*near[1]})
    apart = told_apart(plain[one], plain[other])
    markets = people.markets[one], people.markets[other]
    likely = _likely(plain[one] == plain[other], score, apart, email, phone, markets)
    return {
        "id": people.ids[one],
        "name": people.names[one],
        "market": markets[0],
        "other": people.ids[other],
        "other_name": people.names[other],
        "other_market": markets[1],
        "score": _score(plain[one], plain[other]) if score is None else round(score, 1),
        "likely": likely,
        "shared": len(shared),
        "shared_with": "; ".join(shared[:_TOLD]) + ("; …" if len(shared) > _TOLD else ""),
        "same_email": email,
        "same_phone": phone,
        "reason": _reason(plain[one] == plain[other], score, apart, email, phone, markets),
        "same": None,
    }


def _score(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return round(fuzz.ratio(one, other), 1)


def _likely(
    equal: bool,
    score: float | None,
    apart: str | None,
    email: str | None,
    phone: str | None,
    markets: tuple[str | None, str | None],
) -> str:
    alike = score is not None
    if apart or markets[0] != markets[1] or not (alike or email):
        return "low"
    return "high" if equal or (alike and (email or phone)) else "medium"


def _reason(
    equal: bool,
    score: float | None,
    apart: str | None,
    email: str | None,
    phone: str | None,
    markets: tuple[str | None, str | None],
) -> Message:
    """Return in words what speaks for a pair, and then what speaks against it."""
    name = "equal" if equal and score is not None else "alike" if score is not None else "unlike"
    found = {
        name: True,
        "email": email is not None,
        "phone": phone is not None,
        "numeral": apart == "numeral",
        "direction": apart == "direction",
        "markets": markets[0] != markets[1],
    }
    told = tuple(Message(f"duplicates.{key}") for key, true in found.items() if true)
    return Message("duplicates.reasons", reasons=told)
