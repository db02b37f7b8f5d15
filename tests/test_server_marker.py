"""What needs a Neo4j server has the marker `server`, however it comes to one."""

from __future__ import annotations

import re

import pytest

CONFTEST = """
import pytest
from tests.neo4j_server import SERVER_PARAM

pytest_plugins = ["tests.neo4j_server"]

@pytest.fixture(scope="session")
def neo4j_address():
    return "bolt://none"

@pytest.fixture
def named(neo4j_address):
    return neo4j_address

@pytest.fixture
def hidden(request):
    return request.getfixturevalue("neo4j_address")

@pytest.fixture(params=["ladybug", SERVER_PARAM])
def either(request):
    return request.getfixturevalue("neo4j_address") if request.param == "neo4j" else "file"
"""
MARKED = """
def test_by_a_fixture_of_a_fixture(named): pass
def test_by_a_value(either): pass
def test_without_a_server(): pass
"""


@pytest.mark.parametrize("marker", ["server", "not server"])
def test_tests_are_chosen_by_what_they_ask_for(pytester: pytest.Pytester, marker: str) -> None:
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(MARKED)
    run = pytester.runpytest_inprocess("-m", marker, "-v")
    run.assert_outcomes(passed=2, deselected=2)
    shown = run.stdout.str()
    assert ("test_by_a_fixture_of_a_fixture PASSED" in shown) == (marker == "server")
    assert ("test_by_a_value[neo4j] PASSED" in shown) == (marker == "server")
    assert ("test_by_a_value[ladybug] PASSED" in shown) == (marker == "not server")
    assert ("test_without_a_server PASSED" in shown) == (marker == "not server")


def test_a_test_that_hides_its_server_fails(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile("def test_hidden(hidden): pass")
    run = pytester.runpytest_inprocess()
    run.assert_outcomes(passed=1, errors=1)
    assert "this test uses a server: mark it" in run.stdout.str()


def test_all_that_need_a_server_share_a_process(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test_one=MARKED, test_two=MARKED)
    run = pytester.runpytest_inprocess("-n", "2", "--no-loadscope-reorder", "-v")
    run.assert_outcomes(passed=8)
    ran = re.findall(r"\[(gw\d)\].* PASSED test_\w+\.py::(\S+)", run.stdout.str())
    assert len(ran) == 8
    on_servers = {"test_by_a_fixture_of_a_fixture", "test_by_a_value[neo4j]"}
    assert len({process for process, name in ran if name in on_servers}) == 1
