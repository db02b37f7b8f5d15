"""The sample data in stores of its own, with maps: what a newcomer can look at first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from relgraph.api.importing import import_files
from relgraph.api.maps import draw_map
from relgraph.arguments import checked
from relgraph.errors import OutputError, UsageError, reason_of
from relgraph.messages import Language
from relgraph.progress import SILENT, Progress
from relgraph.resources import resource_dir
from relgraph.store import open_store

DATASETS = ("six_markets", "northwind")
_MARK = ".relgraph-demo"  # a folder with this file in it may be overwritten


@dataclass(frozen=True)
class DemoFiles:
    """The store and the map that a demo made of one dataset, named as in the sample data."""

    dataset: str
    store: Path
    map: Path


@checked
def run_demo(
    folder: str | Path, progress: Progress = SILENT, language: Language = "en"
) -> tuple[DemoFiles, ...]:
    """Import the sample data into stores in a folder and draw their maps.

    Parameters
    ----------
    folder : str or Path
        Created if it is missing; overwritten if an earlier demo made it.
    progress : Progress
        Reports the steps.
    language : {"en", "zh"}
        The maps' language at opening.

    Returns
    -------
    tuple of DemoFiles
        In the order of `DATASETS`.

    Raises
    ------
    UsageError
        The folder holds something else.
    OutputError
        It can't be made.
    """
    folder = Path(folder)
    _claim(folder)
    made = tuple(
        DemoFiles(name, folder / f"{name}.lbug", folder / f"{name}.html") for name in DATASETS
    )
    for files in made:
        with open_store(str(files.store), write=True) as store:
            data = resource_dir("sample_data") / files.dataset
            import_files(store, [data], replace=True, progress=progress)
        with open_store(str(files.store)) as store:
            draw_map(store, files.map, language=language, progress=progress)
    return made


def _claim(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError("demo.file", folder=folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / _MARK).exists():
            raise UsageError("demo.full", folder=folder)
        (folder / _MARK).touch()
    except OSError as error:
        raise OutputError("path.failed", path=folder, reason=reason_of(error)) from error
