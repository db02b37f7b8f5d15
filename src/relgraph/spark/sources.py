"""The three tables as DataFrames: found in a folder, their columns given the types that we know."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, DataFrameReader, SparkSession
from pyspark.sql import functions as F

from relgraph.errors import InvalidInput, Problem, UsageError
from relgraph.messages import Message
from relgraph.model import COLUMNS, PARTNERSHIP_COMPONENTS, ColumnType, TableName
from relgraph.spark.session import ZONE
from relgraph.store_settings import SETTINGS_FILE, StoreSettings, parse_settings

# The columns that measures look at.
USED: dict[TableName, tuple[str, ...]] = {
    "stakeholders": ("id", "name", "market", "status", "left_on", "circle", "kind"),
    "relationships": (
        *("source", "target", "type", "strength", "sign", "since", "until"),
        *PARTNERSHIP_COMPONENTS,
    ),
    "interactions": ("source", "target", "at", "value"),
}
_TYPES: dict[ColumnType, str] = {
    "text": "string",
    "integer": "bigint",
    "number": "double",
    "date": "date",
    "time": "timestamp",
}


@dataclass(frozen=True, eq=False)
class SparkTables:
    """The tables of a store as DataFrames with the names of `relgraph export`'s columns.

    Parameters
    ----------
    stakeholders, relationships : DataFrame
    interactions : DataFrame, optional
    settings : StoreSettings
        What the folder's `relgraph.toml` says, if it has one.
    """

    stakeholders: DataFrame
    relationships: DataFrame
    interactions: DataFrame | None = None
    settings: StoreSettings = field(default_factory=StoreSettings)


def read_tables(spark: SparkSession, folder: str) -> SparkTables:
    """Return the tables of a folder, as `relgraph export` writes it or a job of Spark.

    Each is `NAME.parquet` (a file or a folder of parts), a folder `NAME` of Parquet, or `NAME.csv`.

    Parameters
    ----------
    folder : str
        Any address that Spark's workers can read: `hdfs://…`, `s3a://…`, a shared folder.

    Raises
    ------
    UsageError
        There are no stakeholders or no relationships.
    """
    base = folder.rstrip("/")
    found = {table: _find(spark, base, table) for table in USED}
    for table in ("stakeholders", "relationships"):
        if found[table] is None:
            raise UsageError("spark.no_table", parameter="data", folder=folder, table=table)
    text = readable(spark.read.format("text").option("wholetext", True), f"{base}/{SETTINGS_FILE}")
    settings = parse_settings(text.first()[0]) if text is not None else StoreSettings()
    return SparkTables(
        found["stakeholders"], found["relationships"], found["interactions"], settings
    )


def _find(spark: SparkSession, base: str, table: str) -> DataFrame | None:
    for name in (f"{table}.parquet", table):
        if (frame := readable(spark.read.format("parquet"), f"{base}/{name}")) is not None:
            return frame
    csv = spark.read.options(header=True, multiLine=True, escape='"', encoding="UTF-8")
    return readable(csv.format("csv"), f"{base}/{table}.csv")


def readable(reader: DataFrameReader, path: str) -> DataFrame | None:
    """Return what a reader reads, None where there is nothing."""
    try:
        frame: DataFrame = reader.load(path)
        frame.schema  # noqa: B018 over Spark Connect nothing is looked at before
    except AnalysisException as error:
        if "PATH_NOT_FOUND" in str(error) or "UNABLE_TO_INFER_SCHEMA" in str(error):
            return None
        raise
    return frame


def typed(frame: DataFrame, table: TableName) -> DataFrame:
    """Return the columns that measures look at in their types, missing ones empty.

    A cell that is none of its type is empty too, and `unread` tells the first of a row.

    Raises
    ------
    InvalidInput
        A column that every row needs is missing.
    UsageError
        Times have no zone, and the session's isn't UTC.
    """
    there = set(frame.columns)
    absent = [name for name in USED[table] if COLUMNS[table][name].required and name not in there]
    if absent:
        raise InvalidInput(Problem(Message("spark.no_column", column=n), table) for n in absent)
    columns, unread = [], []
    for name in USED[table]:
        kind = _TYPES[COLUMNS[table][name].type]
        if name not in there:
            columns.append(F.lit(None).cast(kind).alias(name))
            continue
        if kind == "timestamp" and dict(frame.dtypes)[name] != kind:
            _check_zone(frame)
        cell = F.col(name)
        if dict(frame.dtypes)[name] == "string":
            cell = F.when(cell != "", cell)
        value = cell.try_cast(kind)
        if kind == "double":
            value = F.when(~F.isnan(value), value)
            filled = cell.isNotNull() & (cell.cast("string") != "NaN")
        else:
            filled = cell.isNotNull()
        columns.append(value.alias(name))
        unread.append(
            F.when(filled & value.isNull(), F.concat(F.lit(f"{name} = "), cell.cast("string")))
        )
    return frame.select(*columns, F.coalesce(*unread, F.lit(None).cast("string")).alias("unread"))


def _check_zone(frame: DataFrame) -> None:
    zone = str(frame.sparkSession.conf.get(ZONE))
    if zone.upper() not in ("UTC", "ETC/UTC", "Z", "GMT"):
        raise UsageError("spark.time_zone", setting=ZONE, zone=zone)
