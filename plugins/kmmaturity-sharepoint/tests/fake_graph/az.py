"""A program called az, for lines that start one: it gives a token, knows one application, and keeps what it was asked."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fake_graph.server import FakeGraph

__all__ = ["asked", "install"]

_PROGRAM = """#!{python}
import json, pathlib, sys
words = sys.argv[1:]
with pathlib.Path({log!r}).open("a", encoding="utf-8") as log:
    log.write(json.dumps(words) + "\\n")
if words[:2] == ["account", "get-access-token"]:
    print(json.dumps({{"accessToken": {token!r}, "expires_on": 4102444800}}))
elif words[:3] == ["ad", "app", "create"]:
    print({application!r})
"""


def install(folder: Path, fake: FakeGraph) -> None:
    """Put az into `folder`, signed in to the fake."""
    program = folder / "az"
    program.write_text(
        _PROGRAM.format(
            python=sys.executable,
            log=str(folder / "az.log"),
            token=fake.entra.made("az"),
            application=fake.entra.application.id,
        ),
        encoding="utf-8",
    )
    program.chmod(0o755)


def asked(folder: Path) -> list[list[str]]:
    """What the az in `folder` was asked, each time its words."""
    return [json.loads(line) for line in (folder / "az.log").read_text(encoding="utf-8").splitlines()]
