"""Named queries: find, read and check `queries/*.cypher`, and a user's own Cypher."""

from __future__ import annotations

from relgraph.named_queries.loading import NamedQuery, find_query, load_queries, read_query
from relgraph.named_queries.parameters import Parameter, check_values, parse_value
from relgraph.named_queries.readonly import check_readonly
from relgraph.named_queries.returned import ReturnColumn
from relgraph.named_queries.tokens import find_parameters

__all__ = [
    "NamedQuery",
    "Parameter",
    "ReturnColumn",
    "check_readonly",
    "check_values",
    "find_parameters",
    "find_query",
    "load_queries",
    "parse_value",
    "read_query",
]
