"""`relgraph brokers`: who stands between others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph import assumptions
from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.ranking import write_ranking

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
    help="What to rank by; constraint and hierarchy rank the smallest first.",
)
@click.option(
    "--model",
    type=click.Choice(["whole", "ego"]),
    default="whole",
    show_default=True,
    help="Structural holes over the whole network, or within each ego network.",
)
@click.option("--between", is_flag=True, help="Show which market reaches which through whom.")
@click.option("--bridges", is_flag=True, help="Show ties whose loss cuts stakeholders off.")
@click.option(
    "--permutations",
    type=click.IntRange(min=0),
    default=int(assumptions.PERMUTATIONS),
    show_default=True,
    metavar="N",
    help="How often --between permutes the markets.",
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
    """Rank stakeholders by how they stand between others, the best placed first.

    \b
    Columns: rank, id, name, market,
      constraint      how far their contacts lead back to the same people; low is free
      effective_size  contacts that are not redundant
      efficiency      effective_size by contact
      hierarchy       whether one contact holds the constraint
      coordinator     pairs they join: all three of one market,
      consultant      the pair of one market, they of another,
      gatekeeper      from outside into their own market,
      representative  from their own market to outside,
      liaison         all three of different markets
      brokered        all of these
      articulation    whether the network falls apart without them
      cut_off         stakeholders who then are cut off
      margin_cut_off  margin of the customers among them

    \b
    With --between: from_market, to_market, pairs, expected, z, p (markets permuted), broker,
    broker_name, broker_share. With --bridges: source, target, cut_off, margin_cut_off,
    source_name, target_name; the side of the target is cut off.
    """
    from relgraph import api

    alone = settings.confidence or property_name
    if (between or bridges) and (alone or between == bridges):
        raise click.UsageError(
            "--between and --bridges stand alone: no --write, --confidence or both"
        )

    def rank(store: Store) -> Any:
        if between:
            return api.connect_markets(store, settings, permutations=permutations)
        if bridges:
            return api.list_bridges(store, settings)
        return api.rank_brokers(store, settings, **choices)

    write_ranking(db, rank, rows, property_name, choices["by"])
