"""A rule at work: from the rows of its source to rows of one of the three tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from relgraph.errors import Problem
from relgraph.mapping.engine import Engine, SqlFailed
from relgraph.mapping.expressions import Checker, Expression
from relgraph.mapping.form import RULE_NEEDS, Rule
from relgraph.mapping.scope import Scope, ScopeChecker, base_name
from relgraph.mapping.tables import SourceTable
from relgraph.messages import Message
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import Mask, RawTable

Rows = npt.NDArray[np.integer]
_MOST_JOINED = 20  # rows that joins may make of one, on average, before it is a mistake
_FEW = 1_000_000
_TOLD = 1000
_EXPLAINED = 100  # each takes a query
# Errors of a value of a row, which its line explains.
_OF_VALUES = ("ConversionException", "InvalidInputException", "OutOfRangeException")


@dataclass(frozen=True)
class Step:
    """One thing that a row must pass: the condition under which it is dropped, and the reason."""

    fails: str
    reason: Message | str


@dataclass(frozen=True)
class CheckedRule:
    """A rule whose expressions can be run."""

    rule: Rule
    scope: Scope
    steps: tuple[Step, ...]
    columns: Mapping[str, Expression]
    keys: tuple[Expression, ...]

    @property
    def groups(self) -> bool:
        """Whether rows with the same key become one."""
        aggregates = any(each.aggregates for each in self.columns.values())
        return bool(self.rule.one_per) or aggregates or self.rule.table == "relationships"


@dataclass(frozen=True)
class Outcome:
    """What became of the rows that a rule read.

    Parameters
    ----------
    reasons : tuple
        The reasons for which rows are dropped.
    reason : ndarray of int
        For each row of the source the number of its reason from 1; 0 where it was used.
    joined : mapping of str to ndarray of bool
        For each joined source table, which of its rows were found.
    several : int or None
        The first row that a join multiplies.
    """

    reasons: tuple[Message | str, ...]
    reason: npt.NDArray[np.int16]
    joined: Mapping[str, Mask]
    several: int | None = None


def check_rule(
    rule: Rule,
    tables: Mapping[str, SourceTable],
    names: Mapping[str, str],
    checker: Checker,
    engine: Engine,
    file: str,
    log: ProblemLog,
) -> CheckedRule | None:
    """Return a rule that can be run; None if the log now says what is wrong with it."""
    place = f"{file}: {rule.name}"
    before = len(log)

    def wrong(key: str, sql: str, problem: Message) -> None:
        message = Message("mapping.sql", key=key, sql=shortened(sql), problem=problem)
        log.add(message, place)

    base = base_name(rule)
    scope = Scope(base, {base: tables[rule.source]} if rule.source else {}, names)
    for join in rule.joins:
        wider = ScopeChecker(scope, checker, engine).join(join, tables[join.table])
        if isinstance(wider, Message):
            wrong(f"join.{join.name}", join.on, wider)
            return None  # all further expressions may use it
        scope = wider
    reads = ScopeChecker(scope, checker, engine)
    steps = [
        Step(f"{scope.row(each.name)} IS NULL", Message("mapping.unmatched", table=each.name))
        for each in scope.joins
        if not each.optional
    ]
    for condition in rule.where:
        found = reads.read(condition.sql, aggregates=False)
        if isinstance(found, Message):
            wrong("where", condition.sql, found)
        else:
            reason = condition.reason or Message("mapping.not_so", sql=shortened(condition.sql))
            steps.append(Step(f"({found.sql}\n) IS NOT TRUE", reason))
    keys: list[Expression] = []
    needed = RULE_NEEDS[rule.table]
    for name, sql in [*(("one_per", each) for each in rule.one_per), *_keys(rule)]:
        found = reads.read(sql, aggregates=False)
        if isinstance(found, Message):
            wrong(name, sql, found)
            continue
        keys.append(found)
        shown = sql if name == "one_per" else name
        steps.append(Step(_is_empty(found), Message("mapping.no_key", key=shortened(shown))))
    columns: dict[str, Expression] = {}
    for name, sql in rule.columns.items():
        found = reads.read(sql, aggregates=name not in needed)
        if not isinstance(found, Message):
            columns[name] = found
        elif name not in needed:  # the keys were told of already
            wrong(name, sql, found)
    return (
        CheckedRule(rule, scope, tuple(steps), columns, tuple(keys)) if len(log) == before else None
    )


def _keys(rule: Rule) -> list[tuple[str, str]]:
    """Return the expressions without which a row gives nothing."""
    return [(name, rule.columns[name]) for name in RULE_NEEDS[rule.table] if name in rule.columns]


def _text(expression: Expression) -> str:
    return f"CAST(({expression.sql}\n) AS VARCHAR)"


def _is_empty(expression: Expression) -> str:
    return f"coalesce(trim({_text(expression)}), '') = ''"


def _outcome_sql(rule: CheckedRule) -> str:
    checks = " ".join(f"WHEN {step.fails} THEN {at}" for at, step in enumerate(rule.steps, 1))
    return f"CASE {checks} ELSE 0 END" if checks else "0"


def sort_rows(rule: CheckedRule, engine: Engine) -> Outcome:
    """Return which rows a rule uses, and for what reason it drops each of the others.

    A row that a join multiplies is used if one of its copies is.

    Raises
    ------
    SqlFailed
        An expression has no value for some row.
    """
    scope = rule.scope
    size = len(scope.tables[scope.base]) if scope.tables else 1
    most = _MOST_JOINED * size + _FEW
    joined = ", ".join(f"{scope.row(each.name)} AS j{at}" for at, each in enumerate(scope.joins))
    found = engine.table(
        f"SELECT {scope.row(scope.base)} AS r, CAST({_outcome_sql(rule)} AS SMALLINT) AS o"
        f"{', ' + joined if joined else ''} {scope.from_clause()} LIMIT {most + 1}"
    )
    if found.num_rows > most:
        raise SqlFailed("Multiplied", f"the joins make more than {most:,} rows of {size:,}")
    rows, outcomes = _numpy(found["r"]), found["o"].to_numpy()
    reason = np.full(size, np.iinfo(np.int16).max, dtype=np.int16)
    several: Rows = np.empty(0, dtype=np.int32)
    if len(rows) == size:  # each row stands there once, since every join keeps all
        reason[rows] = outcomes
    else:
        np.minimum.at(reason, rows, outcomes)
        reason[rows[outcomes == 0]] = 0
        several = np.flatnonzero(np.bincount(rows, minlength=size) > 1)
    matched: dict[str, Mask] = {}
    for at, each in enumerate(scope.joins):
        here = matched.setdefault(each.table.name, np.zeros(len(each.table), dtype=bool))
        here[_numpy(found[f"j{at}"].drop_null())] = True
    reasons = tuple(step.reason for step in rule.steps)
    return Outcome(reasons, reason, matched, int(several[0]) if len(several) else None)


def _numpy(column: pa.ChunkedArray) -> Rows:
    numbers: Rows = column.to_numpy()
    return numbers


def give_rows(rule: CheckedRule, engine: Engine, file: str, log: ProblemLog) -> list[RawTable]:
    """Return the rows that a rule gives, a table for each file that they are from.

    The log is told of groups whose values differ in a column that isn't aggregated.

    Raises
    ------
    SqlFailed
        An expression has no value for some row.
    """
    names = list(rule.columns)
    if not rule.groups:
        cells = (f"{_text(each)} AS c{at}" for at, each in enumerate(rule.columns.values()))
        given = _of_used_rows(rule, engine, ", ".join(cells))
        return _tables(rule, given, names, file)
    keys = [key for key in rule.keys if key.columns] or rule.keys[:1]  # others have one value
    by = ", ".join(map(_text, keys))  # as text: a bare number would be the place of a column
    key_sql = {key.sql for key in rule.keys}
    chosen: list[str] = []
    alone: list[int] = []
    for at, each in enumerate(rule.columns.values()):
        if each.aggregates or each.sql in key_sql:
            chosen.append(f"{_text(each)} AS c{at}")
        else:
            alone.append(at)
            chosen.append(f"min({_text(each)}) AS c{at}, max({_text(each)}) AS d{at}")
    given = _of_used_rows(rule, engine, ", ".join(chosen), f"GROUP BY {by}")
    for at in alone:
        _report_differences(rule, names[at], given, at, log)
    return _tables(rule, given, names, file)


def _of_used_rows(rule: CheckedRule, engine: Engine, chosen: str, group_by: str = "") -> pa.Table:
    """Return what is chosen of the rows that pass all steps.

    The engine is quickest if it may check them in any order; if that fails, a step may have no
    value for rows that an earlier one drops, and they are checked in theirs.
    """
    row = rule.scope.row(rule.scope.base)
    first = f"min({row})" if group_by else row

    def where(condition: str) -> pa.Table:
        source = f"{rule.scope.from_clause()} WHERE {condition}"
        return engine.table(f"SELECT {first} AS r, {chosen} {source} {group_by} ORDER BY 1")

    try:
        return where(" AND ".join(f"NOT ({step.fails})" for step in rule.steps) or "true")
    except SqlFailed as error:
        if error.kind not in _OF_VALUES:
            raise
        return where(f"({_outcome_sql(rule)}) = 0")


def _report_differences(
    rule: CheckedRule, name: str, given: pa.Table, at: int, log: ProblemLog
) -> None:
    low, high = given[f"c{at}"].to_pylist(), given[f"d{at}"].to_pylist()
    table = rule.scope.tables[rule.scope.base]
    rows = [(row, a, b) for row, a, b in zip(_numpy(given["r"]), low, high, strict=True) if a != b]

    def differs(place: int) -> Problem:
        row, one, other = rows[place]
        message = Message(
            "mapping.differs",
            rule=rule.rule.name,
            column=name,
            one=shortened(one),
            other=shortened(other),
        )
        return Problem(message, *table.place(int(row)))

    log.add_each(np.arange(len(rows)), differs)


def _tables(rule: CheckedRule, given: pa.Table, names: list[str], file: str) -> list[RawTable]:
    """Return rows as tables that the checks read, each row with the place of its first source."""
    rows = _numpy(given["r"])
    columns = [_one(given[f"c{at}"]) for at in range(len(names))]
    if not rule.scope.tables:
        place = f"{file}: [[{rule.rule.table}]]"
        lines = np.array([rule.rule.number])
        return [RawTable(place, place, tuple(names), 1, tuple(columns), lines)]
    source = rule.scope.tables[rule.scope.base]
    parts = source.file_of(rows)
    tables = []
    for part in range(len(source.files)):
        here = np.flatnonzero(parts == part)
        if len(here):
            taken = tuple(column.take(pa.array(here)) for column in columns)
            name = source.files[part]
            tables.append(RawTable(name, name, tuple(names), 1, taken, source.lines[rows[here]]))
    return tables


def _one(column: pa.ChunkedArray) -> pa.StringArray:
    return column.cast(pa.string()).combine_chunks()


def explain_failure(
    rule: CheckedRule,
    error: SqlFailed,
    checker: Checker,
    engine: Engine,
    file: str,
    log: ProblemLog,
) -> None:
    """Tell the log why a rule failed: at the rows for which an expression has no value."""
    scope = rule.scope
    expressions = [*(each.on for each in scope.joins), *rule.keys, *rule.columns.values()]
    where = f"AND ({_outcome_sql(rule)}) = 0"
    for each in expressions if error.kind in _OF_VALUES else []:
        for part in checker.row_parts(each):
            try:
                found = engine.rows(
                    f"SELECT {scope.row(scope.base)} {scope.from_clause()} "
                    f"WHERE TRY(hash({part}\n)) IS NULL {where if each.aggregates else ''} "
                    f"ORDER BY 1 LIMIT {_TOLD}"
                )
            except SqlFailed:
                continue
            for count, (row,) in enumerate(found):
                sql = shortened(part)
                message = Message("mapping.no_value_either", sql=sql)
                if count < _EXPLAINED:
                    reason = _reason(part, row, scope, engine) or error.reason
                    message = Message("mapping.no_value", sql=sql, reason=reason)
                log.add(message, *scope.tables[scope.base].place(row))
            if found:
                return
    message = Message("mapping.failed", reason=error.reason)
    log.add(message, f"{file}: {rule.rule.name}")


def _reason(part: str, row: int, scope: Scope, engine: Engine) -> str | None:
    """Return why a part can't be evaluated in a row, which may differ from row to row."""
    place = scope.row(scope.base)
    try:
        engine.rows(f"SELECT hash({part}\n) {scope.from_clause()} WHERE {place} = {row}")
    except SqlFailed as failed:
        return failed.reason
    return None
