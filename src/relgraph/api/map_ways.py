"""What the map needs to find ways between two stakeholders as `find_introductions` does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from relgraph.api.sheets import Gathered
from relgraph.network import text_array
from relgraph.planning.belonging import find_organisations
from relgraph.planning.introductions.links import by_id, known_links
from relgraph.planning.introductions.rows import may_be_between


def with_ways(gathered: Gathered) -> Gathered:
    """Return the same with each tie's chance to hold, who may be between, and whom they work for.

    These are of everyone in the store, whoever is drawn.
    """
    sheet, evidence = gathered.sheet, by_id(gathered.picture.evidence)
    if not len(sheet.ties):
        return gathered
    n, nodes = len(evidence.nodes), evidence.nodes
    links, _, _ = known_links(evidence)
    place = {node_id: at for at, node_id in enumerate(nodes.ids.tolist())}
    rows = np.array([place[node_id] for node_id in sheet.nodes.ids.tolist()], dtype=np.int64)
    keys = links.tails * n + links.indices  # in ascending order
    wanted = rows[sheet.ties.source] * n + rows[sheet.ties.target]
    at = np.searchsorted(keys, wanted)
    found = np.append(keys, -1)[at] == wanted
    chance = np.where(found, np.append(links.chance, np.nan)[at], np.nan)
    organisations = find_organisations(nodes, evidence.ties)[rows]
    own = (organisations < 0) | (organisations == rows)
    works_for = text_array(
        None if alone else nodes.ids[place]
        for alone, place in zip(own.tolist(), organisations.tolist(), strict=True)
    )
    ties = replace(sheet.ties, figures={**sheet.ties.figures, "chance": chance})
    between = may_be_between(evidence)[rows]
    return replace(gathered, sheet=replace(sheet, ties=ties, between=between, works_for=works_for))
