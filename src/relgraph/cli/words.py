"""What tables for people call columns and the values of some: in English, by their names."""

from __future__ import annotations

from relgraph.cells import TextColumn, printable
from relgraph.cli.speech import language, running, say
from relgraph.messages import read_sentences


def heading(column: str, command: str | None = None) -> str:
    """Return what stands above a column in a table for people: in English, its name.

    A column that means something else in one command, by default the running one, has a word of
    its own there.
    """
    if language() == "en" or not column:
        return column
    of = command or running()
    own = say(f"column.{column}", say(f"measure.{column}", column))
    return say(f"column.{of}.{column}", own)


def columns_under(heading: str) -> list[str]:
    """Return the names of columns and measures that tables in the reader's language head so."""
    found = [
        key.rpartition(".")[2]
        for key, said in read_sentences(language()).items()
        if said == heading and key.startswith(("column.", "measure."))
    ]
    return list(dict.fromkeys(found))


# What the words of columns with few values begin with in the tables of sentences.
_WORDS = {
    **dict.fromkeys(("market", "from_market", "to_market"), "market"),
    **dict.fromkeys(("source_market", "target_market"), "market"),
    **dict.fromkeys(("reason", "left_reason"), "left_reason"),
    **dict.fromkeys(("action", "done", "open"), "word.action"),
    **{name: name for name in ("basis", "status")},
    **{name: f"word.{name}" for name in ("class", "kind", "what", "group", "how", "table")},
    **{name: f"word.{name}" for name in ("partner_group", "relation", "direction")},
}
_NAMES = frozenset(("figure", "measure", "field", "property"))  # columns that hold names of others


def word(column: str, cell: str) -> str:
    """Return a cell of a column as a table for people has it: in English, as it is.

    A market, a class and the like have a word; names and what users wrote have none.
    """
    if language() == "en" or not cell:
        return cell
    if column in _NAMES:
        return heading(cell)
    start = _WORDS.get(column)
    return cell if start is None else "+".join(say(f"{start}.{w}", w) for w in cell.split("+"))


def worded(column: TextColumn) -> TextColumn:
    """Return a column with its heading, and with words for its values."""
    if language() == "en":
        return column
    yes_or_no = {"true": say("word.true"), "false": say("word.false"), "": ""}
    if yes_or_no.keys() >= set(column.cells):
        cells = [yes_or_no[cell] for cell in column.cells]
    else:
        cells = [word(column.name, cell) for cell in column.cells]
    return column._replace(cells=cells, heading=printable(heading(column.name)))
