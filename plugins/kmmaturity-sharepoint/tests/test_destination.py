"""What is exported to an address in SharePoint arrives there, with a receipt; or a message says who does what."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

import kmmaturity as km
from fake_graph import FakeGraph
from fake_graph.faults import Fault
from kmmaturity.cli.program import program
from kmmaturity.domain.report import Report
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError, NoSuchFile, UnknownName
from kmmaturity.registry import Registry, default

FOLDER = "sharepoint://contoso.sharepoint.com/sites/KM/Shared Documents/2026"
ADDRESS = f"{FOLDER}/team.json"


pytestmark = pytest.mark.usefixtures("reached")


@pytest.fixture(scope="module")
def report() -> Report:
    """A report of the fictional team."""
    return km.report(km.example())


class TestExport:
    def test_brings_the_file_and_tells_where_it_is(self, fake: FakeGraph, registry: Registry, report: Report) -> None:
        """What an exporter makes arrives byte for byte; the receipt has its web address and version."""
        receipt = km.export(report, ADDRESS, registry=registry)
        (found,) = receipt.files
        content = km.render(report, "json")
        assert fake.graph.library.files() == {"2026/team.json": content}
        assert (found.target, found.size) == (ADDRESS, len(content))
        assert found.address == "https://contoso.sharepoint.com/sites/KM/Shared%20Documents/2026/team.json"
        entry = fake.graph.library.find("2026/team.json")
        assert entry is not None
        assert found.version == entry.tag.strip('"')

    @pytest.mark.parametrize("name", sorted(default().exporters))
    def test_every_exporter(self, fake: FakeGraph, report: Report, name: str) -> None:
        """Whatever format there is, of the core or of a plug-in, arrives byte for byte."""
        suffix = default().exporters[name].suffixes[0]
        km.export(report, f"{FOLDER}/team{suffix}")
        assert fake.graph.library.files()[f"2026/team{suffix}"] == km.render(report, name)

    def test_a_library_has_two_names(self, fake: FakeGraph, registry: Registry, report: Report) -> None:
        """A library is found by the name that people see and by the one in its address, in any case."""
        for number, name in enumerate(("Documents", "shared documents", "Shared%20Documents")):
            address = f"sharepoint://contoso.sharepoint.com/sites/KM/{name}/{number}.json"
            km.export(report, address, registry=registry)
        assert list(fake.graph.library.files()) == ["0.json", "1.json", "2.json"]
        with pytest.raises(UnknownName, match=r"has no library 'Dokuments': did you mean Documents\?"):
            km.export(report, ADDRESS.replace("Shared Documents", "Dokuments"), registry=registry)

    def test_the_root_site_has_libraries_too(self, fake: FakeGraph, registry: Registry, report: Report) -> None:
        """An address without a site is in a library of the root site."""
        km.export(report, "sharepoint://contoso.sharepoint.com/Documents/team.json", registry=registry)
        assert list(fake.graph.library.files()) == ["team.json"]
        assert fake.exchanges[0].request.path == "/v1.0/sites/contoso.sharepoint.com"

    def test_companions_come_along(self, fake: FakeGraph, registry: Registry, report: Report) -> None:
        """The description of a CSV stands beside it, also under a name of their own."""
        for _ in range(2):
            km.export(report, f"{FOLDER}/team.csv", options={"conflict": "rename"}, registry=registry)
        assert list(fake.graph.library.files()) == [
            "2026/team.csv", "2026/team.csv-metadata.json", "2026/team 1.csv", "2026/team 1.csv-metadata.json",
        ]  # fmt: skip

    def test_a_dry_run_changes_nothing(self, fake: FakeGraph, registry: Registry, report: Report) -> None:
        """A dry run tells what would be where, looks whether it can be, and sends nothing."""
        receipt = km.export(report, f"{FOLDER}/team.csv", dry_run=True, registry=registry)
        assert [each.target for each in receipt.files] == [f"{FOLDER}/team.csv", f"{FOLDER}/team.csv-metadata.json"]
        assert {each.request.method for each in fake.exchanges} == {"GET"}
        km.export(report, f"{FOLDER}/team.csv", registry=registry)
        with pytest.raises(CannotWrite, match="is there already"):
            km.export(report, f"{FOLDER}/team.csv", dry_run=True, registry=registry)

    def test_nothing_is_sent_where_one_of_several_clashes(
        self, fake: FakeGraph, registry: Registry, report: Report
    ) -> None:
        """Where one of several files is there already, none is sent."""
        fake.graph.library.write(("2026", "team.csv-metadata.json"), b"theirs", conflict="fail", tag=None)
        with pytest.raises(CannotWrite, match="overwrite=True"):
            km.export(report, f"{FOLDER}/team.csv", registry=registry)
        assert list(fake.graph.library.files().values()) == [b"theirs"]
        km.export(report, f"{FOLDER}/team.csv", overwrite=True, registry=registry)
        assert len(fake.graph.library.files()) == 2

    def test_what_has_arrived_is_told(self, fake: FakeGraph, registry: Registry, report: Report) -> None:
        """When the second of two files does not arrive, the message says that the first did."""
        fake.graph.faults.add(Fault.status("item.put", 403, "accessDenied", after=1))
        with pytest.raises(CannotWrite, match=r"metadata\.json: it is read-only .*/team\.csv has arrived"):
            km.export(report, f"{FOLDER}/team.csv", registry=registry)

    def test_replaces_only_the_version_that_was_meant(
        self, fake: FakeGraph, registry: Registry, report: Report
    ) -> None:
        """With the version of a receipt a file is replaced while nobody has changed it, and not afterwards."""
        first = km.export(report, ADDRESS, registry=registry).files[0].version
        second = km.export(report, ADDRESS, options={"unchanged": first}, registry=registry).files[0].version
        assert first != second
        with pytest.raises(CannotWrite, match="was changed by somebody else since it was looked at"):
            km.export(report, ADDRESS, options={"unchanged": first}, registry=registry)
        with pytest.raises(CannotWrite, match="was changed by somebody else"):
            km.export(report, ADDRESS, options={"unchanged": first}, dry_run=True, registry=registry)

    def test_a_file_where_a_folder_would_be(self, fake: FakeGraph, registry: Registry, report: Report) -> None:
        """A file in the place of a folder, and a folder in that of the file, are told with what to do."""
        fake.graph.library.write(("2026",), b"theirs", conflict="fail", tag=None)
        with pytest.raises(CannotWrite, match="a file is where one of the folders would be: choose another folder"):
            km.export(report, ADDRESS, registry=registry)
        fake.graph.library.folder(("2027", "team.json"))
        with pytest.raises(CannotWrite, match=r"team\.json is there already, and a folder: choose another name"):
            km.export(report, ADDRESS.replace("2026", "2027"), overwrite=True, registry=registry)

    def test_the_command_line_names_the_version(self, fake: FakeGraph, tmp_path: Path) -> None:
        """What a command says that it wrote has the version that `unchanged` takes, and takes it while nobody wrote."""
        km.save(evolve(km.example(), previous=None), tmp_path / "team.kmm.yaml")
        command = ["export", str(tmp_path / "team.kmm.yaml"), "--to", ADDRESS]
        told = CliRunner().invoke(program, command).stderr
        version = re.search(r", version (\S+) \(", told)
        assert version is not None, told
        again = CliRunner().invoke(program, [*command, "-o", f"unchanged={version[1]}"])
        assert again.exit_code == 0, again.stderr
        stale = CliRunner().invoke(program, [*command, "-o", f"unchanged={version[1]}"])
        assert "was changed by somebody else" in stale.stderr

    def test_a_library_that_is_read_only(self, fake: FakeGraph, registry: Registry, report: Report) -> None:
        """A library that cannot be written to is told as that, and who grants what."""
        fake.graph.library.read_only = True
        with pytest.raises(
            CannotWrite, match=r"it is read-only for whoever signed in: a SharePoint administrator grants .* `write` in"
        ):
            km.export(report, ADDRESS, registry=registry)

    def test_throttled_for_minutes(self, fake: FakeGraph, registry: Registry, report: Report) -> None:
        """A SharePoint that stays busy is told with how often and how long was waited, and what to do."""
        fake.graph.faults.add(Fault.status("item.put", 429, Retry_After="100", times=9))
        with pytest.raises(CannotWrite, match="it asked to wait 3 times, for 5 minutes in all"):
            km.export(report, ADDRESS, registry=registry)

    def test_throttled_for_longer_than_there_is_patience(
        self, fake: FakeGraph, registry: Registry, report: Report
    ) -> None:
        """A SharePoint that asks for more time than there is patience is told as busy, with when to come again."""
        fake.graph.faults.add(Fault.status("site.get", 429, Retry_After="600"))
        with pytest.raises(CannotWrite, match="SharePoint is busy, and asks to be left alone for 10 minutes"):
            km.export(report, ADDRESS, registry=registry)

    def test_an_address_that_cannot_be(self, fake: FakeGraph, registry: Registry, report: Report) -> None:
        """A name that SharePoint does not take is refused before anything is sent."""
        with pytest.raises(KmMaturityError, match="use a hyphen"):
            km.export(report, f"{FOLDER}/a:b.json", registry=registry)
        assert not fake.exchanges


class TestFetch:
    """The default registry finds the plug-in, which is installed."""

    def test_loads_what_was_saved(self, fake: FakeGraph, tmp_path: Path) -> None:
        """An assessment is loaded from where it was put, equal to what it was."""
        assessment = km.example()
        km.save(assessment, tmp_path / "team.kmm.json")
        content = (tmp_path / "team.kmm.json").read_bytes()
        fake.graph.library.write(("2026", "team.kmm.json"), content, conflict="fail", tag=None)
        assert km.load(f"{FOLDER}/team.kmm.json") == assessment

    def test_a_file_that_is_not_there(self) -> None:
        """A file that is not there is told as that, like one on a disk."""
        with pytest.raises(NoSuchFile, match=r"there is no file sharepoint://.*: nothing is there"):
            km.load(f"{FOLDER}/team.kmm.json")

    def test_a_folder_is_no_file(self, fake: FakeGraph) -> None:
        """A folder is told as one."""
        fake.graph.library.folder(("2026", "team.kmm.yaml"))
        with pytest.raises(NoSuchFile, match="a folder is there"):
            km.load(f"{FOLDER}/team.kmm.yaml")

    def test_what_is_far_too_large_is_not_fetched(self, fake: FakeGraph) -> None:
        """A film, say, is not brought into memory to find out that it is no assessment."""
        fake.graph.library.write(("2026", "film.kmm.json"), bytes(17 * 1024 * 1024), conflict="fail", tag=None)
        with pytest.raises(CannotRead, match=r"is 17,825,792 bytes long, and no file of ours is"):
            km.load(f"{FOLDER}/film.kmm.json")
        assert not fake.calls("unsigned.download")

    def test_what_cannot_be_fetched_is_told_by_a_check(self, fake: FakeGraph) -> None:
        """A file that SharePoint does not give is a finding of a check, with who does what."""
        fake.graph.faults.add(Fault.status("site.get", 403, "accessDenied", times=9))
        (found,) = km.check(f"{FOLDER}/team.kmm.yaml")
        assert found.code == "KMM001"
        assert "a SharePoint administrator grants it the role `write`" in found.message

    def test_what_is_wrong_with_it_is_told_with_its_place(self, fake: FakeGraph) -> None:
        """What is wrong with a file in SharePoint is told as of any file, with its address."""
        fake.graph.library.write(
            ("2026", "a.kmm.json"), json.dumps({"kmmaturity": 1}).encode(), conflict="fail", tag=None
        )
        with pytest.raises(CannotRead, match=r"sharepoint://.*/a\.kmm\.json cannot be read"):
            km.load(f"{FOLDER}/a.kmm.json")

    def test_no_token_goes_to_the_address_of_a_download(self, fake: FakeGraph) -> None:
        """The bytes come from an address that carries its own permission, and no token is sent there."""
        fake.graph.library.write(("2026", "a.kmm.json"), b"{", conflict="fail", tag=None)
        with pytest.raises(CannotRead):
            km.load(f"{FOLDER}/a.kmm.json")
        (call,) = fake.calls("unsigned.download")
        assert "authorization" not in call.request.headers
