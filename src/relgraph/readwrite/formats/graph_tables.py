"""Building the tables of a graph: nodes and ties as they are read, checked when all are there."""

from __future__ import annotations

from collections.abc import Mapping

from relgraph.messages import Message
from relgraph.readwrite.foreign import DIRECTED, UNDIRECTED
from relgraph.readwrite.formats.graph_parser import Element
from relgraph.readwrite.formats.graph_reader import element_table
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable, empty_table

NO_VALUES: Mapping[str, str] = {}


class GraphTables:
    """The nodes and ties of one file.

    Parameters
    ----------
    file, name : str
        The file as messages call it, and its name without the ending.
    log : ProblemLog
        Told of nodes that are there twice, and of ties whose ends are no nodes.
    """

    def __init__(self, file: str, name: str, log: ProblemLog) -> None:
        self.file, self.name, self.log = file, name, log
        self.nodes: dict[str, Element] = {}
        self.ties: list[Element] = []

    def wrong(self, line: int, key: str, **values: object) -> None:
        """Tell the log of a problem."""
        self.log.add(Message(key, **values), self.file, line)

    def node(
        self, node: str, line: int, label: str = "", values: Mapping[str, str] = NO_VALUES
    ) -> None:
        """Take a node that the file describes."""
        if not node:
            self.wrong(line, "graph.no_id")
        elif node in self.nodes:
            self.wrong(line, "graph.node_twice", value=shortened(node))
        else:
            fixed = {"id": node, "name": label or node}
            self.nodes[node] = Element(line, fixed, values=dict(values))

    def mention(self, node: str, line: int) -> None:
        """Take a node that the file names without describing it."""
        if node not in self.nodes:
            self.node(node, line)

    def tie(
        self,
        source: str,
        target: str,
        line: int,
        type: str = "",
        values: Mapping[str, str] = NO_VALUES,
        *,
        directed: bool = True,
    ) -> None:
        """Take a tie; without a type it is KNOWS or LINKED_TO."""
        fixed = {"source": source, "target": target}
        fixed["type"] = type or (DIRECTED if directed else UNDIRECTED)
        self.ties.append(Element(line, fixed, undirected=not directed, values=dict(values)))

    def tables(self) -> list[RawTable]:
        """Return the tables; an empty one, and a problem, if there is no graph."""
        if not self.nodes and not self.log.problems:
            self.wrong(1, "graph.nothing")
        for tie in self.ties:
            for end in ("source", "target"):
                if tie.fixed[end] not in self.nodes:
                    value = shortened(tie.fixed[end])
                    self.wrong(tie.line, "graph.no_node", end=end, value=value)
        tables = (
            element_table(self.file, "stakeholders", list(self.nodes.values()), {}),
            element_table(self.file, "relationships", self.ties, {}),
        )
        return [each for each in tables if len(each)] or [empty_table(self.file, self.name)]
