"""Results of Spark, written part by part: as Parquet, or as a property of stored stakeholders."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from relgraph.api.properties import check_property_name, stored_property
from relgraph.arguments import checked
from relgraph.errors import UnknownStakeholder, UsageError, check_choice, check_range
from relgraph.model import NODE_LABEL
from relgraph.progress import SILENT, Progress
from relgraph.spark.parts import PART, numbered_parts, write_parquet
from relgraph.spark.session import kept, translated
from relgraph.store import Store
from relgraph.store.graph import Draft
from relgraph.store.removal import clear_properties

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

PARTS = 64


@checked
def write_results(
    results: Any,
    target: str | Store,
    column: str | None = None,
    property_name: str | None = None,
    *,
    parts: int = PARTS,
    resume: bool = False,
    progress: Progress = SILENT,
) -> int:
    """Write what a measure of `SparkGraph` returned, part by part.

    Parameters
    ----------
    results : DataFrame
        With `id`, or `source` and `target`.
    target : str or Store
        A folder that Spark can write, for Parquet in folders `part=N`; or a store that is open for
        writing, best a Neo4j server, each part in a transaction of its own.
    column : str, optional
        For a store, the column of numbers to keep.
    property_name : str, optional
        The property of stakeholders that keeps it; the column's name for None.
    parts : int
        How many parts there are, by the hash of the first column.
    resume : bool
        Leave the parts that an interrupted call with the same arguments has written. By default
        what is there is replaced.
    progress : Progress
        Reports the parts.

    Returns
    -------
    int
        How many parts were written now.

    Raises
    ------
    UsageError
        The property can't be used, or the column is missing; or another write was interrupted.
    UnknownStakeholder
        A part has ids that the store hasn't; the parts before it are written.
    """
    check_range(parts, "parts", low=1)
    with translated():
        numbered = kept(numbered_parts(results, parts))
        progress.start("progress.spark_writing", parts)
        if isinstance(target, str):
            done = write_parquet(numbered, target, parts, progress, resume=resume)
        else:
            check_choice(column, tuple(results.columns), "column")
            name = property_name or str(column)
            rows = numbered.select("id", str(column), PART)
            done = _write_store(rows, target, name, parts, progress, resume=resume)
        progress.finish()
    return done


def _write_store(
    rows: DataFrame, store: Store, name: str, parts: int, progress: Progress, *, resume: bool
) -> int:
    """Write the parts, each with the mark that it is there, whole or not at all."""
    check_property_name(name)
    name, _ = stored_property(store.read_schema(), name)
    mark = {"property": name, "column": rows.columns[1], "parts": parts}
    begun = json.loads(store.graph().read_text("results") or "{}")
    going_on = resume and begun.get("mark") == mark
    if resume and begun and not going_on:
        raise UsageError(
            "spark.other_write", parameter="resume", property=begun["mark"]["property"]
        )
    first = begun["next"] if going_on else 0
    for part in range(first, parts):
        with store.change() as draft:
            if part == 0:
                clear_properties(draft, [name])
            draft.declare(None, {name: "number"})
            _write_part(draft, rows.where(f"{PART} = {part}").drop(PART), name)
            following = {"mark": mark, "next": part + 1} if part + 1 < parts else {}
            draft.write_text("results", json.dumps(following))
        progress.advance()
    return parts - first


def _write_part(draft: Draft, rows: DataFrame, name: str) -> None:
    column = rows.columns[1]
    frame = rows.where(f"`{column}` IS NOT NULL").toArrow().to_pandas()
    frame = frame.rename(columns={column: name}).astype({"id": "str", name: "float64"})
    unknown = draft.run(
        f"UNWIND $ids AS id OPTIONAL MATCH (s:{NODE_LABEL} {{id: id}}) WITH id, s "
        "WHERE s IS NULL RETURN id ORDER BY id LIMIT 5",
        {"ids": frame["id"].tolist()},
    )["id"]
    if len(unknown):
        raise UnknownStakeholder("result.unknown", parameter="results", ids=unknown.tolist())
    for start in range(0, len(frame), draft.rows_at_once):
        draft.update_rows(None, frame.iloc[start : start + draft.rows_at_once], ["id"])
