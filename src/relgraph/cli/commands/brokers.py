"""`relgraph brokers`: who connects others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph import assumptions
from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking
from relgraph.errors import UsageError

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings
    from relgraph.store import Store

MEASURES = (
    *("constraint", "effective_size", "efficiency", "hierarchy"),
    *("coordinator", "consultant", "gatekeeper", "representative", "liaison", "brokered"),
    "cut_off",
)


@click.command("brokers", cls=Command)
@options.db
@options.settings(confidence=options.RANK_INTERVALS)
@click.option(
    "--by",
    type=click.Choice(MEASURES),
    default="constraint",
    show_default=True,
    metavar="COLUMN",
    help="What to rank by: constraint to brokered, or cut_off; for constraint and hierarchy, "
    "smallest first.",
)
@click.option(
    "--model",
    type=click.Choice(["whole", "ego"]),
    default="whole",
    show_default=True,
    help="Structural holes over the whole network, or within each ego network.",
)
@click.option("--between", is_flag=True, help="Show which market reaches which, and through whom.")
@click.option("--bridges", is_flag=True, help="Show ties whose loss cuts stakeholders off.")
@click.option(
    "--permutations",
    type=options.Count("permutations"),
    default=int(assumptions.PERMUTATIONS),
    show_default=True,
    metavar="N",
    help="Permutations of the markets with --between.",
)
@options.write_property
@options.rows
def command(
    db: str,
    settings: RankingSettings,
    between: bool,
    bridges: bool,
    permutations: int,
    property_name: str | None,
    rows: options.RowOptions,
    **choices: Any,
) -> None:
    """Rank brokers, the stakeholders who connect others, best placed first.

    \b
    Columns: rank, id, name, market,
      constraint      how far contacts lead back to the same people; low is best
      effective_size  contacts that are not redundant
      efficiency      effective_size per contact
      hierarchy       how far the constraint comes from one contact
      coordinator     pairs they connect: all three in one market,
      consultant      the pair in one market, they in another,
      gatekeeper      from outside into their own market,
      representative  from their own market to outside,
      liaison         all three in different markets
      brokered        sum of these five
      articulation    whether the network falls apart without them
      cut_off         stakeholders then cut off from the rest
      margin_cut_off  margin of the customers among them

    With --between: from_market, to_market, pairs, expected, z, p (permuted markets), broker,
    broker_name, broker_share. With --bridges: source, target, cut_off, margin_cut_off,
    source_name, target_name; the target's side is cut off.
    """
    import relgraph.api as api

    alone = settings.confidence or property_name
    if (between or bridges) and (alone or between == bridges):
        raise UsageError("brokers.together")

    def rank(store: Store) -> Any:
        if between:
            return api.connect_markets(store, settings, permutations=permutations)
        if bridges:
            return api.list_bridges(store, settings)
        return api.rank_brokers(store, settings, **choices)

    write_ranking(db, rank, rows, property_name, choices["by"])
