"""The page's one script, put together from the modules of `script/` in a fixed order.

Each module becomes a function of its own that gives what it exports, so that no name of one is in another's way.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["ORDER", "script"]

# Each imports only from those before it.
ORDER = (
    "contents", "days", "words", "model", "file", "answers", "practice", "handling", "plan", "advice", "dom", "sheet",
    "rows", "priorities", "standing", "telling", "reading", "keeping", "steps", "main",
)  # fmt: skip
HERE = files("kmmaturity_report.form")
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?(?:const|class|function\*?) (\w+))", re.MULTILINE)
REMARK = re.compile(r"^\s*(?://.*|/\*\*.*\*/)\n", re.MULTILINE)


@cache
def script() -> str:
    """The script of every page, without its comments."""
    return "\n".join(map(_module, ORDER))


def _module(name: str) -> str:
    text = (HERE / "script" / f"{name}.js").read_text(encoding="utf-8")
    exported = ", ".join(found[2] for found in EXPORT.finditer(text))
    body = EXPORT.sub(r"\1", IMPORT.sub(_taken, REMARK.sub("", text)))
    return f"const ${name} = (() => {{\n{body}return {{ {exported} }};\n}})();"


def _taken(found: re.Match[str]) -> str:
    return f"const {{{found[1]}}} = ${found[2]};\n"
