"""The registry: what there is to use, by name, and what happens when a part of it does not work."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import evolve

import kmmaturity as km
from kmmaturity.errors import CannotWrite, KmMaturityError, PluginError, UnknownName
from kmmaturity.hooks import (
    Delivered,
    Delivery,
    Destination,
    Exporter,
    Imported,
    Importer,
    Option,
    Report,
    Standing,
    hookimpl,
)
from kmmaturity.registry import Registry


def plugin(**hooks: Iterable[object]) -> object:
    """A plug-in whose hooks give these records."""
    made = SimpleNamespace(__name__="trial")
    for name, records in hooks.items():
        setattr(made, f"kmmaturity_{name}", _hook(f"kmmaturity_{name}", records))
    return made


def _hook(name: str, records: Iterable[object]) -> Callable[[], Iterable[object]]:
    def hook() -> Iterable[object]:
        return records

    hook.__name__ = name
    return hookimpl(hook)


def shelf(kept: dict[str, bytes], **fields: object) -> Destination:
    """A destination that keeps what it is brought in a dictionary."""

    def deliver(delivery: Delivery, **options: object) -> Iterator[Delivered]:
        for file in delivery.files:
            content = file.read()
            if not delivery.dry_run:
                kept[file.target] = content
            yield Delivered(file.target, len(content), address=f"https://x.example/{options.get('folder')}")

    return Destination(("shelf",), "Kept", deliver, **fields)  # type: ignore[arg-type]  # as given


def test_a_destination_of_a_plugin() -> None:
    """A scheme chooses the destination, the ending the format; both get their own options, and a dry run keeps nothing."""
    kept: dict[str, bytes] = {}
    options = (Option("folder", "Where", default="top"),)
    registry = Registry.of(plugin(destinations=[shelf(kept, options=options)]))
    chosen = {"folder": "2026", "bom": False}
    dry = km.export(km.example(), "shelf:team.csv", options=chosen, dry_run=True, registry=registry)
    assert kept == {}
    real = km.export(km.example(), "shelf:team.csv", options=chosen, registry=registry)
    assert real.files == dry.files
    assert (real.format, real.files[0].address) == ("csv", "https://x.example/2026")
    assert list(kept) == ["shelf:team.csv", "shelf:team.csv-metadata.json"]
    assert kept["shelf:team.csv"].startswith(b"unit,scope")
    with pytest.raises(KmMaturityError, match="has no option 'foldr': did you mean folder"):
        km.export(km.example(), "shelf:team.csv", options={"foldr": "x"}, registry=registry)


def test_a_destination_of_rows() -> None:
    """A destination that takes reports gets them redacted, one or many, and no exporter is asked for."""
    seen: list[Report] = []

    def deliver(delivery: Delivery) -> Iterator[Delivered]:
        seen.extend(delivery.reports)
        yield Delivered(delivery.target, len(delivery.reports))

    registry = Registry.of(plugin(destinations=[Destination(("rows",), "Rows", deliver, takes="reports")]))
    receipt = km.export((km.example(year=year) for year in (1, 2)), "rows:x", redact=["evidence"], registry=registry)
    assert receipt.format is None
    assert [each.assessed.year for each in seen] == [2025, 2026]
    assert not any(row.evidence for each in seen for row in each.rows)


def test_nothing_delivers_there() -> None:
    """A scheme that nothing answers to is refused with those that there are."""
    with pytest.raises(UnknownName, match="nothing delivers to sharepint: addresses; there are file, and plain paths"):
        km.export(km.example(), "sharepint://x/team.csv", registry=Registry.builtin())


def test_several_as_one(tmp_path: Path) -> None:
    """Several assessments go into one file as they come, by an exporter that can; another says which can."""
    both = [km.example(year=1), km.example()]
    file, beside = km.export(iter(both), tmp_path / "all.csv").files
    assert beside.target.endswith("all.csv-metadata.json")
    lines = (tmp_path / "all.csv").read_bytes()
    assert file.size == len(lines)
    assert lines.count(b"\r\n") == 1 + sum(len(each.model.subs) for each in both)
    (file,) = km.export(iter(both), tmp_path / "all.jsonl").files
    assert (tmp_path / "all.jsonl").read_bytes() == b"".join(km.render(each, "jsonl") for each in both)
    with pytest.raises(KmMaturityError, match=r"json writes one assessment to a file: .* as csv, jsonl"):
        km.export(both, tmp_path / "all.json")


def test_what_stands_beside_several(tmp_path: Path) -> None:
    """Beside a table of several stands what it is for, and each marking, standing and model of it, once."""
    team = km.example()
    official = evolve(team.model, status=Standing.OFFICIAL)
    teams = [
        evolve(km.example(year=1), handling="official-sensitive"),
        evolve(team, handling="secret"),
        evolve(team, model=official),
        evolve(team, handling="secret"),
    ]
    hidden = ("notes", "contact")
    dry = km.export(iter(teams), tmp_path / "all.csv", redact=hidden, dry_run=True)
    assert list(tmp_path.iterdir()) == []
    assert km.export(iter(teams), tmp_path / "all.csv", redact=hidden).files == dry.files
    data = json.loads((tmp_path / "all.csv-metadata.json").read_bytes())
    notes = [(each["subject"], each["note"]) for each in data["notes"]]
    assert (data["url"], data["dc:date"]) == ("all.csv", "2025-11-20/2026-11-24")
    assert data["dc:description"] == km.report(team).purpose
    assert [note for subject, note in notes if subject == "handling"] == ["OFFICIAL-SENSITIVE", "SECRET"]
    assert [note for subject, note in notes if subject == "standing"] == [
        km.report(team).standing,
        km.report(teams[2]).standing,
    ]
    assert {("assessments", "4"), ("left out", "contact, notes")} <= set(notes)
    with pytest.raises(CannotWrite, match=r"all\.csv-metadata\.json are there already"):
        km.export(iter(teams), tmp_path / "all.csv")


def test_a_table_of_nobody(tmp_path: Path) -> None:
    """Several may be none: the table has its heading, and its metadata say so."""
    km.export([], tmp_path / "all.csv")
    data = json.loads((tmp_path / "all.csv-metadata.json").read_bytes())
    assert {"subject": "assessments", "note": "0"} in data["notes"]
    assert "dc:date" not in data


def test_companions_of_several_that_do_not_work() -> None:
    """What an exporter of a plug-in does wrong in a file beside several is told as its own, and what it is not is."""

    def stream(reports: Iterable[Report]) -> Iterator[bytes]:
        return (each.unit[0].encode() for each in reports)

    def exporter(**makers: object) -> Exporter:
        beside = {f".{name}": make for name, make in makers.items()}
        return Exporter("wrong", (".wrong",), "W", lambda _: b"", stream=stream, companions_of_several=beside)  # type: ignore[arg-type]  # wrong on purpose

    kept: dict[str, bytes] = {}
    registry = Registry.of(plugin(exporters=[exporter(txt=lambda several, name: name)], destinations=[shelf(kept)]))
    with pytest.raises(
        PluginError, match=r"the exporter wrong of trial \(given\) did not work: .* gave str, and gives"
    ):
        km.export([km.example()] * 2, "shelf:x.wrong", registry=registry)
    (failure,) = Registry.of(plugin(exporters=[exporter(txt=stream)])).failures
    assert "it is called as companions_of_several['.txt'](several, name), and" in failure.told
    with pytest.raises(KmMaturityError, match="companions_of_several is function, and has to be a dictionary"):
        Exporter("wrong", (".wrong",), "W", stream, companions_of_several=stream)  # type: ignore[arg-type]  # wrong on purpose


def test_files_are_read_in_their_order(tmp_path: Path) -> None:
    """A destination that reads what stands beside several before it has read these is told so, as its own mistake."""

    def deliver(delivery: Delivery) -> Iterator[Delivered]:
        for file in reversed(delivery.files):
            yield Delivered(file.target, len(file.read()))

    registry = Registry.of(plugin(destinations=[Destination(("back",), "Backwards", deliver)]))
    with pytest.raises(
        PluginError, match=r"destination back of trial \(given\) did not work: .* read in their order, and back:x\.csv"
    ):
        km.export([km.example()] * 2, "back:x.csv", registry=registry)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Delivered("x", "2"), "it told of the size '2', and has to tell of a number of bytes"),  # type: ignore[arg-type]  # wrong on purpose
        (Delivered(None, 2), "it told of the target None, and has to tell of a text"),  # type: ignore[arg-type]  # wrong on purpose
    ],
)
def test_what_a_destination_tells(told: Delivered, expected: str) -> None:
    """What a destination tells in another way than it has to is its own mistake."""
    registry = Registry.of(plugin(destinations=[Destination(("odd",), "Odd", lambda _: [told])]))
    with pytest.raises(PluginError, match=expected):
        km.export(km.example(), "odd:x.csv", registry=registry)


def test_what_is_fetched_is_bytes() -> None:
    """What a destination fetches has to be bytes, and is its own mistake where it is none."""
    odd = Destination(("odd",), "Odd", lambda _: [], fetch=lambda _: "text")  # type: ignore[arg-type,return-value]  # wrong on purpose
    with pytest.raises(
        PluginError, match=r"the destination odd of trial \(given\) did not work: TypeError: it gave str"
    ):
        km.load("odd:x.kmm.yaml", registry=Registry.of(plugin(destinations=[odd])))


def test_nothing_half_there(tmp_path: Path) -> None:
    """Where a report cannot be made, no file is left behind, and one that was there is as it was."""

    def failing() -> Iterator[km.Assessment]:
        yield km.example()
        raise RuntimeError("the disk of the caller")

    (tmp_path / "all.csv").write_text("precious", encoding="utf-8")
    with pytest.raises(RuntimeError, match="the disk of the caller"):
        km.export(failing(), tmp_path / "all.csv", overwrite=True)
    assert [each.read_text(encoding="utf-8") for each in tmp_path.iterdir()] == ["precious"]


def test_file_addresses(tmp_path: Path) -> None:
    """file:///path is a path; one on another machine is refused."""
    receipt = km.export(km.example(), (tmp_path / "a b.csv").as_uri())
    assert receipt.files[0].target == str(tmp_path / "a b.csv")
    assert (tmp_path / "a b.csv").exists()
    with pytest.raises(KmMaturityError, match="names no file on this machine"):
        km.export(km.example(), "file://elsewhere/team.csv")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (lambda _: "text", "it gave str, and gives bytes"),
        (lambda _: 1 / 0, "ZeroDivisionError: division by zero"),
    ],
)
def test_an_exporter_that_does_not_work(given: object, told: str) -> None:
    """What an exporter of a plug-in does wrong is told as its own, with who brought it."""
    record = Exporter("wrong", (".wrong",), "Wrong", given)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(PluginError, match=r"the exporter wrong of trial \(given\) did not work: ") as caught:
        km.render(km.example(), "wrong", registry=Registry.of(plugin(exporters=[record])))
    assert told in str(caught.value)


def test_a_destination_that_does_not_work(tmp_path: Path) -> None:
    """So it is for a destination; what it says on purpose is passed on as it is."""

    def deliver(delivery: Delivery) -> Iterator[Delivered]:
        if "full" in delivery.target:
            raise CannotWrite("the shelf is full: take something away")
        yield "nothing"  # type: ignore[misc]  # wrong on purpose

    registry = Registry.of(plugin(destinations=[Destination(("shelf",), "Kept", deliver)]))
    with pytest.raises(
        PluginError, match=r"the destination shelf of trial \(given\) did not work: .* tells of Delivered"
    ):
        km.export(km.example(), "shelf:x.csv", registry=registry)
    with pytest.raises(CannotWrite, match="the shelf is full"):
        km.export(km.example(), "shelf:full.csv", registry=registry)


def test_an_importer_of_a_plugin(tmp_path: Path) -> None:
    """Its ending chooses it, its data is checked as any other, and what it does wrong is its own."""

    def read(data: bytes) -> Iterator[Imported]:
        unit, score = data.decode().split()
        yield Imported(
            {
                "kmmaturity": 1,
                "model": "starter@1.0",
                "unit": [unit],
                "assessed": "2026-11-24",
                "scores": {"learning.before": {"score": int(score)}},
            }
        )

    registry = Registry.of(plugin(importers=[Importer("words", (".words",), "Words", read)]))
    (tmp_path / "a.words").write_text("Team 2", encoding="utf-8")
    assert km.load(tmp_path / "a.words", registry=registry).answer("learning.before").score == 2
    (tmp_path / "a.words").write_text("Team 9", encoding="utf-8")
    with pytest.raises(km.CannotRead, match=r"learning\.before has the score 9"):
        km.load(tmp_path / "a.words", registry=registry)
    plain = Registry.of(plugin(importers=[Importer("words", (".words",), "Words", lambda _: [{}])]))  # type: ignore[list-item]
    with pytest.raises(
        PluginError, match=r"TypeError: read\(\) gave dict, and has to give Imported: .* \(test_registry.py, line "
    ):
        km.load(tmp_path / "a.words", registry=plain)
    (tmp_path / "a.words").write_text("Team x", encoding="utf-8")
    with pytest.raises(PluginError, match=r"the importer words of trial \(given\) did not work: ValueError"):
        km.load(tmp_path / "a.words", registry=registry)


def test_a_name_of_ours_stays() -> None:
    """A name of ours stays ours; the rest of the plug-in that brings it twice can be used."""
    csv = Exporter("csv", (".csv",), "Ours", lambda _: b"")
    good = Exporter("good", (".good",), "Good", lambda _: b"good")
    registry = Registry.of(plugin(exporters=[csv, good]))
    (failure,) = registry.failures
    assert failure.names == (("exporter", "csv"),)
    assert registry.exporter("good") is good
    assert registry.exporter("csv") is not csv
