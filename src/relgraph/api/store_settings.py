"""Settings of a store: what it carries along beside its data."""

from __future__ import annotations

from relgraph.arguments import checked
from relgraph.dataset import Dataset
from relgraph.messages import Note
from relgraph.store import Store
from relgraph.store_settings import SETTINGS_FILE, parse_settings


@checked
def read_settings(store: Store) -> str:
    """Return the settings of a store, as the TOML that `save_settings` was given.

    Returns
    -------
    str
        Empty for a store without any.
    """
    return store.read_settings().text


@checked
def save_settings(store: Store, text: str, *, file: str = SETTINGS_FILE) -> tuple[Note, ...]:
    """Replace the settings of a store.

    Parameters
    ----------
    store : Store
        A store that is open for writing.
    text : str
        TOML. `currency` is what money is in, `[rates]` how many units of it one unit of another
        currency is worth. A table `[types.NAME]` declares what a relationship type means:
        `both_ways`, `word_of_mouth` and `hostile`, each true or false. `[capacities]` says how many
        contacts a year employees can make, by id, and `default` of all others. `folder` under
        `[snapshots]` is where the snapshots of a server are kept.
    file : str
        Where the text is from, as problems call it.

    Returns
    -------
    tuple of Note
        How what is stored reads otherwise now.

    Raises
    ------
    InvalidInput
        With every problem that was found; nothing was stored.
    """
    settings = parse_settings(text, file)
    store.write(Dataset(settings=settings.text))
    mutual = [kind.name for kind in settings.declared.values() if kind.both_ways]
    counts = ((name, _count_mirrored(store, name)) for name in mutual)
    return tuple(Note("settings.mirrored", type=name, count=n) for name, n in counts if n)


def _count_mirrored(store: Store, name: str) -> int:
    """Return how many pairs have ties of a type in both directions."""
    ends = store.read_relationships([name], []).columns
    arcs = {*zip(ends["source"].tolist(), ends["target"].tolist(), strict=True)}
    return sum((target, source) in arcs and source < target for source, target in arcs)
