"""Options that commands share, each defined once."""

from relgraph.cli.options.assumed import (
    central_planning,
    compared,
    plan,
    planning,
    undated_planning,
)
from relgraph.cli.options.cluster import refuse_on_spark, spark
from relgraph.cli.options.given import Count
from relgraph.cli.options.output import ENDINGS, RowOptions, listed_rows, rows, summary_rows
from relgraph.cli.options.pages import lang, page_language, sharing
from relgraph.cli.options.ranking import (
    CHOSEN_AGAIN,
    RANK_INTERVALS,
    as_of,
    settings,
    write_property,
)
from relgraph.cli.options.store import ask_password, db

__all__ = [
    "CHOSEN_AGAIN",
    "ENDINGS",
    "RANK_INTERVALS",
    "Count",
    "RowOptions",
    "as_of",
    "ask_password",
    "central_planning",
    "compared",
    "db",
    "lang",
    "listed_rows",
    "page_language",
    "plan",
    "planning",
    "refuse_on_spark",
    "rows",
    "settings",
    "sharing",
    "spark",
    "summary_rows",
    "undated_planning",
    "write_property",
]
