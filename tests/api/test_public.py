"""Every public function has direct tests, and refuses wrong arguments by their names."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

import pytest

from relgraph import api
from relgraph.analysis.word_of_mouth.sentiment import Sentiment
from relgraph.api.choice import Choice
from relgraph.errors import UsageError
from relgraph.planning.tie_risks import RiskLimits
from relgraph.result import Result
from relgraph.store import Store
from tests.api.refusing import refused

# Types that functions return, which nobody calls.
RETURNED = {
    "MapPage",
    "MapSummary",
    "Network",
    "Note",
    "PlanSummary",
    "ReportSummary",
    "Result",
    "Store",
}
PUBLIC = {name: getattr(api, name) for name in api.PUBLIC if name not in RETURNED}
# What public functions take beside plain values is made by these.
CALLABLES = {**PUBLIC, "Choice": Choice, "RiskLimits": RiskLimits, "Sentiment": Sentiment}

# Values for the parameters that have to be given, and for those that go together.
GIVEN: dict[str, Any] = {
    "paths": ["data"],
    "frames": {"stakeholders": {"id": ["x"]}},
    "path": "map.html",
    "text": "[types.LENDS_TO]",
    "folder": "data",
    "url": "relgraph.lbug",
    "stakeholder": "S1",
    "stakeholders": "S1",
    "source": "S1",
    "target": "E1",
    "type": "REFERS",
    "ties": [("S1", "REFERS", "E1")],
    "values": {"role": "buyer"},
    "at": "2026-05-31",
    "name": "by-market",
    "names": "loss",
    "cypher": "RETURN 1 AS one",
    "property_name": "importance",
    "result": Result({}),
    "column": "degree",
    "day": "2025-06-30",
    "scenarios": "scenario.toml",
    "review": "review.csv",
    "customers": 100,
    "rate": 0.1,
    "revenue": 10.0,
    "profit_rate": 0.1,
}
TOGETHER: dict[str, dict[str, Any]] = {
    "find_advocates-budget": {"cost": "margin"},
    "find_advocates-cost": {"budget": 10},
}


class Parameter(NamedTuple):
    """A parameter of a public function: what it may be, and what it is documented as."""

    function: str
    name: str
    kinds: tuple[Any, ...]
    documented: str

    def __str__(self) -> str:
        return f"{self.function}-{self.name}"


def parameters() -> Iterator[Parameter]:
    for function, called in CALLABLES.items():
        hints = get_type_hints(called.__init__ if inspect.isclass(called) else called)
        names = dict.fromkeys(inspect.signature(called).parameters)
        if "changes" in names:
            del names["changes"]
            (changes,) = get_args(hints["changes"])
            more = get_type_hints(changes)
            names, hints = names | dict.fromkeys(more), hints | more
        for name in names:
            line = re.search(rf"^ *(?:\w+, )*{name}(?:, \w+)* : (.*)$", called.__doc__ or "", re.M)
            kinds = get_args(hints[name])
            alternatives = kinds if get_origin(hints[name]) in (Union, UnionType) else ()
            documented = line[1] if line else ""
            yield Parameter(function, name, alternatives or (hints[name],), documented)


PARAMETERS = list(parameters())
CHOICES = [each for each in PARAMETERS if any(get_origin(kind) is Literal for kind in each.kinds)]
STORES = {(each.function, each.name) for each in PARAMETERS if Store in each.kinds}
NUMBERS = [each for each in PARAMETERS if {int, float} & set(each.kinds)]


def call(parameter: Parameter, value: object, store: Store) -> None:
    """Call a public function with one argument as given, and others that are right."""
    called = CALLABLES[parameter.function]
    stores = [name for function, name in STORES if function == parameter.function]
    right = {**GIVEN, **dict.fromkeys(stores, store)}
    required = [
        name
        for name, each in inspect.signature(called).parameters.items()
        if each.default is each.empty and each.kind is not each.VAR_KEYWORD
    ]
    together = TOGETHER.get(str(parameter), {})
    called(**{name: right[name] for name in required} | together | {parameter.name: value})


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_function_has_a_direct_test(name: str) -> None:
    module = api.PUBLIC[name].rpartition(".")[2]
    tests = Path(__file__).with_name(f"test_{module}.py").read_text(encoding="utf-8")
    calls = (node.func for node in ast.walk(ast.parse(tests)) if isinstance(node, ast.Call))
    assert name in {getattr(function, "id", "") for function in calls}


@pytest.mark.parametrize("parameter", PARAMETERS, ids=str)
def test_what_is_of_another_kind_is_refused(parameter: Parameter, worked: Store) -> None:
    with refused(parameter.name):
        call(parameter, object(), worked)


@pytest.mark.parametrize("parameter", CHOICES, ids=str)
def test_a_wrong_choice_lists_the_right_ones(parameter: Parameter, worked: Store) -> None:
    with pytest.raises(UsageError) as caught:
        call(parameter, "nothing of the kind", worked)
    assert caught.value.parameter == parameter.name
    choices = next(get_args(kind) for kind in parameter.kinds if get_origin(kind) is Literal)
    assert f"is not one of {', '.join(choices)}" in str(caught.value)


@pytest.mark.parametrize("parameter", NUMBERS, ids=str)
def test_what_is_no_number_is_refused(parameter: Parameter, worked: Store) -> None:
    with refused(parameter.name):
        call(parameter, float("nan"), worked)


def test_what_is_documented_as_a_choice_is_one() -> None:
    documented = [each for each in PARAMETERS if each.documented.startswith("{")]
    assert len(documented) > 10
    for parameter in documented:
        choices = tuple(re.findall(r'"(\w+)"', parameter.documented))
        assert Literal[choices] in parameter.kinds, parameter


def test_the_walk_meets_what_it_has_to() -> None:
    met = {str(each) for each in CHOICES}
    named = (
        "goal",
        "criterion",
        "model",
        "strength",
        "by",
        "preset",
        "language",
        "format",
        "gone",
        "made_for",
        "sample",
    )
    assert {each.name for each in CHOICES} == set(named)
    assert {"find_keyplayers-goal", "find_advocates-model", "rank_brokers-strength"} <= met
    assert {"connect_markets-permutations", "find_communities-seed"} <= set(map(str, NUMBERS))
