"""The portable subset: what only one store takes, or answers in its own way, is refused."""

from __future__ import annotations

import re

import pytest

from relgraph.named_queries.tokens import tokenise
from tests.queries.subset import find_unportable
from tests.queries.tree import read_tree

S = "(s:Stakeholder)"
PORTABLE = f"""
MATCH {S} RETURN s.id AS id ORDER BY id
MATCH {S} WHERE s.market = 'customer' AND NOT s.owner IS NULL RETURN count(DISTINCT s.owner) AS n
MATCH (s:Stakeholder {{market: $market, kind: 'person'}}) RETURN DISTINCT s.name AS name LIMIT 3
MATCH {S}-[r:KNOWS|REFERS {{bond: 1}}]->(t:Stakeholder) RETURN type(r) AS type ORDER BY type
MATCH {S}<-[:MANAGES]-(e:Stakeholder)-[:REPORTS_TO]->(b:Stakeholder) RETURN b.id AS id
MATCH {S}-[:REFERS]->(t:Stakeholder) MATCH (t)-[:REFERS]->(u:Stakeholder) RETURN u.id AS id
MATCH {S}-[r]-(t:Stakeholder) WHERE s.id <> t.id RETURN t.id AS id
MATCH {S} WHERE EXISTS {{ MATCH (s)-[:KNOWS]->(t:Stakeholder) }} RETURN s.id AS id
MATCH {S} RETURN COUNT {{ MATCH (s)-[:KNOWS]->(t:Stakeholder) WHERE t.id > s.id }} AS n
MATCH {S} WHERE (s)-[:KNOWS]->(:Stakeholder) RETURN s.id AS id
MATCH {S} WITH s ORDER BY s.id LIMIT 3 RETURN s.id AS id
MATCH {S} RETURN coalesce(sum(s.revenue), 0.0) AS revenue, avg(s.margin) AS margin
MATCH {S} WITH s AS t MATCH (t)-[:KNOWS]->(u:Stakeholder) RETURN u.id AS id
MATCH {S} WHERE s.id IN ['a', 'b'] OR s.id IN $ids RETURN s.name STARTS WITH 'a' AS starts
UNWIND ['a', 'b'] AS x MATCH {S} WHERE s.id = x RETURN CASE WHEN s.margin > 0 THEN x END AS y
MATCH {S} RETURN s.id AS match, s.name AS with ORDER BY match
MATCH {S}-[c:CONTACTED]->(t:Stakeholder) RETURN max(c.at) - $window AS at, max(c.occurrence) AS n
MATCH {S} RETURN - s.margin * 2 / (3 - 1) AS x
""".strip().splitlines()

UNPORTABLE = {
    "CALL is outside": f"MATCH {S} CALL db.labels() YIELD label RETURN label",
    "UNION is outside": f"MATCH {S} RETURN s.id AS id UNION ALL MATCH {S} RETURN s.id AS id",
    "the function label ": f"MATCH {S}-[r:KNOWS]->(t:Stakeholder) RETURN label(r) AS x",
    "the function labels ": f"MATCH {S} RETURN labels(s) AS x",
    "the function CAST ": f"MATCH {S} RETURN CAST(s.margin AS STRING) AS x",
    "the function date_part ": f"MATCH {S} RETURN date_part('year', s.left_on) AS x",
    "the function shortestPath ": f"MATCH p = shortestPath({S}) RETURN s.id AS x",
    "the function head ": f"MATCH {S} RETURN head([s.id]) AS x",
    "the function percentileCont ": f"MATCH {S} RETURN percentileCont(s.margin, 0.5) AS x",
    "the function collect .*the order inside differs": f"MATCH {S} RETURN collect(s.id) AS x",
    "the function log .*log10": f"MATCH {S} RETURN log(s.revenue) AS x",
    "the function substring .*from 1": f"MATCH {S} RETURN substring(s.id, 1) AS x",
    "the function round ": f"MATCH {S} RETURN round(s.margin) AS x",
    "the function toInteger ": f"MATCH {S} RETURN toInteger(s.margin) AS x",
    "the function toLower ": f"MATCH {S} RETURN toLower(s.name) AS x",
    "the function any ": f"MATCH {S} WHERE any(x IN ['a'] WHERE x = s.id) RETURN s.id AS x",
    "a bare sum ": f"MATCH {S} RETURN sum(s.revenue) AS x",
    r"\|: is outside": f"MATCH {S}-[r:KNOWS|:REFERS]->(t:Stakeholder) RETURN t.id AS x",
    "a path of any length ": f"MATCH {S}-[:KNOWS*]->(t:Stakeholder) RETURN t.id AS x",
    r"a path of any length .*": f"MATCH {S}-[:KNOWS*1..8]->(t:Stakeholder) RETURN t.id AS x",
    r"\.\. is outside": f"MATCH {S} RETURN [1, 2][0..1] AS x",
    "EXISTS {…} without MATCH": f"MATCH {S} WHERE EXISTS {{ (s)-->(t) }} RETURN s.id AS x",
    "COUNT {…} without MATCH": f"MATCH {S} RETURN COUNT {{ (s)-->(t) }} AS x",
    "COLLECT {…} is": f"MATCH {S} RETURN COLLECT {{ MATCH {S} RETURN s.id }} AS x",
    "{…} is outside .* pattern's": f"MATCH {S} RETURN {{id: s.id}} AS x",
    "{…} is outside .* only": f"MATCH {S} RETURN s {{.id, .name}} AS x",
    "a list comprehension ": f"MATCH {S} RETURN [x IN [1, 2] WHERE x > 1 | x] AS x",
    "a list comprehension .*": f"MATCH {S} RETURN [(s)-[:KNOWS]->(t:Stakeholder) | t.id] AS x",
    "an index into a list ": f"MATCH {S} WITH [1, 2] AS l RETURN l[0] AS x",
    "an index into a list .*": f"MATCH {S} RETURN (s.id)[0] AS x",
    "the property year ": f"MATCH {S} RETURN s.left_on.year AS x",
    "the property shoe_size ": f"MATCH {S} RETURN s.shoe_size AS x",
    "the property shoe_size .*": "MATCH (s:Stakeholder {id: 'a', shoe_size: 4}) RETURN s.id AS x",
    "the label Customer ": "MATCH (s:Customer) RETURN s.id AS x",
    "the label Customer .*": f"MATCH {S} WHERE s:Customer RETURN s.id AS x",
    "the type LENDS_TO ": f"MATCH {S}-[:KNOWS|LENDS_TO]->(t:Stakeholder) RETURN t.id AS x",
    "a node without a label": f"MATCH {S}-[:KNOWS]->() RETURN s.id AS x",
    "the node t without a label": f"MATCH {S}-[:KNOWS]->(t) RETURN t.id AS x",
    "the column s, also a pattern's variable": f"MATCH {S} RETURN s.id AS s ORDER BY s",
    "WITH … ORDER BY without LIMIT": f"MATCH {S} WITH s ORDER BY s.id RETURN s.id AS x",
    "a second relationship of a type": f"MATCH {S}-[:KNOWS]->(t:Stakeholder)<-[:KNOWS]-"
    "(u:Stakeholder) RETURN u.id AS x",
    "a second relationship of a type .*": f"MATCH {S}-[:KNOWS]->(t:Stakeholder), (t)-[r]->"
    "(u:Stakeholder) RETURN u.id AS x",
    "a relationship without direction": f"MATCH {S}-[:KNOWS]-(t:Stakeholder) RETURN t.id AS x",
    "a relationship without direction .*": f"MATCH {S}--(t:Stakeholder) WHERE s.id = 'a' "
    "RETURN t.id AS x",
    "WHERE inside a pattern": "MATCH (s:Stakeholder WHERE s.margin > 0) RETURN s.id AS x",
    "a parameter tested for null": f"MATCH {S} WHERE $p IS NULL OR s.id = $p RETURN s.id AS x",
    "the parameter 'a b'": f"MATCH {S} WHERE s.id = $`a b` RETURN s.id AS x",
    "a backslash ": f"MATCH {S} WHERE s.id = 'a\\'b' RETURN s.id AS x",
    "the number 0x1F ": f"MATCH {S} WHERE s.margin > 0x1F RETURN s.id AS x",
    ":: is outside": f"MATCH {S} WHERE s.margin IS :: INTEGER RETURN s.id AS x",
    "& is outside": "MATCH (s:Stakeholder&Customer) RETURN s.id AS x",
}


def faults(cypher: str) -> list[str]:
    tokens = tokenise(cypher)
    return [message for _, message in find_unportable(tokens, read_tree(tokens))]


@pytest.mark.parametrize("cypher", PORTABLE)
def test_portable_forms_pass(cypher: str) -> None:
    assert faults(cypher) == []


@pytest.mark.parametrize(("found", "cypher"), UNPORTABLE.items())
def test_other_forms_are_refused_with_the_reason(found: str, cypher: str) -> None:
    assert re.search(found, "; ".join(faults(cypher)))


def test_a_fault_is_told_with_its_line() -> None:
    tokens = tokenise("MATCH (s:Stakeholder)\nRETURN\n  round(s.margin) AS x\nORDER BY x")
    assert [fault.line for fault in find_unportable(tokens, read_tree(tokens))] == [3]
