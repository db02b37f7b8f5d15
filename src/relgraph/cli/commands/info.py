"""`relgraph info`: what is in a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relgraph.cli import diagnostics, options, output
from relgraph.cli.command import Command
from relgraph.settings import USUAL

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings


@click.command("info", cls=Command)
@options.db
@click.option("--network", is_flag=True, help="Show figures of the network as a whole.")
@click.option(
    "--check", is_flag=True, help="Read everything, and check that the store is undamaged."
)
@options.settings()
@options.summary_rows
def command(
    db: str,
    network: bool,
    check: bool,
    settings: RankingSettings,
    rows: options.RowOptions,
) -> None:
    """Show what the store holds and what was imported, or describe the network.

    \b
    Columns:
      kind    store: rows of each table; market: stakeholders of each;
              type: relationships of each; property: how many have it;
              import: files of every import (see `relgraph sources`);
              history: snapshots and their bytes together (see `relgraph
              history`)
      name    of the market, type, property or file
      count   how many
      at      when the file was imported, the first snapshot taken (UTC)
      sha256  of the file's content

    With --network, for the network that the options choose: figure (density,
    components, fragmentation, ei_index, assortativity ...), market, value, and
    expected, z and p from permuted markets.
    """
    import relgraph.api as api
    from relgraph.messages import Message

    if not network and settings != USUAL:
        diagnostics.note(Message("info.whole"))
    with api.open_store(db) as store:
        if check:
            diagnostics.note(api.check_store(store))
        result = api.describe_network(store, settings) if network else api.describe_store(store)
    output.write_rows(result, rows)
