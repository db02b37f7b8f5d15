"""Pairs that may be the same: names that are nearly equal, and addresses that are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from relgraph.progress import SILENT, Progress

Pair = tuple[int, int]

_CELLS = 1 << 23  # scores at once
_SECONDS_A_SCORE = 2.5e-8
SHARED_BY = 10  # more who share an address share it as an office does


def count_scores(names: Sequence[str]) -> int:
    """Return about how many pairs of names have lengths that could be alike."""
    lengths = np.sort([len(name) for name in names])
    return int((np.searchsorted(lengths, lengths * 11 / 9, "right") - np.arange(len(names))).sum())


def name_pairs(
    names: Sequence[str], least: float = 90, progress: Progress = SILENT
) -> dict[Pair, float]:
    """Return the pairs of normalised names that are alike, with their score, from 0 to 100.

    The score is rapidfuzz's `token_sort_ratio`: their words are in order already, so `ratio` gives
    it. Every pair is compared whose lengths allow the score; none is missed.

    Parameters
    ----------
    names : sequence of str
        Empty ones are like none.
    least : float
        The least score.
    progress : Progress
        Told of the names compared.
    """
    from rapidfuzz import fuzz, process

    given = sorted((len(name), place) for place, name in enumerate(names) if name)
    order = [place for _, place in given]
    lengths = np.array([length for length, _ in given])
    texts = [names[place] for place in order]
    progress.expect(_SECONDS_A_SCORE * count_scores(texts))
    progress.start("progress.comparing", len(texts))
    # Of lengths l ≤ m the score is at most 200 l / (l + m).
    longest = lengths * (200 - least) / least
    found: dict[Pair, float] = {}
    start = 0
    while start < len(texts):
        end = min(len(texts), start + max(1, _CELLS // (len(texts) - start) // 8 * 8))
        last = int(np.searchsorted(lengths, longest[end - 1] + 1e-9, "right"))
        scores = process.cdist(
            texts[start:end],
            texts[start:last],
            scorer=fuzz.ratio,
            score_cutoff=least,
            dtype=np.float32,
            workers=-1,
        )
        for row, column in zip(*(places.tolist() for places in np.nonzero(scores)), strict=True):
            if row < column:
                pair = order[start + row], order[start + column]
                found[min(pair), max(pair)] = float(scores[row, column])
        progress.advance(end - start)
        start = end
    progress.finish()
    return found


def shared_values(values: Sequence[Sequence[str]]) -> tuple[Mapping[Pair, str], int]:
    """Return the pairs who have an address in common, and how many are shared by too many.

    Parameters
    ----------
    values : sequence of sequence of str
        The addresses of each.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for place, held in enumerate(values):
        for value in held:
            holders[value].append(place)
    many = sum(len(each) > SHARED_BY for each in holders.values())
    return dict(reversed([*_pairs(holders)])), many


def _pairs(holders: Mapping[str, Sequence[int]]) -> Iterator[tuple[Pair, str]]:
    for value, places in holders.items():
        if 1 < len(places) <= SHARED_BY:
            for one, other in combinations(places, 2):
                yield (one, other), value
