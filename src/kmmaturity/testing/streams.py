"""What is asked of an exporter that writes several reports as one file."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, fields

from kmmaturity.api import example, report
from kmmaturity.domain.model import Standing
from kmmaturity.domain.redaction import REDACTABLE
from kmmaturity.domain.report import Report
from kmmaturity.domain.several import Gathering
from kmmaturity.hooks import Exporter
from kmmaturity.testing.given import choices, defaults
from kmmaturity.testing.kinds import KINDS
from kmmaturity.testing.marks import mark, marked
from kmmaturity.testing.rendering import Rendering, bare, readable

__all__ = ["Streaming"]

ENOUGH = 12  # reports of a stream that is watched
TOO_MANY = 400  # reports that a stream may take before it gives its first piece
MARKINGS = ("official: first team", None, "secret: third team", "official-sensitive: fourth team")


class Watched(Report):
    """A report that tells when nobody holds it any more."""


class Streaming(Rendering):
    """The promises of `stream`; an exporter without one keeps them all."""

    def streamed(
        self, exporter: Exporter, reports: Iterable[Report], options: Mapping[str, object]
    ) -> tuple[bytes, list[bytes]]:
        """The file that a stream makes of `reports`, and those beside it."""
        assert exporter.stream is not None
        gathering = Gathering()
        pieces = list(exporter.stream(map(gathering.passed, reports), **options))
        assert all(type(piece) is bytes for piece in pieces), "stream() has to give pieces of bytes"
        beside: list[bytes] = []
        for suffix, make in exporter.companions_of_several.items():
            self.is_added(suffix)
            made: object = make(gathering.several, "team.x", **options)
            assert isinstance(made, bytes), (
                f"companions_of_several[{suffix!r}] gave {type(made).__name__}, and has to give bytes"
            )
            beside.append(made)
        return b"".join(pieces), beside

    def test_a_stream_carries_what_each_report_does(self, exporter: Exporter) -> None:
        """Each report's marking is in the file of several; its purpose and standing are there or beside it."""
        if exporter.stream is None:
            return
        team = example()
        reports = [
            report(evolve(team, handling=handling, model=evolve(team.model, status=status)))
            for handling, status in zip(MARKINGS, Standing, strict=True)
        ]
        for options in choices(exporter.options):
            made, beside = self.streamed(exporter, iter(reports), options)
            file, every = bare(self.text(made)), bare("\n".join(map(self.text, [made, *beside]))).casefold()
            for number, each in enumerate(reports, start=1):
                assert each.marking is None or bare(each.marking) in file, (
                    f"of {len(reports)} reports in one file, number {number} has the handling marking "
                    f"{each.marking!r}, and the file does not: write report.marking of each, where it is not None"
                )
                for name in ("purpose", "standing"):
                    assert bare(getattr(each, name)).casefold() in every, (
                        f"of {len(reports)} reports in one file, number {number} has its {name} neither there nor in a "
                        f"file beside it, by `companions_of_several`: {getattr(each, name)!r}"
                    )
            made, beside = self.streamed(exporter, [evolve(each, handling=None) for each in reports], options)
            assert "OFFICIAL" not in "\n".join(map(self.text, [made, *beside])), (
                "stream() writes a handling marking that nobody stated: write none where report.marking is None"
            )

    def test_a_stream_leaves_out_what_is_left_out(self, exporter: Exporter) -> None:
        """What one report of several leaves out is not in the file, whatever the one before it shows."""
        if exporter.stream is None:
            return
        team = marked(example())
        for part in REDACTABLE:
            made, beside = self.streamed(
                exporter, [report(example(), redact=()), report(team, redact=(part,))], defaults(exporter.options)
            )
            found = b"\n".join(map(readable, [made, *beside]))
            assert mark(part).encode() not in found, f"the report leaves out its {part}, and stream() writes it"

    def test_a_stream_of_one_is_what_is_rendered(self, exporter: Exporter) -> None:
        """A stream of one report gives the bytes that render gives, and a stream of none gives bytes too."""
        if exporter.stream is None:
            return
        for kind, make in KINDS.items():
            shown, options = report(make(), redact=()), defaults(exporter.options)
            made, _ = self.streamed(exporter, iter([shown]), options)
            assert made == self.rendered(exporter, shown), f"stream() of {kind} is not what render() gives"
        self.streamed(exporter, (), defaults(exporter.options))

    def test_a_stream_goes_on_as_it_is_asked(self, exporter: Exporter) -> None:
        """A stream gives pieces as reports come, and lets go of each report: any number of them can be written."""
        if exporter.stream is None:
            return
        alive: list[weakref.ref[Report]] = []
        most = 0

        def reports() -> Iterator[Report]:
            nonlocal most
            for _ in range(TOO_MANY):
                yield (given := watched(report(example())))
                alive.append(weakref.ref(given))
                del given
                most = max(most, sum(each() is not None for each in alive))
            raise AssertionError(
                f"stream() took {TOO_MANY} reports before it gave a piece: yield the piece of each report as it comes"
            )

        pieces = iter(exporter.stream(reports(), **defaults(exporter.options)))
        while len(alive) < ENOUGH:
            next(pieces, None)
        assert most <= 3, (
            f"stream() still holds {most} of {ENOUGH} reports: let go of each when its piece is made, so that a "
            "department can be exported in the memory that one team takes"
        )


def watched(report: Report) -> Report:
    """A copy of `report` that tells when nobody holds it any more."""
    return Watched(**{each.name: getattr(report, each.name) for each in fields(Report)})
