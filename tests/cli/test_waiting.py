"""What is told of long work: by a clock of the test's own, never by time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from relgraph import (
    classify_stakeholders,
    compare_stores,
    kernels,
    open_store,
    write_report,
)
from relgraph.analysis import costs
from relgraph.analysis.centrality.measures import MEASURES, rank_nodes
from relgraph.analysis.keyplayers.rows import keyplayer_rows
from relgraph.analysis.ranking.uncertainty import drawn_values
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.analysis.word_of_mouth.people import Circles
from relgraph.analysis.word_of_mouth.reach import hop_rows, reach_rows
from relgraph.cli import diagnostics
from relgraph.firm import read_network
from relgraph.network import Network, from_networkx
from relgraph.progress import Progress
from relgraph.readwrite.reading import SECONDS_A_BYTE, read_files
from relgraph.resources import resource_dir
from relgraph.settings import PlanningSettings, RankingSettings
from tests.conftest import Relgraph


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("relgraph.cli.diagnostics.time.monotonic", clock)
    return clock


class Kept(diagnostics.Waiting):
    """Keeps what is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        super().__init__(lambda message: self.notes.append(str(message)))


SECONDS = "this takes about {} seconds; Ctrl-C ends it"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (10, []),
        (12, [SECONDS.format(10)]),
        (43, [SECONDS.format(45)]),
        (100, ["this takes about 2 minutes; Ctrl-C ends it"]),
        (7000, ["this takes about 2 hours; Ctrl-C ends it"]),
    ],
)
def test_what_takes_longer_than_ten_seconds_is_told(
    clock: Clock, seconds: float, told: list[str]
) -> None:
    progress = Kept()
    progress.expect(seconds)
    assert progress.notes == told


def test_the_time_so_far_counts(clock: Clock) -> None:
    progress = Kept()
    clock.now += 6
    progress.expect(3)
    assert progress.notes == []
    progress.expect(8)
    assert len(progress.notes) == 1


def test_what_is_told_is_not_told_again_unless_it_takes_much_longer(clock: Clock) -> None:
    progress = Kept()
    progress.expect(60)
    clock.now += 20
    progress.expect(30)  # a part of it
    progress.expect(45)
    assert len(progress.notes) == 1
    progress.expect(90)
    assert len(progress.notes) == 1
    progress.expect(170)
    assert progress.notes[1:] == ["this takes about 3 minutes; Ctrl-C ends it"]
    following = Kept()  # the next command
    following.expect(20)
    assert following.notes == [SECONDS.format(20)]


def test_the_pace_of_a_task_tells_the_rest(clock: Clock) -> None:
    progress = Kept()
    progress.start("progress.drawing_networks", total=200)
    clock.now += 0.5
    progress.advance()  # too soon to say
    assert progress.notes == []
    clock.now += 0.7
    progress.advance()
    assert progress.notes == ["this takes about 2 minutes; Ctrl-C ends it"]
    for _ in range(198):
        clock.now += 0.6
        progress.advance()
    progress.finish()
    assert len(progress.notes) == 1


def test_a_task_that_is_soon_done_is_not_told(clock: Clock) -> None:
    progress = Kept()
    progress.start("progress.drawing_networks", total=10)
    for _ in range(10):
        clock.now += 1
        progress.advance()
    assert progress.notes == []


def test_parts_of_a_kernel_count(clock: Clock) -> None:
    progress = Kept()
    progress.part(1, 8)  # no task: nothing to tell
    progress.start("progress.measuring", total=1)
    clock.now += 4
    progress.part(1, 8)
    assert progress.notes == [SECONDS.format(30)]
    progress.part(2, 8)
    assert progress.fraction == 0.25
    progress.part(1, 8)  # of another kernel in the same step
    assert progress.fraction == 0.25


def test_kernels_tell_their_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(kernels, "on_part", lambda done, of: told.append((done, of)))
    MEASURES["betweenness"](from_networkx(nx.star_graph(300)))
    assert told
    count = told[-1][1]
    assert count >= 8
    assert told == [(done, count) for done in range(1, count + 1)]


class Expecting(Progress):
    """Keeps what is expected, in order with what is started."""

    def __init__(self) -> None:
        self.expected: list[float] = []
        self.events: list[str] = []

    def expect(self, seconds: float) -> None:
        self.expected.append(seconds)
        self.events.append("expect")

    def start(self, task: str, total: int | None = None, **values: object) -> None:
        self.events.append(task)


def large(n: int = 3000, m: int = 6) -> Network:
    return from_networkx(nx.barabasi_albert_graph(n, m, seed=1))


def test_centrality_says_what_it_expects_first(monkeypatch: pytest.MonkeyPatch) -> None:
    network = large()
    monkeypatch.setattr(costs, "waiting", lambda processor: processor)
    progress = Expecting()
    settings = RankingSettings(progress=progress)
    rank_nodes(network, ["betweenness", "pagerank"], settings)
    pairs = network.n * (network.n + network.m)
    assert progress.expected[0] == pytest.approx(28e-9 * pairs, rel=0.05)
    assert progress.events[:2] == ["expect", "progress.measuring"]
    # A network ten times as large takes a hundred times as long.
    whole = MEASURES["betweenness"].seconds(network)
    tenth = MEASURES["betweenness"].seconds(large(300))
    assert whole / tenth == pytest.approx(100, rel=0.1)


def test_reach_and_key_players_say_what_they_expect() -> None:
    network = from_networkx(nx.gnp_random_graph(40, 0.1, seed=1))
    for place in range(3):
        progress = Expecting()
        settings = RankingSettings(progress=progress)
        if place == 0:
            reach_rows(network, Telling(), Circles(), settings=settings)
        elif place == 1:
            hop_rows(network, [0], Telling(), Circles(), progress)
        else:
            keyplayer_rows(network, 2, settings=settings)
        assert progress.events[0] == "expect"
        assert 0 < progress.expected[0] < 1


def test_an_import_and_a_report_say_what_they_expect(relgraph: Relgraph, tmp_path: Path) -> None:
    folder = resource_dir("sample_data") / "worked_example"
    progress = Expecting()
    read_files([folder], progress=progress)
    size = sum(file.stat().st_size for file in folder.glob("*.csv"))
    assert progress.expected == [SECONDS_A_BYTE * size]
    assert relgraph("import", folder).exit_code == 0
    with open_store("relgraph.lbug") as store:
        progress = Expecting()
        write_report(store, tmp_path / "report.html", progress=progress)
        assert progress.expected[0] == pytest.approx(costs.STORED * (10 + 12))
        assert all(0 < seconds < 1 for seconds in progress.expected)


@pytest.mark.parametrize("model", ["power", "salience"])
def test_classes_by_the_network_and_differences_say_what_they_expect(
    relgraph: Relgraph, monkeypatch: pytest.MonkeyPatch, model: Any
) -> None:
    monkeypatch.setattr(costs, "waiting", lambda processor: processor)
    folder = resource_dir("sample_data") / "worked_example"
    assert relgraph("import", folder).exit_code == 0
    with open_store("relgraph.lbug") as store:
        network = read_network(store, RankingSettings())
        expected = MEASURES["betweenness"].seconds(network)
        progress = Expecting()
        classify_stakeholders(store, model=model, draws=0, progress=progress)
        assert expected in progress.expected
        progress = Expecting()
        compare_stores(store, None, PlanningSettings(progress=progress), measures=["betweenness"])
        assert progress.expected.count(expected) == 2


def test_draws_are_paced_from_the_first(clock: Clock) -> None:
    network = from_networkx(nx.star_graph(5))
    progress = Kept()

    def slow(drawn: Network) -> object:
        clock.now += 2
        return MEASURES["degree"](drawn)

    drawn_values(network, slow, replace(RankingSettings(), progress=progress))  # type: ignore[arg-type]
    assert progress.notes == ["this takes about 7 minutes; Ctrl-C ends it"]


def test_time_to_compile_tells_nothing_of_the_rest(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = Kept()
    progress.start("progress.trying_sets", 10)
    clock.now += 3
    monkeypatch.setattr(kernels, "times_compiled", kernels.times_compiled + 1)
    progress.advance()
    clock.now += 0.1
    progress.advance()
    assert progress.notes == []
    clock.now += 20
    progress.advance()
    assert progress.notes == ["this takes about 70 seconds; Ctrl-C ends it"]


@pytest.mark.parametrize("quiet", [False, True])
def test_a_command_tells_in_a_pipe_unless_it_is_quiet(
    relgraph: Relgraph, monkeypatch: pytest.MonkeyPatch, quiet: bool
) -> None:
    relgraph("import", resource_dir("sample_data") / "worked_example")
    monkeypatch.setattr(costs, "waiting", lambda processor: 25.0)
    options = ["-q"] if quiet else []
    for command in (["centrality"], ["reach"], ["reach", "C1"], ["keyplayers"], ["advocates"]):
        result = relgraph(*command, *options)
        assert result.exit_code == 0
        told = [line for line in result.stderr.splitlines() if "this takes about" in line]
        assert told == ([] if quiet else [f"relgraph: note: {SECONDS.format(25)}"])


def test_at_a_terminal_it_is_told_above_the_bar(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    diagnostics.configure()
    bar = diagnostics.progress()
    bar.start("progress.reach", total=10)
    clock.now += 3
    bar.advance()
    bar.finish()
    assert SECONDS.format(25) in capsys.readouterr().err
