"""The docstring of every function that returns rows names all their columns."""

from __future__ import annotations

import inspect
import re

import pytest

from relgraph import api
from relgraph.api.views import VIEWS

# The function of each view.
FUNCTIONS = {
    "import": "import_files",
    "import --sync": "import_files",
    "import --same": "mark_same",
    "set": "set_properties",
    "tie": "set_tie",
    "contact": "add_contact",
    "copy": "copy_store",
    "remove": "remove_stakeholders",
    "info": "describe_store",
    "info --network": "describe_network",
    "history": "list_history",
    "sources": "list_sources",
    "duplicates": "find_duplicates",
    "assumptions": "list_assumptions",
    "explain": "list_explained",
    "explain NAME": "explain",
    "centrality": "rank_centrality",
    "centrality --error": "rank_centrality",
    "brokers": "rank_brokers",
    "brokers --between": "connect_markets",
    "brokers --bridges": "list_bridges",
    "keyplayers": "find_keyplayers",
    "communities": "find_communities",
    "strength": "rank_partnerships",
    "reach": "rank_reach",
    "reach ID": "trace_reach",
    "advocates": "find_advocates",
    "rule250": "rule250",
    "value": "value_stakeholders",
    "value --by parent": "value_stakeholders",
    "value --curve": "trace_profit_curve",
    **{
        f"portfolio --model {each}": "classify_stakeholders"
        for each in (*("level", "value", "supply", "salience", "power"),)
    },
    "exit": "rank_exits",
    "exit ID": "trace_exit",
    "exit --rates": "measure_churn",
    "exit --backtest": "backtest_churn",
    "exit --customers": "estimate_churn_cost",
    "overdue": "list_overdue",
    "overdue --ties": "list_overdue",
    "intro": "find_introductions",
    "plan": "plan_investments",
    "plan --frontier": "plan_investments",
    "plan --explain": "explain_investment",
    "plan --questions": "rank_questions",
    "plan --review": "review_plan",
    "whatif": "compare_scenario",
    "diff": "compare_stores",
    "query list": "list_queries",
}


def test_every_view_has_its_function() -> None:
    assert FUNCTIONS.keys() == VIEWS.keys()


@pytest.mark.parametrize("view", VIEWS)
def test_its_docstring_names_every_column(view: str) -> None:
    text = inspect.getdoc(getattr(api, FUNCTIONS[view])) or ""
    told = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", text))))
    assert [name for name in VIEWS[view] if name not in told] == []
