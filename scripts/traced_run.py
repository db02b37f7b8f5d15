"""Run relgraph in this process and write the functions that it passes through, as JSON.

Usage: python traced_run.py OUTPUT [ARGUMENT]...

A function is known by its file within the package and its qualified name. It is a def, a method or
a lambda that was called, in any thread; what runs while a module or a class is made isn't one, nor
are comprehensions, generated methods and the entry `__main__.py`.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import threading
from importlib.util import find_spec
from inspect import CO_NEWLOCALS
from pathlib import Path
from types import CodeType, FrameType


def main() -> None:
    """Trace one command line."""
    output, *arguments = sys.argv[1:]
    spec = find_spec("relgraph")
    if spec is None or spec.origin is None:
        sys.exit("this Python has no relgraph")
    package = Path(spec.origin).parent
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            called.add(frame.f_code)

    sys.argv = ["relgraph", *arguments]
    os._exit = sys.exit  # what was traced is written before this process ends
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        runpy.run_module("relgraph", run_name="__main__")
    finally:
        sys.setprofile(None)
        functions = {
            (Path(code.co_filename).relative_to(package).as_posix(), code.co_qualname)
            for code in called
            if code.co_filename.startswith(f"{package}/") and _is_function(code)
        }
        found = {"package": str(package), "functions": sorted(functions)}
        Path(output).write_text(json.dumps(found), encoding="utf-8")


def _is_function(code: CodeType) -> bool:
    made = code.co_name.startswith("<") and code.co_name != "<lambda>"
    in_class_body = not code.co_flags & CO_NEWLOCALS
    return not made and not in_class_body and not code.co_filename.endswith("__main__.py")


if __name__ == "__main__":
    main()
