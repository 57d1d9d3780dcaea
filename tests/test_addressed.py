"""Addresses: what a store keeps, and what a destination can fetch, is read as a file is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import evolve
from click.testing import CliRunner

import kmmaturity as km
from kmmaturity.cli.program import program
from kmmaturity.errors import CannotRead, CannotWrite, KmMaturityError, NoSuchFile
from kmmaturity.files.writing import dump
from kmmaturity.hooks import Delivered, Delivery, Destination, hookimpl
from kmmaturity.hooks.keys import key_for
from kmmaturity.registry import Registry

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store with two revisions of the example's second year."""
    address = f"sqlite:///{tmp_path}/team.db"
    team = km.example()
    with km.open_store(address, create=True) as store:
        store.put(key_for(team), dump(team, "json"), expect=None, at=AT)
        store.put(key_for(team), dump(team.with_score("learning.before", 2), "json"), expect=1, at=AT)
    return address


def test_a_revision(url: str) -> None:
    """The newest revision of a key is read, or the one that is numbered."""
    key = key_for(km.example())
    assert km.load(f"{url}#{key}").answer("learning.before").score == 2
    assert km.load(f"{url}#{key}@1") == km.example()
    assert km.check(f"{url}#{key}").exit_code() == 0


def test_what_is_not_there(url: str, tmp_path: Path) -> None:
    """A key, a revision or a store that is not there is told with what is."""
    key = key_for(km.example())
    with pytest.raises(NoSuchFile, match=rf"there is no {key[:-1]} in .*: did you mean {key}\?"):
        km.load(f"{url}#{key[:-1]}")
    with pytest.raises(NoSuchFile, match="its newest revision is 2"):
        km.load(f"{url}#{key}@3")
    with pytest.raises(KmMaturityError, match=r"does not say which assessment: write .*#KEY, or"):
        km.load(url)
    with pytest.raises(KmMaturityError, match="does not say which assessment"):
        km.load(f"{url}#{key}@first")
    with pytest.raises(NoSuchFile, match="there is no store at"):
        km.load(f"sqlite:///{tmp_path}/other.db#{key}")
    assert not (tmp_path / "other.db").exists()


def test_what_was_taken_away(url: str) -> None:
    """A revision that was removed says when and why."""
    key = key_for(km.example())
    with km.open_store(url) as store:
        store.forget(key, revision=1, because="Kept for two years", at=AT)
    with pytest.raises(
        CannotRead, match=r"was taken away on 2026-11-24: Kept for two years; `kmmaturity store history"
    ):
        km.load(f"{url}#{key}@1")
    (found,) = km.check(f"{url}#{key}@1")
    assert found.code == "KMM001"
    assert "was taken away on 2026-11-24" in found.message
    result = CliRunner().invoke(program, ["show", f"{url}#{key}@1"])
    assert result.exit_code == 1
    assert "was taken away on 2026-11-24" in result.stderr


@pytest.mark.parametrize("kind", ["sqlite:///team.db", "dir:./kept"])
def test_last_time_in_a_store(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may name a store beside it: the unit's newest assessment of an earlier day is last time's, or the one named."""
    folder = tmp_path / "team"
    folder.mkdir()
    monkeypatch.chdir(folder)
    first, team = km.example(year=1), km.example()
    with km.open_store(kind, create=True) as store:
        for each in (first, team, evolve(first, unit=["Another"], assessed=date(2026, 1, 1))):
            store.put(key_for(each), dump(each, "json"), expect=None, at=AT)
    monkeypatch.chdir(tmp_path)
    for named in (kind, f"{kind}#{key_for(first)}", f"{kind}#{key_for(first)}@1"):
        km.save(evolve(team, previous=named), folder / "team.kmm.yaml", overwrite=True)
        codes = {each.code for each in km.check(folder / "team.kmm.yaml", today=date(2026, 12, 1))}
        assert codes == {each.code for each in km.check(team, previous=first, today=date(2026, 12, 1))}
        result = CliRunner().invoke(program, ["compare", str(folder / "team.kmm.yaml")])
        assert result.exit_code == 0
        assert "Still ahead:\n  - Learning as we go: 2, now 1" in result.output


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("sqlite:///none.db", "there is no store at"),
        ("sqlite:///team.db", "holds no assessment of Coastal Evidence Team from before 2026-11-24"),
        ("sqlite:///team.db#nothing", "there is no nothing in"),
    ],
)
def test_last_time_is_not_there(named: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the store, or what is looked for in it, is not there, a check says so and goes on."""
    monkeypatch.chdir(tmp_path)
    km.open_store("sqlite:///team.db", create=True).close()
    km.save(evolve(km.example(), previous=named), "team.kmm.yaml")
    (found,) = [each for each in km.check("team.kmm.yaml", today=date(2026, 12, 1)) if told in each.message]
    assert found.pointer == ("previous",)


def test_update_is_for_files(url: str) -> None:
    """What a store keeps is not changed in place."""
    address = f"{url}#{key_for(km.example())}"
    with pytest.raises(CannotWrite, match=r"is no file: what a store keeps is changed by putting another revision"):
        km.update(address, km.load(address).with_score("learning.before", 1))


def test_what_a_destination_fetches() -> None:
    """An address of a destination that can fetch is read; one that cannot, or of nobody, is the path of a file."""
    kept: dict[str, bytes] = {}

    def deliver(delivery: Delivery) -> Iterator[Delivered]:
        for file in delivery.files:
            kept[file.target] = file.read()
            yield Delivered(file.target, len(kept[file.target]))

    @hookimpl
    def kmmaturity_destinations() -> list[Destination]:
        return [
            Destination(("shelf",), "Kept", deliver, fetch=kept.__getitem__),
            Destination(("bin",), "Gone", deliver),
        ]

    registry = Registry.of(SimpleNamespace(__name__="x", kmmaturity_destinations=kmmaturity_destinations))
    kept["shelf:team.kmm.yaml"] = dump(km.example(), "yaml")
    assert km.load("shelf:team.kmm.yaml", registry=registry) == km.example()
    km.export(km.example(), "shelf:team.csv", registry=registry)
    assert km.profile(km.load("shelf:team.csv", registry=registry)) == km.profile(km.example())
    for path in ("bin:team.kmm.yaml", "nobody:team.kmm.yaml"):
        with pytest.raises(NoSuchFile, match=f"there is no file {path}"):
            km.load(path, registry=registry)


@pytest.mark.parametrize("scheme", ["https", "nobody"])
def test_an_address_that_nothing_reads(scheme: str) -> None:
    """An address that nothing reads is told as that, not as a file in a folder of that name."""
    address = f"{scheme}://agency.example/sites/KM/team.kmm.yaml"
    told = rf"{address} is no file, and nothing reads {scheme}: addresses: download it"
    with pytest.raises(NoSuchFile, match=told):
        km.load(address)
    with pytest.raises(NoSuchFile, match=told):
        km.check(address)


def test_a_file_with_a_colon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose name looks like an address that nobody reads is read as a file."""
    monkeypatch.chdir(tmp_path)
    try:
        km.save(km.example(), "team:2026.kmm.yaml")
    except KmMaturityError:
        pytest.skip("this system takes no colon in names")
    assert km.load("team:2026.kmm.yaml") == km.example()
