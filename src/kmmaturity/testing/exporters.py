"""The contract of exporters: subclass `ExporterContract` with one fixture, and every promise of an exporter is tested.

class TestOurExporter(ExporterContract):
    @pytest.fixture
    def exporter(self):
        return OUR_EXPORTER

The message of each tells what is wrong and what to do.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from attrs import evolve

from kmmaturity.api import example, report
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import Standing
from kmmaturity.domain.redaction import REDACTABLE
from kmmaturity.hooks import Exporter
from kmmaturity.testing.given import choices, defaults
from kmmaturity.testing.kinds import KINDS
from kmmaturity.testing.marks import mark, marked
from kmmaturity.testing.rendering import bare, readable
from kmmaturity.testing.strategies import assessments
from kmmaturity.testing.streams import Streaming
from kmmaturity.testing.watching import asking

__all__ = ["ExporterContract"]

HANDLING = "official-sensitive: staff in confidence"
STATES = ("at the lowest level", "not assessed", "not applicable", "at the highest level")

ELSEWHERE = """
import pickle, sys
render, report, options = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(render(report, **options))
"""


class ExporterContract(Streaming):
    """What every exporter promises. Override the fixture `exporter`.

    Where the bytes that yours gives hold no text that can be read as it is, as in a picture or a PDF, override `text`.
    """

    def test_can_be_chosen(self, exporter: Exporter) -> None:
        """Its name, file endings, summary and options can be typed, found and read, and are nobody else's."""
        self.is_named(exporter.name)
        self.is_told(exporter.summary)
        self.has_options(exporter.options)
        self.is_taken("kmmaturity_exporters", exporter)

    @pytest.mark.parametrize("kind", KINDS)
    def test_writes_every_kind(self, exporter: Exporter, kind: str) -> None:
        """Every kind of assessment is written: empty, full, not applicable, and with text of every sort."""
        assessment = KINDS[kind]()
        for shown in (report(assessment, redact=()), report(assessment, previous=assessment, redact=REDACTABLE)):
            try:
                self.rendered(exporter, shown)
            except UnicodeEncodeError as error:
                raise AssertionError(
                    f'{kind} could not be written ({error}): encode with errors="backslashreplace", because a JSON '
                    "file can hold half a character"
                ) from error
            except Exception as error:
                raise AssertionError(f"{kind} could not be written: {type(error).__name__}: {error}") from error

    def test_tells_three_states_apart(self, exporter: Exporter) -> None:
        """Where scores are shown, 0 is one thing, not assessed another and not applicable a third; none is `None`."""
        low, empty, inapplicable, high = (
            self.rendered(exporter, report(KINDS[f"one with everything {each}"]())) for each in STATES
        )
        if low == high:
            return  # it shows no scores
        assert len({low, empty, inapplicable}) == 3, (
            "the lowest score, not assessed yet and not applicable look the same: a report's row tells by `state`"
        )
        for made in (empty, inapplicable):
            # A sentence may begin with it; Python's word stands in every row.
            assert readable(made).count(b"None") < len(example().model.subs), (
                "the export says None, which is Python's word for what is not there: say `not assessed yet`, or why it "
                "is not applicable"
            )

    def test_writes_whatever_is_drawn(self, exporter: Exporter) -> None:
        """Whatever is in an assessment and its model, it is written, and the same each time."""

        def holds(assessment: Assessment) -> None:
            shown = report(assessment, redact=())
            assert self.rendered(exporter, shown) == self.rendered(exporter, shown), (
                "render() gave other bytes for the same report"
            )

        self.for_each(assessments(), holds)

    def test_depends_on_the_report_alone(self, exporter: Exporter) -> None:
        """The same report gives the same bytes, now and tomorrow: neither the clock nor chance is asked."""
        with asking() as asked:
            first = self.rendered(exporter, report(example(), redact=()))
        assert not asked, (
            f"render() asks {', '.join(sorted(asked))}: two exports of one report would differ. Take dates from the "
            "report, such as report.assessed"
        )
        assert self.rendered(exporter, report(example(), redact=())) == first, (
            "render() gave other bytes for an equal report: does it remember something between two calls?"
        )

    def test_is_the_same_in_another_process(self, exporter: Exporter) -> None:
        """Another process gives the same bytes: nothing depends on the order of a set, or on where things lie."""
        shown, options = report(example(), redact=()), defaults(exporter.options)
        try:
            given = pickle.dumps((exporter.render, shown, options))
        except (pickle.PicklingError, AttributeError, TypeError):
            pytest.skip("no other process can find `render`: make it a function of a module, and this can be tried")
        for seed in ("1", "2"):
            run = subprocess.run(  # noqa: S603  # this Python, and the code above
                [sys.executable, "-c", ELSEWHERE],
                input=given,
                env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
                capture_output=True,
                check=False,
            )
            if b"ModuleNotFoundError" in run.stderr:
                pytest.skip("no other process can import the module of `render`: install your plug-in, and it can")
            assert run.returncode == 0, f"in another process:\n{run.stderr.decode(errors='replace')}"
            assert run.stdout == self.rendered(exporter, shown), (
                "another process gave other bytes for the same report: put what comes out of a set in order"
            )

    def test_does_nothing_else(
        self, exporter: Exporter, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It renders and no more: no file, no output, no change of the environment."""
        monkeypatch.chdir(tmp_path)
        self.rendered(exporter, report(example()))  # what it imports at its first use may say what it likes
        capfd.readouterr()
        before = dict(os.environ)
        self.rendered(exporter, report(example()))
        printed = capfd.readouterr()
        assert printed == ("", ""), f"render() printed {printed!r}: give bytes, and print nothing"
        assert list(tmp_path.iterdir()) == [], "render() wrote a file: give bytes, and a destination will write them"
        assert Path.cwd() == tmp_path, "render() went to another folder"
        assert dict(os.environ) == before, "render() changed the environment of the process"

    def test_carries_the_handling_marking(self, exporter: Exporter) -> None:
        """The handling marking goes with every export, in capitals, and none is made up where nobody stated one."""
        for options in choices(exporter.options):
            marked = self.rendered(exporter, report(evolve(example(), handling=HANDLING)), options)
            assert bare(HANDLING.upper()) in bare(self.text(marked)), (
                "the export does not have the handling marking, which goes with every export: write report.marking, "
                "where it is not None, at the top, or in a column"
            )
            without = self.rendered(exporter, report(evolve(example(), handling=None)), options)
            assert "OFFICIAL" not in self.text(without), (
                "the export has a handling marking that nobody stated: write none where report.marking is None"
            )

    def test_carries_what_stands_behind_it(self, exporter: Exporter) -> None:
        """What the assessment is for, and who stands behind its model, is in the export or in a file beside it."""
        for status, options in product(Standing, choices(exporter.options)):
            shown = report(evolve(example(), model=evolve(example().model, status=status)))
            made = [self.rendered(exporter, shown, options)]
            if exporter.companions is not None:
                made += exporter.companions(shown, "team.x", **options).values()
            found = bare("\n".join(map(self.text, made))).casefold()
            for name in ("purpose", "standing"):
                assert bare(getattr(shown, name)).casefold() in found, (
                    f"the export does not have report.{name}, which every output prints; a format with no room for a "
                    f"sentence has it in a file beside it, by `companions`: {getattr(shown, name)!r}"
                )

    @pytest.mark.parametrize("part", REDACTABLE)
    def test_what_is_left_out_stays_out(self, exporter: Exporter, part: str) -> None:
        """What a report leaves out is not in the export, even when the exporter saw it a moment before."""
        team = marked(example())
        for options in choices(exporter.options):
            self.rendered(exporter, report(team, redact=()), options)
            made = self.rendered(exporter, report(team, redact=(part,)), options)
            assert mark(part).encode() not in readable(made), (
                f"the report leaves out its {part}, and the export has it: take nothing from anywhere but the report, "
                "and keep nothing from one call to the next"
            )

    def test_every_choice_works(self, exporter: Exporter) -> None:
        """Every choice of every option gives bytes, whatever the report."""
        for options in choices(exporter.options):
            for kind in ("one with everything not assessed", "a full one", "one with formulas"):
                assert isinstance(self.rendered(exporter, report(KINDS[kind]()), options), bytes), options

    def test_companions(self, exporter: Exporter) -> None:
        """Files beside the main one are bytes under an ending that is added to its name, and the same each time."""
        if exporter.companions is None:
            return
        shown, options = report(example()), defaults(exporter.options)
        found = exporter.companions(shown, "team.x", **options)
        for suffix, content in found.items():
            self.is_added(suffix)
            kind = type(content).__name__
            assert isinstance(content, bytes), f"the companion {suffix} is {kind}, and has to be bytes"
        assert exporter.companions(shown, "team.x", **options) == found, "companions() gave others the second time"
        for kind, make in KINDS.items():
            try:
                exporter.companions(report(make(), redact=()), "team.x", **options)
            except Exception as error:
                raise AssertionError(f"the companions of {kind}: {type(error).__name__}: {error}") from error
