"""The contract of importers finds those that do not keep it, and tells their authors what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.domain.report import Report
from kmmaturity.errors import CannotRead
from kmmaturity.hooks import Exporter, Imported, Importer, Pointer
from kmmaturity.testing import ImporterContract


class Quick(ImporterContract):
    """It does not look for the smallest assessment that shows what is wrong."""

    smallest = False


CONTRACT = Quick()
MAGIC = b"scores 1\n"


def understood(data: bytes) -> dict[str, Any]:
    """What the good importer understands: a line of JSON in front of which its format is named."""
    if not data.startswith(MAGIC):
        raise CannotRead("this is no file of scores: it has to begin with the line `scores 1`")
    try:
        found = json.loads(data.removeprefix(MAGIC))
    except (ValueError, RecursionError) as error:
        raise CannotRead("line 2 is not JSON: export the file again") from error
    if not isinstance(found, dict):
        raise CannotRead("line 2 is not an object: export the file again")
    return found


def read(data: bytes) -> Iterator[Imported]:
    """The one assessment in a file of scores."""
    yield Imported(found := understood(data), places={Pointer((key,)): "line 2" for key in found})


def render(report: Report) -> bytes:
    """A file of scores."""
    scores = {
        row.sub: {"inapplicable": row.inapplicable} if row.inapplicable is not None else {"score": row.score}
        for row in report.rows
        if row.state != "not-assessed"
    }
    data = {
        "kmmaturity": 1,
        "model": report.model.reference,
        "unit": list(report.unit),
        "assessed": report.assessed.isoformat(),
        "scores": scores,
    }
    return MAGIC + json.dumps(data).encode()


SAMPLE = render(km.report(km.example()))
GOOD = Importer("scores", (".scores",), "Scores, and nothing else", read)
EXPORTER = Exporter("scores", (".scores",), "Scores, and nothing else", render)


def careless(read: Callable[[bytes], Iterable[Any]]) -> Importer:
    """An importer with this `read`."""
    return evolve(GOOD, read=read)


class TestGood(ImporterContract):
    """One that keeps it all."""

    @pytest.fixture
    def importer(self) -> Importer:
        """The one to be tested."""
        return GOOD

    @pytest.fixture
    def sample(self) -> bytes:
        """A file of scores."""
        return SAMPLE

    @pytest.fixture
    def exporter(self) -> Exporter:
        """What writes such files."""
        return EXPORTER


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "Our Scores"}, "name is 'Our Scores'"),
        ({"suffixes": ("scores",)}, "the suffix 'scores' chooses no file"),
        ({"summary": ""}, "summary is empty"),
    ],
)
def test_what_nobody_could_choose(change: dict[str, Any], told: str) -> None:
    """A name, ending or summary that cannot be typed, found or read is told."""
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_can_be_chosen(evolve(GOOD, **change))


def test_data_in_place_of_a_record() -> None:
    """An importer that gives the data itself is told to wrap it."""
    with pytest.raises(AssertionError, match=r"read\(\) gave dict, and has to give Imported"):
        CONTRACT.test_reads_the_sample(careless(lambda data: [understood(data)]), SAMPLE)


def test_nothing_from_the_sample() -> None:
    """An importer that reads nothing from its own sample is told."""
    with pytest.raises(AssertionError, match=r"read\(\) gave nothing from the sample"):
        CONTRACT.test_reads_the_sample(careless(lambda data: []), SAMPLE)


def test_data_that_no_file_could_hold() -> None:
    """Data in a form that no JSON file has is told with what the check says."""
    broken = careless(lambda data: [Imported(understood(data) | {"unit": "Data team", "team": 1})])
    with pytest.raises(AssertionError, match=r"(?s)not what a JSON file holds, see `kmmaturity.to_dict`: .*unit.*team"):
        CONTRACT.test_reads_the_sample(broken, SAMPLE)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"places": {Pointer(("answers", "gone")): "cell A1"}},
            "tells where /answers/gone came from, and no file has that",
        ),
        ({"places": {Pointer(("unit", 0)): (1, 1)}}, r"the place of /unit/0 is \(1, 1\), and has to be words"),
        ({"places": {Pointer(("unit", 0)): " "}}, "the place of /unit/0 is empty"),
        ({"places": {Pointer(("unit", 0)): "a\nb"}}, "the place of /unit/0 is more than one line"),
        ({"left": ("Sheet2",)}, "left tells 'Sheet2': say in a sentence"),
    ],
)
def test_places(change: dict[str, Any], told: str) -> None:
    """Places of parts that are not there, or that are no words, are told; so is what was left without a sentence."""
    broken = careless(lambda data: [Imported(understood(data), **change)])
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_says_where_each_part_came_from(broken, SAMPLE)


def test_today_for_a_date_that_is_missing() -> None:
    """An importer that fills in today's date is told that next week it would read something else."""
    broken = careless(lambda data: [Imported(understood(data) | {"assessed": date.today().isoformat()})])
    with pytest.raises(AssertionError, match=r"read\(\) asks date.today: next week it would read something else"):
        CONTRACT.test_depends_on_the_bytes_alone(broken, SAMPLE)


def test_another_format() -> None:
    """An importer that takes any file for one of its own is told which."""
    with pytest.raises(AssertionError, match=r"read\(\) understood b'', which is no file of this format"):
        CONTRACT.test_what_is_no_such_format_is_refused(careless(lambda data: [Imported({})]), b"")


def test_another_error() -> None:
    """An importer that lets an error of its parser through is told to raise CannotRead, and for which bytes."""
    broken = careless(lambda data: [Imported(json.loads(data))])
    with pytest.raises(AssertionError, match=r"read\(\) of b'' raised JSONDecodeError.*Raise CannotRead instead"):
        CONTRACT.test_what_is_no_such_format_is_refused(broken, b"")


def test_an_error_without_words() -> None:
    """A refusal that says nothing is told to say what is wrong."""

    def broken(data: bytes) -> Iterable[Imported]:
        raise CannotRead("no")

    with pytest.raises(AssertionError, match=r"CannotRead says 'no': say what is wrong, where, and what to do"):
        CONTRACT.test_what_is_no_such_format_is_refused(careless(broken), b"")


def test_a_file_that_was_cut() -> None:
    """An importer that a cut or changed sample stops is shown how."""
    broken = careless(lambda data: [Imported(json.loads(data.removeprefix(MAGIC)))] if data.startswith(MAGIC) else [])
    with pytest.raises(AssertionError, match=r"read\(\) of .* raised (JSONDecodeError|UnicodeDecodeError)"):
        CONTRACT.test_any_bytes_are_read_or_refused(broken, SAMPLE)


def test_what_does_not_come_back() -> None:
    """An importer that loses something of what was exported is shown both."""

    def broken(data: bytes) -> Iterable[Imported]:
        found = understood(data)
        yield Imported(found | {"scores": {sub: each for sub, each in found["scores"].items() if each.get("score")}})

    with pytest.raises(AssertionError, match=r"exported, imported and exported again, it differs"):
        CONTRACT.test_what_was_exported_comes_back(careless(broken), EXPORTER)


def test_the_fixtures_are_asked_for() -> None:
    """A contract without its fixtures says which ones to override."""
    for name in ("importer", "sample"):
        with pytest.raises(NotImplementedError, match=f"override the fixture `{name}`"):
            getattr(ImporterContract, name).__wrapped__(CONTRACT)
