"""Arguments: a value that is not what its parameter's annotation says is refused by its name.

Whoever writes a module has a type checker for that; whoever works in a notebook has not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce, wraps
from inspect import signature
from numbers import Integral, Real
from reprlib import repr as short_repr
from types import NoneType, UnionType
from typing import Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from relgraph.errors import UsageError, check_choice
from relgraph.messages import Message

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")

_kinds = cache(get_type_hints)
_NAMES: dict[Any, str] = {
    float: "argument.number",
    int: "argument.whole_number",
    bool: "argument.truth",
    str: "argument.text",
    Iterable: "argument.list",
    Mapping: "argument.mapping",
}


def checked(function: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Make a function refuse arguments that are not of the kinds that its annotations say.

    Examples
    --------
    >>> @checked
    ... def rank(order: Literal["rising", "falling"], top: int | None = None) -> None: ...
    >>> rank("up")
    Traceback (most recent call last):
    relgraph.errors.UsageError: order: 'up' is not one of rising, falling
    >>> rank("rising", top=2.5)
    Traceback (most recent call last):
    relgraph.errors.UsageError: top: 2.5 is not a whole number
    """

    @wraps(function)
    def call(*arguments: Parameters.args, **named: Parameters.kwargs) -> Answer:
        kinds = _kinds(function)
        for name, value in signature(function).bind(*arguments, **named).arguments.items():
            check_kind(value, kinds[name], name)
        return function(*arguments, **named)

    return call


def check_fields(instance: Any) -> None:
    """Refuse values of a dataclass's fields that are not of the kinds that its annotations say."""
    for name, kind in _kinds(instance.__class__).items():
        check_kind(getattr(instance, name), kind, name)


def listed(
    given: Iterable[Any] | os.PathLike[str], parameter: str, kind: Any = str
) -> tuple[Any, ...]:
    """Return several values as a tuple; a single text or path is one, not its letters.

    Examples
    --------
    >>> listed("pagerank", "measures"), listed(["degree", "pagerank"], "measures")
    (('pagerank',), ('degree', 'pagerank'))
    """
    if isinstance(given, str | os.PathLike):
        return (given,)
    check_kind(given, Iterable, parameter)
    values = tuple(given)
    for value in values:
        check_kind(value, kind, parameter)
    return values


def check_kind(value: object, kind: Any, parameter: str) -> None:
    """Refuse a value that is not of a kind, as annotations write it; others are not looked into.

    Raises
    ------
    UsageError
        It lists what can be given.
    """
    alternatives = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    if any(_is_of_kind(value, each) for each in alternatives):
        return
    for each in alternatives:
        if get_origin(each) is Literal:
            check_choice(value, get_args(each), parameter)
    names = [_name(each) for each in alternatives if each is not NoneType]
    taken = reduce(lambda one, other: Message("argument.or", one=one, other=other), names)
    raise UsageError("argument.kind", parameter=parameter, value=short_repr(value), kinds=taken)


def _is_of_kind(value: object, kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return isinstance(value, str) and value in get_args(kind)
    if kind in (float, int):
        number = Real if kind is float else Integral
        return isinstance(value, number) and not isinstance(value, bool)
    if kind is bool:
        return type(value).__name__ == "bool"  # NumPy's too
    kind = get_origin(kind) or kind
    return kind is Any or not isinstance(kind, type) or isinstance(value, kind)


def _name(kind: Any) -> Message:
    kind = get_origin(kind) or kind
    known = _NAMES.get(kind)
    return Message(known) if known else Message("argument.instance", name=kind.__name__)
