"""`relgraph overdue`: whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import diagnostics, options
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking
from relgraph.errors import UsageError

if TYPE_CHECKING:
    from relgraph.settings import PlanningSettings

BY = ("overdue", "quiet", "at_stake", "velocity")


@click.command("overdue", cls=Command)
@options.db
@options.central_planning
@click.option(
    "--by", type=click.Choice(BY), default="overdue", show_default=True, help="What to rank by."
)
@click.option("--ties", "per_tie", is_flag=True, help="Show a row for each employee and account.")
@click.option("--owner", metavar="ID", help="Show only whom this employee looks after.")
@click.option("--all", "everyone", is_flag=True, help="Show those who needn't be called yet too.")
@click.option("--fail-if-any", is_flag=True, help="Exit with code 5 if there is somebody to call.")
@options.rows
def command(
    db: str,
    settings: PlanningSettings,
    by: Any,
    per_tie: bool,
    owner: str | None,
    everyone: bool,
    fail_if_any: bool,
    rows: options.RowOptions,
) -> None:
    """List whom to call: who waits longer than their level or their own rhythm allows.

    \b
    Columns: rank, id, name, market,
      employee        with --ties, and employee_name
      owner           who looks after them
      level           1 to 5: the highest of their ties to the firm and its
                      employees, else the one whose contacts were made in the
                      year up to the last contact
      last            the last contact with us, whoever made it
      due_every       days after which a contact is due at that level
      overdue         days since the last contact beyond these
      usual           median days between two contacts
      quiet           chance of such a silence at their own rhythm
      trend           change of the number of contacts, from -1 (stopped) to 1
      velocity        change of the strength of contacts in a half-life
      at_stake        what they are worth in money if they stay
      remark          why nothing can be overdue

    Shown are those who are overdue or unusually quiet (below 0.05), unless --all is given. With
    --ties, --owner shows the employee's own ties. docs/planning.md explains each figure.
    """
    import relgraph.api as api

    if everyone and fail_if_any:
        raise UsageError("overdue.all_and_fail")
    found = write_ranking(
        db,
        lambda store: api.list_overdue(
            store, settings, by=by, per_tie=per_tie, owner=owner, everyone=everyone
        ),
        rows,
    )
    if fail_if_any and found:
        raise click.exceptions.Exit(diagnostics.FOUND)
