r"""Compare what two versions of relgraph answer to the same commands; exit 5 where they differ.

Usage:
  python scripts/compare_commands.py --before /old/relgraph --save before.json
  python scripts/compare_commands.py --before before.json \
      --after 'env PYTHONPATH=/new/src python -m relgraph' --expected differences.toml

Programs run in other folders, so give absolute paths; PYTHONPATH is taken out of the environment.
Each sample is imported into a fresh store, then every command runs with many options (they are in
compared_commands.py). Exit codes, rows and the data in files have to be the same, numbers within
1e-12 of their size. --notes also tells what differs on stderr and in the bytes of pages, which
fails nothing. What may differ stands in a TOML file, with the reason:

  [renamed]                # columns, keys and files: old = new
  people_at_least = "people_least"

  [spelled]                # words of a command line: old = new, "" leaves the word out
  people = "people_heard"

  [[expected]]             # patterns as in a shell; one that is left out fits everything
  command = "six_markets: keyplayers *"
  column = "chosen"
  reason = "The draws are other ones."
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from command_outcomes import Outcome, run_commands
from compared_commands import SAMPLES
from outcome_differences import Difference, compare

DIFFERS = 5
SHOWN = 60  # letters of a value
Explained = tuple[Difference, str]  # with the reason why it is expected, or none


@dataclass
class Expectations:
    """What may differ, and why."""

    renamed: dict[str, str] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    expected: list[dict[str, str]] = field(default_factory=list)

    def reason(self, command: str, column: str) -> str:
        """Return why a column of a command may differ; empty if it may not."""
        for entry in self.expected:
            patterns = entry.get("command", "*"), entry.get("column", "*")
            if all(map(fnmatchcase, (command, column), patterns)):
                return entry["reason"]
        return ""


def main() -> int:
    """Run both programs, or read what was saved of them, and print what differs."""
    options = _parse_options()
    text = options.expected.read_text(encoding="utf-8") if options.expected else ""
    expectations = Expectations(**tomllib.loads(text))
    expectations.renamed |= dict(pair.split("=", 1) for pair in options.renamed)
    before = _outcomes(options.before, options, {})
    after = _outcomes(options.after, options, expectations.spelled) if options.after else before
    if options.save:
        options.save.write_text(json.dumps(after), encoding="utf-8")
    found = [
        (difference, expectations.reason(difference.command, difference.column))
        for difference in compare(before, after, expectations.renamed)
    ]
    _print_differences(found)
    _print_summary(before.keys() | after.keys(), found)
    if options.notes:
        _print_notes(before, after)
    return DIFFERS if any(not reason for _, reason in found) else 0


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--before", required=True, metavar="PROGRAM", help="a command line, or what --save wrote")
    add("--after", metavar="PROGRAM", help="the same; without it, there is only --save")
    add("--save", type=Path, metavar="FILE", help="keep the answers as JSON, of --after if given")
    add("--samples", nargs="+", choices=SAMPLES, default=list(SAMPLES))
    add("--only", default="*", metavar="PATTERN", help='lines that fit, as "six_markets: reach*"')
    add("--renamed", action="append", default=[], metavar="OLD=NEW", help="a column, key or file")
    add("--expected", type=Path, metavar="FILE", help="what may differ (TOML)")
    add("--notes", action="store_true", help="tell which notes and bytes of pages differ too")
    return parser.parse_args()


def _outcomes(
    program: str, options: argparse.Namespace, spelled: Mapping[str, str]
) -> dict[str, Outcome]:
    def wanted(command: str) -> bool:
        sample = command.partition(":")[0]
        return sample in options.samples and fnmatchcase(command, options.only)

    found: dict[str, Outcome]
    if program.endswith(".json"):
        found = json.loads(Path(program).read_text(encoding="utf-8"))
    else:
        found = run_commands(shlex.split(program), options.samples, wanted, spelled)
    return {command: outcome for command, outcome in found.items() if wanted(command)}


def _print_differences(found: Iterable[Explained]) -> None:
    """Print each column of each command that differs: how often, why, and its first value."""
    groups: dict[tuple[str, str, str], list[Difference]] = defaultdict(list)
    for difference, reason in found:
        groups[_name(difference.command), difference.column, reason].append(difference)
    for (name, column, reason), group in sorted(groups.items()):
        lines, first = len({difference.command for difference in group}), group[0]
        print(f"{name}: {column}: {len(group)} values of {lines} lines", reason, sep="  ")
        place = f"{first.command}, row {first.row}" if first.row else first.command
        print(f"    {place}: {_short(first.before)} → {_short(first.after)}")
    print()


def _print_summary(commands: Iterable[str], found: Sequence[Explained]) -> None:
    """Print for each command how many of its lines are the same."""
    unlisted = {difference.command for difference, reason in found if not reason}
    listed = {difference.command for difference, _ in found} - unlisted
    lines, expected, differ = (Counter(map(_name, lines)) for lines in (commands, listed, unlisted))
    print("command      lines   same  expected  differ")
    for name, count in [*sorted(lines.items()), ("", lines.total())]:
        told = (expected[name], differ[name]) if name else (expected.total(), differ.total())
        print(f"{name:11}  {count:5}  {count - sum(told):5}  {told[0]:8}  {told[1]:6}")
    print()


def _name(command: str) -> str:
    """Return the command of a line, without the sample and the store before it."""
    words = shlex.split(command.partition(": ")[2])
    return words[2] if words[0] == "-d" else words[0]


def _print_notes(before: Mapping[str, Outcome], after: Mapping[str, Outcome]) -> None:
    """Print which lines on stderr came and went, and on how many command lines."""
    both = before.keys() & after.keys()
    pages = [line for line in both if before[line]["digests"] != after[line]["digests"]]
    print(f"{len(pages)} pages differ in their bytes", *sorted(pages), sep="\n  ")
    changed: Counter[tuple[str, ...]] = Counter()
    for line in both:
        old, new = Counter(before[line]["notes"]), Counter(after[line]["notes"])
        gone = [f"  - {note}" for note in (old - new).elements()]
        come = [f"  + {note}" for note in (new - old).elements()]
        if gone or come:
            changed[*gone, *come] += 1
    for notes, count in changed.most_common():
        print(f"{count} times:", *notes, sep="\n")


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


if __name__ == "__main__":
    sys.exit(main())
