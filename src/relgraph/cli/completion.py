"""What the shell offers while a word is typed: ids, measures, columns, and names of queries.

Whatever is wrong, a store that is missing or locked among it, offers nothing: an error would land
in the line that is being typed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable

import click

_MOST = 200  # ids offered; the shell shows them all at once

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def _beginning(find: Callable[[click.Context, str], Iterable[str]]) -> Complete:
    """Return a completion that offers the names that begin with what is typed."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        with contextlib.suppress(Exception):
            return [name for name in find(ctx, incomplete) if name.startswith(incomplete)]
        return []

    return complete


def _ids(ctx: click.Context, incomplete: str) -> Iterable[str]:
    from relgraph.model import NODE_LABEL
    from relgraph.store import missing_password, open_store

    url = ctx.params.get("db") or "relgraph.lbug"
    if missing_password(url) is not None:
        return []
    with open_store(url) as store:
        found = store.execute(
            f"MATCH (s:{NODE_LABEL}) WHERE s.id STARTS WITH $typed "
            f"RETURN s.id AS id ORDER BY id LIMIT {_MOST}",
            {"typed": incomplete},
        )
    return [row["id"] for row in found.rows()]


def _measures(ctx: click.Context, incomplete: str) -> Iterable[str]:
    from relgraph.analysis.centrality.measures import MEASURES

    return ["all", *MEASURES]


def _queries(ctx: click.Context, incomplete: str) -> Iterable[str]:
    from relgraph.resources import resource_dir

    return sorted(path.stem for path in resource_dir("queries").glob("*.cypher"))


def _columns(ctx: click.Context, incomplete: str) -> Iterable[str]:
    """Yield the columns of the command, behind those that are typed already."""
    from relgraph.api.views import VIEWS

    typed, comma, _ = incomplete.rpartition(",")
    name = ctx.command_path.partition(" ")[2]
    shown = [columns for view, columns in VIEWS.items() if f"{view} ".startswith(f"{name} ")]
    for column in dict.fromkeys(column for columns in shown for column in columns):
        if column not in typed.split(","):
            yield f"{typed}{comma}{column}"


def _explained(ctx: click.Context, incomplete: str) -> Iterable[str]:
    from relgraph.api import list_explained

    return dict.fromkeys(name for row in list_explained().rows() for name in row["names"])


ids = _beginning(_ids)
measures = _beginning(_measures)
queries = _beginning(_queries)
columns = _beginning(_columns)
explained = _beginning(_explained)
