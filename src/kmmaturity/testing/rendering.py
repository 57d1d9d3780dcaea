"""An exporter to be tested, what it makes of a report, and what a reader finds in that."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest

from kmmaturity.hooks import Exporter, Report
from kmmaturity.testing.given import Given, defaults

__all__ = ["Rendering", "bare", "readable"]


class Rendering(Given):
    """The fixture that the author of an exporter gives, and what its tests ask of it."""

    @pytest.fixture
    def exporter(self) -> Exporter:
        """The exporter to be tested."""
        raise NotImplementedError("override the fixture `exporter`: return your Exporter")

    def rendered(self, exporter: Exporter, report: Report, options: Mapping[str, Any] | None = None) -> bytes:
        """What the exporter makes of `report`, which has to be bytes."""
        given = defaults(exporter.options) if options is None else options
        made: object = exporter.render(report, **given)
        assert type(made) is bytes, (
            f"render() gave {type(made).__name__}, and has to give bytes: end it with "
            '.encode(errors="backslashreplace")'
        )
        return made

    @staticmethod
    def is_added(suffix: str) -> None:
        """Fail unless `suffix` can be added to the name of the main file, and begins as an ending does."""
        assert suffix, "a companion has no ending of its own, and would take the main file's place"
        assert not set(suffix) & set('/\\:*?"<>|\0'), f"{suffix!r} is added to the main file's name, and cannot be"
        assert suffix[0] in ".-", (
            f"{suffix!r} is added to the main file's name as it is: begin it with a dot or a hyphen, and leave the "
            "name out of it"
        )
        assert "team.x" not in suffix, f"{suffix!r} is added to the main file's name: leave the name out of it"

    def text(self, made: bytes) -> str:
        """What a reader finds in what was made; override it where that takes more than unpacking and decoding."""
        return readable(made).decode(errors="replace")


def bare(text: str) -> str:
    """The letters and digits of `text` alone, without what markup and the breaking of lines put between them."""
    unfolded = re.sub(r"\r?\n[ \t]", "", re.sub(r"<[^>]*>", "", text))
    return "".join(filter(str.isalnum, html.unescape(unfolded)))


def readable(made: bytes) -> bytes:
    """`made`, with what it has packed away unpacked beside it."""
    if not zipfile.is_zipfile(file := io.BytesIO(made)):
        return made
    with zipfile.ZipFile(file) as packed:
        return b"\n".join([made, *map(packed.read, packed.namelist())])
