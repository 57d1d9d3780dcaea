"""How long it takes to tell what is wrong with a JSON file of 20 KB, and where, beside peers that tell less."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.benchmarks import peers
from tests.benchmarks.corpus import documents
from tests.benchmarks.measuring import Figures, turn_by_turn

import kmmaturity as km
from kmmaturity.domain.findings import Finding
from kmmaturity.domain.model import MaturityModel
from kmmaturity.files.document import Document
from kmmaturity.files.reading import placed, read_assessment

pytestmark = pytest.mark.slow

LEAST = 19_000


def file() -> bytes:
    """A right file of about 20 KB: the first of the corpus with a note eight times over, and blanks after its end."""
    data = documents(1)[0]
    doubled = re.sub(rb'("notes": ")([^"]+)', rb"\1\2 \2 \2 \2 \2 \2 \2 \2", data, count=1)
    return doubled + b" " * max(0, LEAST - len(doubled))


def wrong(count: int) -> bytes:
    """The file with so many scores and dates that are none: nothing in it looks like something else."""
    return changed(count, (rb'"score": \d', b'"score": [0]'), (rb'"dated": "\d{4}', b'"dated": "about'))


def misspelt(count: int) -> bytes:
    """The file with so many keys that are nearly right, each of which gets a suggestion."""
    return changed(count, (rb'"score":', b'"scroe":'), (rb'"measure":', b'"measrue":'))


def changed(count: int, *changes: tuple[bytes, bytes]) -> bytes:
    """The file after so many changes, of each kind in turn."""
    data = file()
    for number in range(count):
        was, now = changes[number % len(changes)]
        data = re.sub(was, now, data, count=1)
    return data


def told(data: bytes, model: MaturityModel) -> tuple[Finding, ...]:
    """What reading finds, each with its place."""
    document = Document("<bytes>", data)
    return placed(read_assessment(document, lambda _: model).findings, document)


@pytest.mark.parametrize(("count", "spoil", "within"), [(1, wrong, None), (15, wrong, 1e-3), (15, misspelt, 4e-3)])
def test_mistakes(figures: Figures, count: int, spoil: Callable[[int], bytes], within: float | None) -> None:
    """Every mistake is told with its pointer, line and column."""
    data, model = spoil(count), km.load_model("starter@1.0")
    assert 19_000 <= len(data) <= 21_000
    found = km.check(data, model=model).errors
    assert len(found) == count
    assert all(each.pointer and each.place for each in found)
    assert told(data, model) == found
    ours = "kmmaturity: each with its pointer, line and column"
    calls: dict[str, Callable[[], object]] = {
        ours: lambda: told(data, model),
        "kmmaturity: check, which judges the rest of the file too": lambda: km.check(data, model=model),
    }
    calls |= _peers(data, count)
    taken = turn_by_turn(calls, each=5)
    plural = "mistakes" if count > 1 else "mistake"
    table = f"{count} {plural} in JSON of 20 KB{', each with a suggestion' if spoil is misspelt else ''}"
    for name in calls:
        figures.timed(table, taken, name, base=ours, within=within if name == ours else None)


def _peers(data: bytes, count: int) -> dict[str, Callable[[], object]]:
    """Peers that tell every mistake, with its pointer alone."""
    calls: dict[str, Callable[[], object]] = {}
    if peers.installed("pydantic"):
        import pydantic

        read = peers.pydantic_adapter().validate_json

        def errors() -> Any:
            try:
                read(data)
            except pydantic.ValidationError as error:
                return error.errors()

        assert len(errors()) >= count
        calls["pydantic strict"] = errors
    if peers.installed("orjson", "jsonschema_rs"):
        import jsonschema_rs
        import orjson

        validator = jsonschema_rs.validator_for(peers.json_schema(), validate_formats=True)

        def each() -> Any:
            return [(error.instance_path, error.message) for error in validator.iter_errors(orjson.loads(data))]

        assert len(each()) >= count
        calls["jsonschema-rs"] = each
    return calls
