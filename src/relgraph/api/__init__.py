"""The Python API: one public function per command, with an open store as first argument.

An argument that is wrong raises UsageError, which names it.

Names are resolved on first use, so that importing relgraph loads no driver and no array library.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

# Public name → the module that holds it. `relgraph.NAME` gives the same.
PUBLIC = {
    "MapPage": "relgraph.api.maps",
    "MapSummary": "relgraph.api.maps",
    "Network": "relgraph.network",
    "Note": "relgraph.messages",
    "PlanSummary": "relgraph.api.plan_documents",
    "PlanningSettings": "relgraph.settings",
    "Projection": "relgraph.settings",
    "RankingSettings": "relgraph.settings",
    "ReportSummary": "relgraph.api.reports",
    "Result": "relgraph.result",
    "Store": "relgraph.store",
    "add_contact": "relgraph.api.hand_edits",
    "backtest_churn": "relgraph.api.exit",
    "check_store": "relgraph.api.info",
    "classify_stakeholders": "relgraph.api.portfolio",
    "compare_scenario": "relgraph.api.whatif",
    "compare_stores": "relgraph.api.differences",
    "connect_markets": "relgraph.api.brokers",
    "copy_store": "relgraph.api.copying",
    "describe_network": "relgraph.api.network",
    "describe_store": "relgraph.api.info",
    "draw_map": "relgraph.api.maps",
    "estimate_churn_cost": "relgraph.api.exit",
    "export_person": "relgraph.api.persons",
    "export_store": "relgraph.api.exporting",
    "explain": "relgraph.api.explanations",
    "explain_investment": "relgraph.api.plan",
    "find_advocates": "relgraph.api.advocates",
    "find_communities": "relgraph.api.communities",
    "find_duplicates": "relgraph.api.duplicates",
    "find_introductions": "relgraph.api.introductions",
    "find_keyplayers": "relgraph.api.keyplayers",
    "import_files": "relgraph.api.importing",
    "import_frames": "relgraph.api.frames",
    "import_mail": "relgraph.api.mail",
    "list_assumptions": "relgraph.api.assumptions",
    "list_bridges": "relgraph.api.brokers",
    "list_history": "relgraph.api.history",
    "list_explained": "relgraph.api.explanations",
    "list_marked": "relgraph.api.duplicates",
    "list_overdue": "relgraph.api.overdue",
    "list_queries": "relgraph.api.queries",
    "list_sources": "relgraph.api.sources",
    "mark_same": "relgraph.api.duplicates",
    "measure_churn": "relgraph.api.exit",
    "open_store": "relgraph.store",
    "plan_investments": "relgraph.api.plan",
    "review_plan": "relgraph.api.saved_plans",
    "preview_import": "relgraph.api.importing",
    "suggest_mapping": "relgraph.api.importing",
    "rank_brokers": "relgraph.api.brokers",
    "rank_centrality": "relgraph.api.centrality",
    "rank_exits": "relgraph.api.exit",
    "rank_partnerships": "relgraph.api.partnerships",
    "rank_questions": "relgraph.api.plan",
    "rank_reach": "relgraph.api.word_of_mouth",
    "read_settings": "relgraph.api.store_settings",
    "remove_contacts": "relgraph.api.removing",
    "remove_source": "relgraph.api.removing",
    "remove_stakeholders": "relgraph.api.stakeholders",
    "remove_ties": "relgraph.api.removing",
    "render_map": "relgraph.api.maps",
    "resolve_ids": "relgraph.api.stakeholders",
    "rule250": "relgraph.api.word_of_mouth",
    "run_cypher": "relgraph.api.queries",
    "run_demo": "relgraph.api.demo",
    "run_named_query": "relgraph.api.queries",
    "save_settings": "relgraph.api.store_settings",
    "set_properties": "relgraph.api.hand_edits",
    "set_tie": "relgraph.api.hand_edits",
    "show_query": "relgraph.api.queries",
    "show_stakeholder": "relgraph.api.portrait",
    "trace_exit": "relgraph.api.exit",
    "trace_profit_curve": "relgraph.api.value",
    "trace_reach": "relgraph.api.word_of_mouth",
    "value_stakeholders": "relgraph.api.value",
    "write_plan": "relgraph.api.plan_documents",
    "write_property": "relgraph.api.properties",
    "write_report": "relgraph.api.reports",
    "write_template": "relgraph.api.templates",
}

__all__ = list(PUBLIC)


def __getattr__(name: str) -> Any:
    if name in PUBLIC:
        return getattr(import_module(PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *PUBLIC})
