"""SparkGraph: one projection of the property graph as DataFrames, and what can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from pyspark.sql import DataFrame

from relgraph import assumptions
from relgraph.errors import UsageError, check_range
from relgraph.messages import Note
from relgraph.network import Network
from relgraph.progress import SILENT, Progress
from relgraph.settings import parse_moment
from relgraph.spark import centrality, communities, components, reach, strength
from relgraph.spark.collecting import network_of

ARC_BYTES = 24  # of an arc in memory, as long as a measure runs
COLLECT_BYTES = 2 << 30


@dataclass(frozen=True, eq=False)
class SparkGraph:
    """A network whose nodes and arcs are DataFrames.

    Each measure returns a DataFrame with `id`, `name` and `market` in no order.

    Parameters
    ----------
    everyone : DataFrame
        `key`, the xxhash64 of `id`, then `id, name, market, status, left_on, circle, kind`, and
        `kept`, whether the projection takes them.
    ties : DataFrame
        The ties taken, each both-ways one once: `src` and `dst`, keys of the ends, `forth`,
        whether the id of the source comes first, `type, both, strength, sign` and the components
        of a partnership.
    arcs : DataFrame
        `src, dst, strength, both_ways, sign`, as in `Network`.
    directed : bool
        False where every arc has its reverse.
    notes : tuple of Note
        What was assumed or left out.
    progress : Progress
        Reports the steps of measures.
    as_of : datetime, optional
        The moment that is looked at.
    """

    everyone: DataFrame
    ties: DataFrame
    arcs: DataFrame
    directed: bool = True
    notes: tuple[Note, ...] = ()
    progress: Progress = SILENT
    as_of: datetime | None = None

    @cached_property
    def nodes(self) -> DataFrame:
        """Return the stakeholders that the projection takes."""
        return self.everyone.where("kept")

    @cached_property
    def n(self) -> int:
        """Return the number of nodes."""
        return int(self.nodes.count())

    @cached_property
    def m(self) -> int:
        """Return the number of arcs (an undirected tie is two)."""
        return int(self.arcs.count())

    @property
    def size(self) -> int:
        """Return how many bytes the arcs take in memory."""
        return self.m * ARC_BYTES

    def collect(self, limit: int = COLLECT_BYTES) -> Network:
        """Return the network in this machine's memory, for every measure that there is.

        Parameters
        ----------
        limit : int
            The most bytes that its arcs may take, 24 an arc.

        Raises
        ------
        UsageError
            They take more.
        """
        if self.size > limit:
            raise UsageError(
                "spark.too_large", parameter="limit", arcs=self.m, size=self.size, limit=limit
            )
        return network_of(self.nodes, self.arcs, self.directed, self.notes)

    def degree(self) -> DataFrame:
        """Return `degree`, `in_degree`, `out_degree` and `weighted_degree` of each node."""
        return self._named(centrality.degrees(self.arcs, self.nodes))

    def pagerank(
        self,
        damping: float = assumptions.DAMPING,
        tolerance: float = centrality.TOLERANCE,
    ) -> DataFrame:
        """Return `pagerank` of each node, as `relgraph.analysis` defines it.

        Parameters
        ----------
        damping : float
            The chance of following an arc, in [0, 1).
        tolerance : float
            The sum of absolute changes at which sweeps end; the error is at most
            `damping / (1 - damping)` times as much.
        """
        check_range(tolerance, "tolerance", above=0)
        ranks = centrality.pagerank(
            self.arcs, self.nodes, self.n, damping, tolerance, self.progress
        )
        return self._named(ranks)

    def components(self) -> DataFrame:
        """Return `component`, numbered from 1 by falling size, and its `size` for each node."""
        return self._named(components.components(self.arcs, self.nodes, self.progress))

    def labels(self, sweeps: int = communities.SWEEPS) -> DataFrame:
        """Return `community` and its `size` for each node, by label propagation.

        Quicker and coarser than the Leiden method of `relgraph communities`.
        """
        return self._named(
            communities.label_propagation(self.arcs, self.nodes, sweeps, self.progress)
        )

    def reach(self, hops: int, error: float | None = None) -> DataFrame:
        """Return how many others each node `reached` within so many `hop`s along arcs.

        Parameters
        ----------
        hops : int
            From 1; one hop is exact.
        error : float, optional
            The relative standard error, down to 0.001, of what is sketched; for None 0.065, and
            exact counts in networks of up to 6,000 nodes. A sketch takes 1/error² bytes.

        Returns
        -------
        DataFrame
            `id, name, market, hop, reached, reached_std_error`.
        """
        check_range(hops, "hops", low=1)
        if error is not None:
            check_range(error, "error", 0.001, 0.25)
        return self._named(reach.reached(self.arcs, self.nodes, self.n, hops, error, self.progress))

    def strength(
        self,
        interactions: DataFrame | None = None,
        as_of: datetime | str | None = None,
        saturation: float = assumptions.SATURATION,
    ) -> DataFrame:
        """Return the strength of each partnership, contacts fading as in `relgraph strength`.

        Parameters
        ----------
        interactions : DataFrame, optional
            `source, target, at`, times without a zone in UTC.
        as_of : datetime or str, optional
            Contacts up to then count; that of the graph, or the latest contact, for None.
        saturation : float
            The recent contacts that bring contact strength to 1 − 1/e.

        Returns
        -------
        DataFrame
            `source, target, strength, coverage, basis, imbalance, trend, contacts_before,
            source_name, target_name`, a row for each pair.
        """
        moment = parse_moment(as_of, "as_of") if as_of is not None else self.as_of
        check_range(saturation, "saturation", above=0)
        return strength.partnerships(
            self.everyone, self.ties, interactions, moment, saturation, self.progress
        )

    def _named(self, values: DataFrame) -> DataFrame:
        """Return values by `key` with id, name and market in front."""
        labels = self.nodes.select("key", "id", "name", "market")
        return labels.join(values, "key").drop("key")
