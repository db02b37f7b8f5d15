"""One HTML file from a payload: Jinja fills a template with styles, scripts and data.

The page's own code is small JavaScript modules in `templates/js`. They are joined here in the
order of their imports, so that a file mailed to someone runs without a server: browsers don't
load modules from `file://`.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_JSON: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":"), "allow_nan": False}
TEMPLATES = Path(__file__).resolve().parent / "templates"

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.mjs";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)


def render_page(template: str, **values: Any) -> str:
    """Return a page from a template of `templates/`; text is escaped, data goes through tojson."""
    return _environment().get_template(template).render(**values)


def join_modules(entry: str) -> str:
    """Return a module of `templates/js` and all its imports as one script.

    Each module becomes a function that returns its exports, after those that it imports, so
    that names inside modules stay their own.
    """
    joined: dict[str, str] = {}

    def add(name: str) -> None:
        if name in joined:
            return
        source = (TEMPLATES / "js" / f"{name}.mjs").read_text(encoding="utf-8")
        for _, imported in _IMPORT.findall(source):
            add(imported)
        body = _IMPORT.sub(r'const {\1} = modules["\2"];', source)
        exported = ", ".join(found for _, found in _EXPORT.findall(source))
        body = _EXPORT.sub(r"\1 \2", body).strip()
        joined[name] = f'modules["{name}"] = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();'

    add(entry)
    return '"use strict";\nconst modules = {};\n' + "\n\n".join(joined.values()) + "\n"


def packed(values: Any) -> str:
    """Return values as the page unpacks them: JSON, deflated, in base64; a third of their size."""
    text = json.dumps(values, **_JSON)
    return b64encode(zlib.compress(text.encode(), 9)).decode()


def join_styles(*names: str) -> str:
    """Return these style sheets of `templates/css` as one."""
    sheets = (TEMPLATES / "css" / f"{name}.css" for name in names)
    return "\n".join(sheet.read_text(encoding="utf-8").strip() for sheet in sheets)


@cache
def vis_script() -> str:
    """Return vis-network, which draws the nodes and edges that pyvis describes."""
    return (TEMPLATES / "vis" / "vis-network.min.js").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Chinese names stay as they are: \uXXXX would double them. tojson escapes <, >, & and '.
    environment.policies["json.dumps_kwargs"] = _JSON
    return environment
