"""`relgraph plan`: which relationships to invest in, what each is worth, and how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph import assumptions
from relgraph.cli import diagnostics, options
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking
from relgraph.cli.value_types import MarketName, Moment
from relgraph.errors import UsageError
from relgraph.messages import Note

if TYPE_CHECKING:
    from relgraph.settings import PlanningSettings
    from relgraph.store import Store


# The formats of a plan as a document, with the endings of their files.
DOCUMENTS = {"html": ".html", "markdown": ".md", "xlsx": ".xlsx"}

_UNLIMITED = {
    "count": int(assumptions.INVESTMENTS),
    "markets": (),
    "exclude": (),
    "must": (),
    "respect_capacity": False,
}


@click.command("plan", cls=Command)
@options.db
@options.planning
@click.option(
    "-k",
    "count",
    type=options.Count("investments"),
    default=int(assumptions.INVESTMENTS),
    show_default=True,
    metavar="N",
    help="Choose at most this many relationships.",
)
@click.option("--budget", type=float, metavar="B", help="Spend at most this much a year.")
@click.option(
    "--market",
    "markets",
    type=MarketName(),
    multiple=True,
    help="Choose only in this market; repeatable.",
)
@click.option("--owner", metavar="ID", help="Choose only what this employee would do.")
@click.option("--exclude", multiple=True, metavar="ID", help="Leave this account out; repeatable.")
@click.option("--must", multiple=True, metavar="ID", help="Choose this account; repeatable.")
@click.option(
    "--respect-capacity",
    is_flag=True,
    help="Ask nobody for more contacts a year than `relgraph settings` says they can make.",
)
@click.option("--frontier", is_flag=True, help="Show what the best plan brings, by budget.")
@click.option(
    "--explain",
    "stakeholder",
    metavar="ID",
    help="Show, step by step, how the net of this account comes about.",
)
@click.option("--questions", is_flag=True, help="Show what to find out first, and what it's worth.")
@click.option(
    "--save",
    metavar="FILE",
    help="Keep the plan in a new TOML file, to try with `relgraph whatif` and to review later; it "
    "holds names, and `relgraph remove` can't reach it.",
)
@click.option(
    "--review", metavar="FILE", help="Show what became of a saved plan: what was done, what moved."
)
@click.option("--theme", metavar="TEXT", help="Add a campaign about this to a plan as a document.")
@click.option("--from", "start", type=Moment(), metavar="DATE", help="When the campaign begins.")
@click.option("--to", "end", type=Moment(), metavar="DATE", help="When it ends.")
@click.option(
    "--manager", metavar="ID", help="Who manages the plan (default: the one to whom most report)."
)
@options.sharing
@options.lang("Language of a document, and of the comments in a saved plan")
@options.listed_rows
def command(
    db: str,
    settings: PlanningSettings,
    frontier: bool,
    stakeholder: str | None,
    questions: bool,
    save: str | None,
    review: str | None,
    theme: str | None,
    start: Any,
    end: Any,
    manager: str | None,
    without_money: bool,
    anonymise: bool,
    key: str | None,
    language: Any,
    rows: options.RowOptions,
    **limits: Any,
) -> None:
    """Choose the relationships to invest in: which ten, what each is worth, and how sure.

    Actions: deepen a tie (up one level), recover an account that is cooling or unhappy, assign one
    that nobody looks after, cover one that knows a single employee. Every combination that applies
    is priced; chosen are the best together.

    \b
    Columns: rank, id, name, market,
      action        what to do
      owner         who does it
      at_stake      what they are worth in money if they stay
      p_leave       chance that they leave this year, and p_after with the action
      gain          what it brings a year: keep + chain + refer + fragility
      cost          what its contacts cost a year
      net           gain - cost, at the central assumptions
      net_expected  mean over the draws, which decides
      net_low, net_high   95 % interval
      top_ten       share of draws in which they are chosen
      newcomer      who becomes a new contact
      level, to_level, strength, strength_after, contacts
      keep          more likely to stay
      chain         buyers who would have followed them
      refer         new business that they bring
      fragility     less that goes with an employee
      reasons       why they are likelier to leave than others of their market
      loss          all that falls if they leave (relgraph exit)
      rank_low, rank_high   95 % interval of the rank
    With --frontier: budget, chosen, net.
    With --explain: step, symbol, value, formula, from.
    With --questions: rank, question, id, name, property, low, high, worth.
    With --review: group (chosen or next), rank, id, name, market, action,
      done, open    the actions that show in the data, and those that don't
      status        active, left, no account, missing
      contacts, due, made   planned a year, due by now in all, and made
      strength_then, _planned, _now; the same of satisfaction and p_leave; margin_now

    With -o FILE ending in .html, .md or .xlsx: the plan as a document in the language of --lang:
    whom to invest in, this quarter's contacts, duties with goal and evaluation, the manager and
    specialists, the long plan, and all accounts by class; with --theme the steps of a campaign.

    docs/planning.md explains each figure.
    """
    import relgraph.api as api

    asked = {
        "frontier": frontier,
        "explain": stakeholder is not None,
        "questions": questions,
        "review": review is not None,
    }
    question = next((name for name, given in asked.items() if given), None)
    if sum(asked.values()) > 1 or (question not in (None, "frontier") and save is not None):
        raise UsageError("plan.one_question")

    if review is not None and (given := [n for n, v in limits.items() if v != _UNLIMITED.get(n)]):
        raise UsageError("review.no_limits", parameter=given[0])
    told = {"theme": theme, "start": start, "end": end, "manager": manager}
    told |= {"without_money": without_money or None, "anonymise": anonymise or None, "key": key}
    if question is None and rows.format in DOCUMENTS and rows.output not in (None, "-"):
        if rows.top is not None or rows.columns:
            raise UsageError("document.no_rows", parameter="columns" if rows.columns else "top")
        writing = {name: value for name, value in told.items() if value is not None}
        _write_document(db, rows, settings, save=save, language=language, **writing, **limits)
        return
    if given := [name for name, value in told.items() if value is not None]:
        raise UsageError("document.only", parameter=given[0], endings=tuple(DOCUMENTS.values()))

    def answer(store: Store) -> Any:
        if stakeholder is not None:
            return api.explain_investment(store, stakeholder, settings, **limits)
        if questions:
            return api.rank_questions(store, settings, **limits)
        if review is not None:
            return api.review_plan(store, review, settings)
        kept = {"save": save, "language": language}
        return api.plan_investments(store, settings, frontier=frontier, **kept, **limits)

    if question is not None:
        rows = rows._replace(command=f"plan --{question}")
    write_ranking(db, answer, rows)


def _write_document(
    db: str, rows: options.RowOptions, settings: PlanningSettings, **writing: Any
) -> None:
    """Write the plan as a document, and say where."""
    import relgraph.api as api

    with api.open_store(db) as store:
        summary = api.write_plan(store, rows.output, settings, format=rows.format, **writing)
    values = {"path": summary.path, "count": summary.investments}
    diagnostics.note(Note("document.written", kilobytes=summary.size / 1e3, **values))
    for note in summary.notes:
        diagnostics.note(note)
