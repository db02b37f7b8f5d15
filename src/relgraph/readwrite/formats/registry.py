"""The formats of files: by its ending, what reads it, what writes it and what it holds.

Reading and writing look here, and tests hold the command line's help and the documents to it. To
add a format, write its module in this folder and name its functions below.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from relgraph.dataset import Dataset
    from relgraph.readwrite.problems import ProblemLog
    from relgraph.readwrite.raw_table import RawTable

# A reader takes the content of a file, its name as given, its name without the ending, and a log
# for what can't be read; it returns the tables. A writer takes a dataset in written order and a
# path, and raises an OutputError for what its format can't hold.
Reader = Callable[[Any, str, str, "ProblemLog"], "list[RawTable]"]
Writer = Callable[["Dataset", Path], None]


class Format(NamedTuple):
    """One kind of file.

    Parameters
    ----------
    holds : {"table", "tables", "graph"}
        One of the three tables, all of them, or a graph of nodes and ties.
    reads, writes : str or None
        The function that does it, as `module.function` of this folder; loaded when it is needed.
    is_text : bool
        Whether the reader takes text, or else bytes.
    """

    holds: Literal["table", "tables", "graph"]
    reads: str | None = None
    writes: str | None = None
    is_text: bool = True

    def reader(self) -> Reader:
        """Return the function that reads a file."""
        reader: Reader = _load(self.reads)
        return reader

    def writer(self) -> Writer:
        """Return the function that writes a file."""
        writer: Writer = _load(self.writes)
        return writer


def _load(name: str | None) -> Any:
    module, _, function = (name or "").partition(".")
    return getattr(import_module(f"{__package__}.{module}"), function)


FORMATS = {
    ".csv": Format(
        "table", reads="csv_reader.read_csv"
    ),  # written as a folder of three, like Parquet
    ".tsv": Format("table", reads="csv_reader.read_tsv"),
    ".xlsx": Format("tables", "xlsx_reader.read_xlsx", "xlsx_writer.write_xlsx", is_text=False),
    ".parquet": Format("table", reads="arrow_tables.read_parquet", is_text=False),
    ".json": Format("tables", "json_reader.read_json", "json_writer.write_json"),
    ".graphml": Format(
        "graph", "graph_reader.read_graph", "graphml_writer.write_graphml", is_text=False
    ),
    ".gml": Format("graph", "gml_reader.read_gml", "gml_writer.write_gml"),
    ".net": Format("graph", "pajek_reader.read_pajek", "pajek_writer.write_pajek"),
    ".paj": Format("graph", "pajek_reader.read_pajek"),
    ".dl": Format("graph", "dl_reader.read_dl"),
    ".dat": Format("graph", "dl_reader.read_dl"),
    ".vna": Format("graph", "vna_reader.read_vna"),
    ".##h": Format("graph", "ucinet_reader.read_ucinet", is_text=False),
    ".dot": Format("graph", "dot_reader.read_dot"),
    ".gv": Format("graph", "dot_reader.read_dot"),
    ".sif": Format("graph", "sif_reader.read_sif"),
    ".jsonl": Format("graph", "graph_json.read_json_lines"),
    ".cyjs": Format("graph", "graph_json.read_graph_json"),
    ".cx2": Format("graph", "graph_json.read_graph_json"),
    ".gexf": Format("graph", "graph_reader.read_graph", "gexf_writer.write_gexf", is_text=False),
}
READABLE = tuple(ending for ending, format in FORMATS.items() if format.reads)
WRITABLE = tuple(ending for ending, format in FORMATS.items() if format.writes)
