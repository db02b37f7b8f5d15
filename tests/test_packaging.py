"""What is installed: from a wheel and from a clone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

from relgraph.resources import resource_dir

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
DATASETS = ("worked_example", "six_markets", "northwind", "crm_export")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, with the build backend that is installed, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel where Python finds it before the clone, with the clone's compiled kernels.

    They are compiled anew when their file changes: each copy is given the time of its original.
    """
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    kernels = ROOT / "src" / "relgraph" / "kernels"
    for file in kernels.glob("*.py"):
        shutil.copystat(file, folder / "relgraph" / "kernels" / file.name)
    (kernels / "__pycache__").mkdir(exist_ok=True)
    (folder / "relgraph" / "kernels" / "__pycache__").symlink_to(kernels / "__pycache__")
    return folder


def run_installed(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "relgraph", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_holds_what_commands_read(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for query in (ROOT / "queries").glob("*.cypher"):
        assert f"relgraph/queries/{query.name}" in names
    for file in (ROOT / "mappings").iterdir():
        assert f"relgraph/mappings/{file.name}" in names
    for dataset in DATASETS:
        for file in (ROOT / "sample_data" / dataset).iterdir():
            assert f"relgraph/sample_data/{dataset}/{file.name}" in names
    for file in (ROOT / "src" / "relgraph").rglob("*"):
        inside = file.relative_to(ROOT / "src").as_posix()
        if file.is_file() and "__pycache__" not in inside:
            assert inside in names
    assert "relgraph/py.typed" in names
    assert not [name for name in names if name.endswith((".pyc", ".lbug", ".wal"))]


def test_wheel_and_sdist_are_what_an_index_takes(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    made = sorted(tmp_path.iterdir())
    assert [path.suffix for path in made] == [".whl", ".gz"]
    check = [sys.executable, "-m", "twine", "check", "--strict", *map(str, made)]
    process = subprocess.run(check, capture_output=True, text=True)
    assert process.returncode == 0, process.stdout
    with tarfile.open(made[1]) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert {"PKG-INFO", "LICENSE", "README.md", "src/relgraph/py.typed"} <= inside
    assert not [name for name in inside if name.endswith((".pyc", ".lbug", ".wal"))]


def test_the_wheel_tells_its_licence_and_python(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        text = archive.read(metadata).decode()
    assert "License-Expression: MIT" in text
    assert "Requires-Python: >=3.11" in text


@pytest.mark.parametrize("folder", ["mappings", "queries", "sample_data"])
def test_a_clone_reads_what_is_edited(folder: str) -> None:
    assert resource_dir(folder) == ROOT / folder


@pytest.mark.parametrize("folder", ["mappings", "queries", "sample_data"])
def test_a_wheel_reads_its_own(folder: str, installed: Path, tmp_path: Path) -> None:
    process = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from relgraph import resources as r; print(r.resource_dir({folder!r}))",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(process.stdout.strip()) == installed / "relgraph" / folder


def test_the_console_script_and_the_module_are_one(tmp_path: Path) -> None:
    (script,) = entry_points(group="console_scripts", name="relgraph")
    assert script.load().__module__ == "relgraph.__main__"
    script_file = Path(sys.executable).with_name("relgraph")
    for command in ([str(script_file)], [sys.executable, "-m", "relgraph"]):
        process = subprocess.run(
            [*command, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert process.stdout == f"relgraph {version('relgraph')}\n"
    assert script.load() is not None


def test_help_from_a_wheel(installed: Path, tmp_path: Path) -> None:
    process = run_installed(installed, "--help", cwd=tmp_path)
    assert process.returncode == 0
    assert process.stdout.startswith("Usage: relgraph ")


def test_named_queries_from_a_wheel(installed: Path, tmp_path: Path) -> None:
    process = run_installed(installed, "query", "list", "--csv", cwd=tmp_path)
    names = [line.split(",")[0] for line in process.stdout.splitlines()[1:]]
    assert names == sorted(path.stem for path in (ROOT / "queries").glob("*.cypher"))


def test_demo_from_a_wheel(installed: Path, tmp_path: Path) -> None:
    process = run_installed(installed, "demo", cwd=tmp_path)
    assert process.returncode == 0, process.stderr
    made = {path.name for path in (tmp_path / "relgraph-demo").iterdir()}
    assert {"six_markets.html", "six_markets.lbug", "northwind.html", "northwind.lbug"} <= made
    imported = run_installed(installed, "info", "-d", "relgraph-demo/northwind.lbug", cwd=tmp_path)
    assert str(installed / "relgraph" / "sample_data" / "northwind") in imported.stdout
