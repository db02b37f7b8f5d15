"""pyvis's nodes, edges and options, without what pyvis loads for notebooks.

`import pyvis` imports IPython, jsonpickle and networkx, which take longer than a whole map. Its
nodes, edges and options need none of them. So this module has pyvis's folder as its path, as a
package has its own: `pyvis_parts.node` is pyvis's file `node.py`, and `pyvis` itself is neither
imported nor changed.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

_spec: Any = find_spec("pyvis")

__path__ = list(_spec.submodule_search_locations)

Node: Any = import_module(f"{__name__}.node").Node
Edge: Any = import_module(f"{__name__}.edge").Edge
Options: Any = import_module(f"{__name__}.options").Options
