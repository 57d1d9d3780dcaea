"""The contract of exporters finds those that do not keep it, and tells their authors what is wrong."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from kmmaturity.domain.report import Report, Row
from kmmaturity.hooks import Exporter, Option, hookimpl
from kmmaturity.testing import ExporterContract

SEEN: list[str] = []


class Quick(ExporterContract):
    """It does not look for the smallest assessment that shows what is wrong."""

    smallest = False


CONTRACT = Quick()


def words(report: Report) -> bytes:
    """Titles and evidence, a line each: what every careless one below does, but for one thing."""
    told = [
        report.marking or "",
        report.purpose,
        report.standing,
        report.unit[-1],
        *(row.title for row in report.rows),
        *(each.note for row in report.rows for each in row.evidence),
    ]
    return "\n".join(told).encode(errors="backslashreplace")


def stream(reports: Iterable[Report]) -> Iterator[bytes]:
    """One report after the other."""
    return map(words, reports)


GOOD = Exporter("words", (".words",), "Titles and evidence, a line each", words, stream=stream)


def careless(render: Callable[..., Any]) -> Exporter:
    """An exporter with this `render`."""
    return evolve(GOOD, render=render)


def test_a_hook_without_its_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook in the module of `render`, or in a package around it, that is not marked is told."""

    def kmmaturity_exporters() -> list[Exporter]:
        return [GOOD]

    monkeypatch.setattr(sys.modules[__name__], "kmmaturity_exporters", kmmaturity_exporters, raising=False)
    told = (
        "kmmaturity will not find this record: it has a function kmmaturity_exporters that is not marked with @hookimpl"
    )
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_can_be_chosen(GOOD)
    monkeypatch.setattr(sys.modules[__name__], "kmmaturity_exporters", hookimpl(kmmaturity_exporters))
    CONTRACT.test_can_be_chosen(GOOD)


class TestGood(ExporterContract):
    """One that keeps it all."""

    @pytest.fixture
    def exporter(self) -> Exporter:
        """The one to be tested."""
        return GOOD


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "My Words"}, "name is 'My Words': people type it, so use small letters"),
        ({"name": "csv"}, "would not take this record: the exporter csv is one of ours"),
        ({"suffixes": ("words",)}, "the suffix 'words' chooses no file: it begins with a dot"),
        ({"suffixes": (".WORDS",)}, "the suffix '.WORDS' chooses no file"),
        ({"suffixes": (".csv",)}, r"\.csv is an ending of the exporters csv and words: it chooses csv, which ships"),
        ({"summary": " "}, "summary is empty: say in a line what it is for"),
        ({"summary": "a\nb"}, "summary has more than one line"),
        ({"summary": "a" * 101}, "summary has 101 characters, and 100 are shown"),
        ({"options": [Option("a", "A"), Option("a", "A")]}, "two options have one name: a, a"),
        ({"options": [Option("a", " ")]}, "the option a has no summary"),
    ],
)
def test_what_nobody_could_choose(change: dict[str, Any], told: str) -> None:
    """A name, ending, summary or option that cannot be typed, found or read is told with what would do."""
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_can_be_chosen(evolve(GOOD, **change))


def test_text_in_place_of_bytes() -> None:
    """An exporter that gives text is told to encode it."""
    with pytest.raises(
        AssertionError, match=r"render\(\) gave str, and has to give bytes: end it with \.encode\(errors="
    ):
        CONTRACT.test_writes_every_kind(careless(lambda report: words(report).decode()), "a full one")


def test_half_a_character() -> None:
    """An exporter that half a character stops is told how to encode it."""
    broken = careless(lambda report: report.unit[-1].encode())
    with pytest.raises(
        AssertionError, match=r'one with half a character could not be written .*errors="backslashreplace"'
    ):
        CONTRACT.test_writes_every_kind(broken, "one with half a character")


def test_a_kind_that_was_not_thought_of() -> None:
    """An exporter that takes every row for scored is told which kind of assessment it cannot write."""
    broken = careless(lambda report: bytes(row.score + 48 for row in report.rows))
    with pytest.raises(AssertionError, match=r"not assessed could not be written: TypeError"):
        CONTRACT.test_writes_every_kind(broken, "one with everything not assessed")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        (lambda row: f"{row.score or 0}", "the lowest score, not assessed yet and not applicable look the same"),
        (lambda row: f"{row.score}{row.inapplicable or ''}", "the export says None, which is Python's word"),
    ],
)
def test_states_that_are_mixed_up(word: Callable[[Row], str], told: str) -> None:
    """An exporter that shows what is not assessed as 0, or as None, is told how to tell the states apart."""
    broken = careless(lambda report: "".join(map(word, report.rows)).encode())
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_tells_three_states_apart(broken)


@pytest.mark.parametrize(
    ("marking", "told"),
    [
        (lambda _: "", "the export does not have the handling marking, which goes with every export"),
        (lambda report: report.handling or "", "the export does not have the handling marking"),
        (lambda report: report.marking or "OFFICIAL", "the export has a handling marking that nobody stated"),
    ],
)
def test_the_marking(marking: Callable[[Report], str], told: str) -> None:
    """An exporter that leaves out the handling marking, writes it small or makes one up is told."""
    broken = careless(lambda report: words(evolve(report, handling=None)) + marking(report).encode())
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_carries_the_handling_marking(broken)


@pytest.mark.parametrize(("name", "shown"), [("purpose", "A self-assessment"), ("standing", "The model is published")])
def test_what_stands_behind_it(name: str, shown: str) -> None:
    """An exporter without the purpose or the model's standing is told which one; a file beside it may have it."""
    broken = careless(lambda report: words(report).replace(getattr(report, name).encode(), b""))
    with pytest.raises(AssertionError, match=rf"does not have report\.{name}, which every output prints; .*: '{shown}"):
        CONTRACT.test_carries_what_stands_behind_it(broken)
    beside = evolve(broken, companions=lambda report, _: {".txt": getattr(report, name).encode()})
    CONTRACT.test_carries_what_stands_behind_it(beside)


def test_text_that_is_marked_up() -> None:
    """What markup, escapes and the breaking of lines put between the words of a text keeps nobody from finding it."""

    def marked(report: Report) -> bytes:
        text = (
            words(report).decode(errors="replace").replace(" ", "\r\n ").replace("-", "&#45;").replace("A", "<b>A</b>")
        )
        return text.replace(".", "\\.").encode()

    CONTRACT.test_carries_the_handling_marking(careless(marked))
    CONTRACT.test_carries_what_stands_behind_it(careless(marked))


def test_drawn_text() -> None:
    """An exporter that some text alone stops is shown the smallest assessment that does."""

    def broken(report: Report) -> bytes:
        return b"" if all(row.title.isascii() for row in report.rows) else bytes(-1)

    with pytest.raises(ValueError, match=r"negative count"):
        CONTRACT.test_writes_whatever_is_drawn(careless(broken))


@pytest.mark.parametrize(
    ("render", "asked"),
    [
        (lambda report: f"{datetime.now():%Y}".encode() + words(report), "datetime.now"),  # noqa: DTZ005  # that is the mistake
        (lambda report: words(report) + bytes(random.choices(range(9), k=9)), "random.random"),  # noqa: S311  # as above
        (lambda report: words(report) + os.urandom(4), "os.urandom"),
    ],
)
def test_the_clock_and_chance(render: Callable[[Report], bytes], asked: str) -> None:
    """An exporter that asks for the time, or for chance, is told by what."""
    with pytest.raises(AssertionError, match=rf"render\(\) asks {asked}: two exports of one report would differ"):
        CONTRACT.test_depends_on_the_report_alone(careless(render))


def test_a_memory() -> None:
    """An exporter that remembers something between two calls is asked whether it does."""

    def broken(report: Report) -> bytes:
        SEEN.append("once")
        return words(report) + b"x" * len(SEEN)

    with pytest.raises(AssertionError, match=r"does it remember something between two calls"):
        CONTRACT.test_depends_on_the_report_alone(careless(broken))


def test_the_order_of_a_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exporter that writes a set as it comes is told that another process writes it in another order."""
    import sys

    monkeypatch.syspath_prepend(Path(__file__).parent)
    import careless_exporter  # type: ignore[import-not-found]  # it is found where the line above puts it

    with pytest.raises(
        AssertionError, match=r"another process gave other bytes .* put what comes out of a set in order"
    ):
        CONTRACT.test_is_the_same_in_another_process(careless(careless_exporter.unordered))
    sys.modules.pop("careless_exporter")


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (lambda: print("done"), r"render\(\) printed .*done"),  # noqa: T201  # that is the mistake
        (lambda: Path("team.words").write_bytes(b""), r"render\(\) wrote a file"),
        (lambda: os.environ.update(DONE="1"), r"render\(\) changed the environment"),
        (lambda: os.chdir("/"), r"render\(\) went to another folder"),
    ],
)
def test_a_deed(
    deed: Callable[[], None],
    told: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An exporter that does more than to render is told what it did."""
    monkeypatch.setenv("DONE", "")
    done: list[object] = []

    def broken(report: Report) -> bytes:
        if done:
            deed()
        done.append(report)
        return words(report)

    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_does_nothing_else(careless(broken), tmp_path, capfd, monkeypatch)


def test_what_was_left_out_before() -> None:
    """An exporter that fills in what a report leaves out from one that it saw before is found out."""
    seen: dict[str, tuple[Any, ...]] = {}

    def broken(report: Report) -> bytes:
        rows = tuple(evolve(row, evidence=row.evidence or seen.get(row.sub, ())) for row in report.rows)
        seen.update({row.sub: row.evidence for row in rows})
        return words(evolve(report, rows=rows))

    with pytest.raises(AssertionError, match=r"the report leaves out its evidence, and the export has it"):
        CONTRACT.test_what_is_left_out_stays_out(careless(broken), "evidence")


def test_a_choice_that_was_forgotten() -> None:
    """An exporter that one choice of an option stops is told of by what it raises."""
    options = [Option("case", "Capitals or not", default="small", choices=("small", "capitals"))]
    broken = careless(lambda report, case: {"small": words}[case](report))
    with pytest.raises(KeyError, match=r"capitals"):
        CONTRACT.test_every_choice_works(evolve(broken, options=options))


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"": b""}, "a companion has no ending of its own"),
        ({"/../x": b""}, r"'/../x' is added to the main file's name, and cannot be"),
        ({".x": "text"}, "the companion .x is str, and has to be bytes"),
        ({"txt": b""}, r"'txt' is added to the main file's name as it is: begin it with a dot or a hyphen"),
        ({".team.x": b""}, r"'.team.x' is added to the main file's name: leave the name out of it"),
    ],
)
def test_companions(found: Any, told: str) -> None:
    """Companions that could not be written beside the main file are told."""
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_companions(evolve(GOOD, companions=lambda report, name: found))


def test_companions_that_a_kind_stops() -> None:
    """A kind of assessment that stops companions is named."""
    broken = evolve(GOOD, companions=lambda report, name: {".x": report.unit[0].encode()})
    with pytest.raises(AssertionError, match=r"the companions of one with half a character: UnicodeEncodeError"):
        CONTRACT.test_companions(broken)


def test_a_stream_of_something_else() -> None:
    """A stream that writes one report in another way than render does is told of."""
    broken = evolve(GOOD, stream=lambda reports: (words(each) + b"\n" for each in reports))
    with pytest.raises(
        AssertionError, match=r"stream\(\) of one with everything not assessed is not what render\(\) gives"
    ):
        CONTRACT.test_a_stream_of_one_is_what_is_rendered(broken)


def test_a_stream_that_waits_for_the_end() -> None:
    """A stream that takes all reports before it gives a piece is told to give as it goes."""
    broken = evolve(GOOD, stream=lambda reports: iter([b"".join(map(words, list(reports)))]))
    with pytest.raises(AssertionError, match=r"stream\(\) took 400 reports before it gave a piece"):
        CONTRACT.test_a_stream_goes_on_as_it_is_asked(broken)


def test_a_stream_that_holds_on() -> None:
    """A stream that keeps the reports which it has written is told to let go of them."""

    def broken(reports: Iterable[Report]) -> Iterator[bytes]:
        kept = []
        for each in reports:
            kept.append(each)
            yield words(each)

    with pytest.raises(AssertionError, match=r"stream\(\) still holds \d+ of 12 reports"):
        CONTRACT.test_a_stream_goes_on_as_it_is_asked(evolve(GOOD, stream=broken))


def first_alone(reports: Iterable[Report], what: str) -> Iterator[bytes]:
    """The reports one after the other, with `what` of the first alone."""
    for number, each in enumerate(reports):
        yield words(each) if number == 0 else words(each).replace(str(getattr(each, what)).encode(), b"")


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("marking", "of 4 reports in one file, number 3 has the handling marking 'SECRET: THIRD TEAM', and the file"),
        ("standing", "of 4 reports in one file, number 2 has its standing neither there nor in a file beside it"),
    ],
)
def test_a_stream_that_carries_the_first_alone(what: str, told: str) -> None:
    """A stream that writes what has to be carried for its first report alone is told which report lacks it."""
    broken = evolve(GOOD, stream=lambda reports: first_alone(reports, what))
    CONTRACT.test_a_stream_of_one_is_what_is_rendered(broken)
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_a_stream_carries_what_each_report_does(broken)


def test_a_stream_that_makes_up_a_marking() -> None:
    """A stream that marks reports which nobody marked is told not to."""
    broken = evolve(GOOD, stream=lambda reports: (words(each) + b"\nOFFICIAL" for each in reports))
    with pytest.raises(AssertionError, match="a handling marking that nobody stated"):
        CONTRACT.test_a_stream_carries_what_each_report_does(broken)


def test_what_stands_beside_a_stream() -> None:
    """Standings may be told in a file beside the one of several; markings may not, and what is no bytes is told."""
    silent = evolve(GOOD, stream=lambda reports: (words(each).replace(each.standing.encode(), b"") for each in reports))
    told = evolve(silent, companions_of_several={".txt": lambda several, name: "\n".join(several.standings).encode()})
    CONTRACT.test_a_stream_carries_what_each_report_does(told)
    text = evolve(silent, companions_of_several={".txt": lambda several, name: name})
    with pytest.raises(AssertionError, match=r"companions_of_several\['\.txt'\] gave str, and has to give bytes"):
        CONTRACT.test_a_stream_carries_what_each_report_does(text)


def test_a_stream_that_remembers() -> None:
    """A stream that writes what a report leaves out is told of."""

    def broken(reports: Iterable[Report]) -> Iterator[bytes]:
        for each in reports:
            yield words(each) + "".join(map(str, dict.fromkeys(SEEN))).encode()

    SEEN.append("zzevidencezz")
    try:
        with pytest.raises(AssertionError, match=r"the report leaves out its evidence, and stream\(\) writes it"):
            CONTRACT.test_a_stream_leaves_out_what_is_left_out(evolve(GOOD, stream=broken))
    finally:
        SEEN.clear()


def test_what_is_packed_is_looked_into() -> None:
    """What is left out is looked for in packed files, such as workbooks, too."""
    import io
    import zipfile

    seen: list[bytes] = []

    def broken(report: Report) -> bytes:
        seen.append(words(report))
        with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(zipfile.ZipInfo("sheet.xml"), seen[0])
        return file.getvalue()

    with pytest.raises(AssertionError, match=r"the report leaves out its evidence"):
        CONTRACT.test_what_is_left_out_stays_out(careless(broken), "evidence")


def test_the_fixture_is_asked_for() -> None:
    """A contract without its fixture says which one to override."""
    with pytest.raises(NotImplementedError, match=r"override the fixture `exporter`"):
        ExporterContract.exporter.__wrapped__(CONTRACT)  # type: ignore[attr-defined]  # pytest keeps the function there
