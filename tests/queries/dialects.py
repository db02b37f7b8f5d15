"""Forms of Cypher on both stores: those of the portable subset, and those that differ.

docs/cypher-subset.md rests on these: a form that a new version of a store makes portable, or
breaks, fails a test here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

S = "(s:Stakeholder)"
C1 = "(s:Stakeholder {id: 'C1'})"


class Outcome(NamedTuple):
    """The rows of a form on each store, or a part of the error."""

    ladybug: list[list[Any]] | str
    neo4j: list[list[Any]] | str


# Every form gives these rows on both stores (of the dataset `small`).
PORTABLE: dict[str, list[list[Any]]] = {
    f"MATCH {S}-[r:SUPPLIES|DISTRIBUTES]->(t:Stakeholder) "
    "RETURN type(r) AS k, count(*) AS n ORDER BY k": [["DISTRIBUTES", 1], ["SUPPLIES", 3]],
    f"MATCH {C1}-[:REFERS]->(t:Stakeholder) OPTIONAL MATCH (t)-[:MANAGES]->(u:Stakeholder) "
    "RETURN t.id AS x, u.id AS y ORDER BY x": [["C1", None], ["C2", None]],
    f"MATCH {S} WITH s.market AS m, count(*) AS n WHERE n > 2 RETURN m, n ORDER BY n DESC, m": [
        ["customer", 6],
        ["employee", 3],
        ["supplier", 3],
    ],
    f"MATCH {S} RETURN DISTINCT s.kind AS kind ORDER BY kind SKIP 1 LIMIT 5": [["person"]],
    f"MATCH {S} WHERE s.satisfaction IS NOT NULL RETURN s.id AS id, s.satisfaction AS x "
    "ORDER BY x DESC, id LIMIT 2": [["C1", 0.9], ["S1", 0.8]],
    "MATCH (s:Stakeholder {market: 'employee'}) RETURN s.status AS x ORDER BY x DESC": [
        [None],
        ["left"],
        ["active"],
    ],
    f"MATCH {S} WHERE s.name STARTS WITH 'S' AND s.name ENDS WITH 'e' AND s.name CONTAINS 'On' "
    "RETURN s.id AS id ORDER BY id": [["S1"]],
    f"MATCH {S} WHERE s.id =~ 'K[0-9]' XOR s.id = 'I1' RETURN s.id AS id ORDER BY id": [
        ["I1"],
        ["K1"],
        ["K2"],
    ],
    f"MATCH {S} WHERE s.id IN ['C1', 'E1'] AND NOT s.id IN [] RETURN s.id AS id ORDER BY id": [
        ["C1"],
        ["E1"],
    ],
    f"MATCH {S} WHERE EXISTS {{ MATCH (s)-[:SUPPLIES]->(t:Stakeholder) WHERE t.id = 'K1' }} "
    "RETURN s.id AS id, COUNT { MATCH (s)-[:SUPPLIES]->(t:Stakeholder) } AS n ORDER BY id": [
        ["S1", 2]
    ],
    f"MATCH {S} WHERE s.market = 'supplier' AND NOT (s)-[:SUPPLIES]->(:Stakeholder) "
    "RETURN s.id AS id ORDER BY id": [["S3"]],
    f"MATCH {C1}-[:REFERS]->(t:Stakeholder) MATCH (t)-[:REFERS]->(u:Stakeholder) "
    "RETURN t.id AS x, u.id AS y ORDER BY x, y": [["C1", "C1"], ["C1", "C2"], ["C2", "C3"]],
    f"MATCH {C1}-[r:REFERS]-(t:Stakeholder) WHERE s.id <> t.id RETURN t.id AS x ORDER BY x": [
        ["C2"],
        ["C3"],
        ["I1"],
    ],
    f"MATCH {S} WHERE s.margin > 10000 RETURN coalesce(sum(s.margin), 0) AS x, avg(s.margin) AS a, "
    "max(s.margin) AS m, count(*) AS n ORDER BY n": [[0, None, None, 0]],
    f"MATCH {S} RETURN count(s.margin) AS n, coalesce(sum(s.margin), 0.0) AS x, "
    "count(DISTINCT s.owner) AS o ORDER BY n": [[5, 510.0, 3]],
    f"MATCH {C1} RETURN 7 / 2 AS a, 7 / 2.0 AS b, -7 / 2 AS c, 7 % 3 AS d, 2 ^ 3 AS e, "
    "floor(-1.5) AS f, ceil(-1.5) AS g, abs(-2) AS h, sqrt(4) AS i, log10(100) AS j, "
    "toFloat(3) AS k, size('é😀') AS l ORDER BY a": [
        [3, 3.5, -3, 1, 8.0, -2.0, -1.0, 2, 2.0, 2.0, 3.0, 2]
    ],
    f"MATCH {S} WHERE s.left_on IS NOT NULL RETURN CASE s.left_reason WHEN 'price' THEN 1 "
    "ELSE 0 END AS x, max(s.left_on) >= min(s.left_on) AS y ORDER BY x": [[0, True], [1, True]],
    "UNWIND ['b', 'A', 'a', 'é', 'Z', '😀', '￮'] AS x RETURN x ORDER BY x": [
        ["A"],
        ["Z"],
        ["a"],
        ["b"],
        ["é"],
        ["￮"],
        ["😀"],
    ],
    f"MATCH {S}-[c:CONTACTED]->(t:Stakeholder) WITH max(c.at) AS latest "
    "MATCH (a:Stakeholder)-[k:CONTACTED]->(b:Stakeholder) WHERE k.at > latest - $month "
    "RETURN a.id AS x, b.id AS y, k.at AS z ORDER BY z": [["E2", "C2", "2026-06-30T00:00:00"]],
    f"MATCH {S} WITH s ORDER BY s.revenue DESC, s.id LIMIT 17 RETURN count(*) AS n ORDER BY n": [
        [17]
    ],
}

DIFFERENT: dict[str, Outcome] = {
    f"MATCH {C1} RETURN label(s) AS x": Outcome([["Stakeholder"]], "Unknown function"),
    f"MATCH {C1} RETURN labels(s) AS x": Outcome(
        [["Stakeholder"]], [[["Stakeholder", "Customer"]]]
    ),
    f"MATCH {C1} RETURN CAST(s.margin AS STRING) AS x": Outcome([["300.000000"]], "Invalid input"),
    f"MATCH {C1} RETURN head([1, 2]) AS x": Outcome("HEAD does not exist", [[1]]),
    f"MATCH {C1} RETURN [1, 2][1] AS x": Outcome([[1]], [[2]]),
    f"MATCH {C1} RETURN [x IN [1, 2] WHERE x > 1] AS x": Outcome("Invalid input", [[[2]]]),
    f"MATCH {C1} RETURN s {{.id}} AS x": Outcome("Invalid input", [[{"id": "C1"}]]),
    f"MATCH {C1} RETURN log(100) AS x": Outcome([[2.0]], [[4.60517019]]),
    f"MATCH {C1} RETURN round(-2.5) AS x": Outcome("ROUND did not receive", [[-2.0]]),
    f"MATCH {C1} RETURN round(-2.5, 0) AS x": Outcome([[-3.0]], [[-2.0]]),
    f"MATCH {C1} RETURN substring('abc', 1, 1) AS x": Outcome([["a"]], [["b"]]),
    f"MATCH {C1} RETURN toInteger(2.7) AS x": Outcome([[3]], [[2]]),
    f"MATCH {C1} RETURN toLower('ΑΣ') AS x": Outcome([["ασ"]], [["ας"]]),
    f"MATCH {C1} RETURN toUpper('ß') AS x": Outcome([["ẞ"]], [["SS"]]),
    f"MATCH {C1} RETURN 'a' CONTAINS '' AS x": Outcome([[False]], [[True]]),
    f"MATCH {C1} RETURN '\\q' AS x": Outcome("Invalid input", [["\\q"]]),
    f"MATCH {C1} RETURN 0x10 AS x": Outcome("extraneous input", [[16]]),
    f"MATCH {C1} RETURN exp(0) AS x": Outcome("EXP does not exist", [[1.0]]),
    f"MATCH {S} WHERE s.margin > 10000 RETURN sum(s.margin) AS x": Outcome([[None]], [[0]]),
    f"MATCH {C1} WHERE EXISTS {{ (s)-->() }} RETURN s.id AS x": Outcome("Invalid input", [["C1"]]),
    f"MATCH {C1} CALL {{ RETURN 1 AS y }} RETURN y AS x": Outcome("Invalid input", [[1]]),
    f"MATCH {C1}-[r:KNOWS|:REFERS]->(t:Stakeholder) RETURN t.id AS x ORDER BY x": Outcome(
        [["C1"], ["C2"]], "using colon in the separation of alternative"
    ),
    "MATCH (s:Stakeholder WHERE s.id = 'C1') RETURN s.id AS x": Outcome("Invalid input", [["C1"]]),
    f"MATCH {C1} RETURN s.id AS s ORDER BY s": Outcome("Order by NODE", [["C1"]]),
    f"MATCH {C1} RETURN s.shoe_size AS x": Outcome(
        "stakeholders have no property 'shoe_size'", "nothing has a property 'shoe_size'"
    ),
    "MATCH (s:Customer {id: 'C1'}) RETURN s.id AS x": Outcome("there is no label", [["C1"]]),
    f"MATCH {C1}-[:LIKES]->(t:Stakeholder) RETURN t.id AS x": Outcome(
        "there is no relationship type 'LIKES'", "there is no relationship type 'LIKES'"
    ),
    f"MATCH {C1} RETURN s.left_on.year AS x": Outcome("has data type DATE", [[None]]),
    # A loop is taken twice without direction, and by two relationships of one MATCH.
    f"MATCH {C1}-[:REFERS]-(t:Stakeholder {{id: 'C1'}}) RETURN t.id AS x": Outcome(
        [["C1"], ["C1"]], [["C1"]]
    ),
    f"MATCH {C1}-[:REFERS]->(t:Stakeholder)-[:REFERS]->(u:Stakeholder {{id: 'C1'}}) "
    "RETURN t.id AS x": Outcome([["C1"]], []),
    f"MATCH {C1}-[:REFERS*1..3]->(t:Stakeholder {{id: 'C2'}}) RETURN count(*) AS x": Outcome(
        [[3]], [[2]]
    ),
    "UNWIND [2, 1] AS y WITH y ORDER BY y LIMIT 2 RETURN collect(y) AS x": Outcome(
        [[[2, 1]]], [[[1, 2]]]
    ),
}
