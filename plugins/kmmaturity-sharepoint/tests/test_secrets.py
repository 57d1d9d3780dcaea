"""What must not be told is told nowhere: not in logs, errors, reprs, dry runs, receipts or on the terminal."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner

import kmmaturity as km
import kmmaturity_sharepoint
from fake_graph import FakeGraph
from fake_graph.faults import Fault
from fake_graph.messages import error
from kmmaturity.cli.program import program
from kmmaturity.errors import KmMaturityError
from kmmaturity.registry import Registry
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.client.uploads import STEP
from kmmaturity_sharepoint.columns import wanted
from kmmaturity_sharepoint.rows import fields_of
from kmmaturity_sharepoint.settings import Settings
from kmmaturity_sharepoint.transfer import Transfer

SITE = "contoso.sharepoint.com/sites/KM"
FILE = f"sharepoint://{SITE}/Documents/team.kmm.json"
LIST = f"sharepoint-list://{SITE}/KM maturity"
EVIDENCE = "Two of nine projects looked first"
PASSWORD = "a-proxy-password"  # noqa: S105  # not one


class Heard(logging.Handler):
    """Everything that anybody logs, with what is attached to it."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.text: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep all of a record, also what no formatter shows."""
        self.text.append(f"{record.getMessage()} {record.__dict__} {record.exc_text}")


@pytest.fixture
def heard() -> Iterator[Heard]:
    """Every logger at its most talkative."""
    handler, root = Heard(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def team() -> km.Assessment:
    """A team whose evidence can be recognised."""
    return km.example().with_evidence("learning.before", EVIDENCE)


def secrets(fake: FakeGraph) -> set[str]:
    """What must appear nowhere: tokens, secrets, what makes an address work by itself, and evidence."""
    graph, app = fake.graph, fake.entra.application
    uploads = {each.secret for each in (*graph.library.uploads.values(), *graph.library.ended)}
    return {
        *fake.entra.tokens, app.secret, app.federated, app.identity_header, app.pipeline_token, *uploads, *graph.library.downloads,
        EVIDENCE, PASSWORD,
    }  # fmt: skip


def told_by(call: Callable[[], object]) -> str:
    """All that a call says, also as it fails: its result, and the whole chain of what was raised."""
    try:
        return repr(call())
    except KmMaturityError as raised:
        every: list[str] = []
        cause: BaseException | None = raised
        while cause is not None:
            every += [str(cause), repr(cause), repr(cause.__dict__), *traceback.format_exception(cause)]
            cause = cause.__cause__ or cause.__context__
        return "\n".join(every)


FAULTS: tuple[list[Fault], ...] = (
    [],
    [Fault.status("item.put", 403, "accessDenied")],
    [Fault("item.put", "cut", times=99)],
    [Fault.status("item.put", 503, times=99, Retry_After="90")],
    [Fault("unsigned.fragment", "cut", times=99)],
    [Fault.status("unsigned.fragment", 403, "accessDenied")],
    [Fault("unsigned.fragment", "answer-after", error(500, "generalException"), times=99)],
    [Fault("unsigned.download", "cut", times=99)],
    [Fault.status("unsigned.download", 401, "unauthenticated", times=99)],
    [Fault("batch", "cut", times=99)],
    [Fault.status("items.create", 400, "invalidRequest", times=99)],
    [Fault.status("site.get", 401, "InvalidAuthenticationToken", times=99)],
)


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize(
    "faults", FAULTS, ids=lambda each: "-".join(f"{fault.operation} {fault.how}" for fault in each)
)
def test_nothing_secret_is_told(
    fake: FakeGraph, heard: Heard, registry: Registry, graph: Graph, team: km.Assessment, faults: list[Fault],
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Whatever is done and whatever goes wrong, logs, errors, receipts and the terminal hold nothing secret."""
    fake.graph.add_list("KM maturity", [each.definition() for each in wanted("sub-outcome")])
    fake.graph.library.write(("old.kmm.json",), b'{"kmmaturity": 1}', conflict="fail", tag=None)
    fake.graph.faults.add(*faults)
    transfer = Transfer(graph, "b!documents", fragment=STEP, small=1000)
    told = [
        told_by(lambda: km.export(team, FILE, dry_run=True, registry=registry)),
        told_by(lambda: km.export(team, FILE, options={"progress": True}, registry=registry)),
        told_by(lambda: km.export(team, LIST, dry_run=True, registry=registry)),
        told_by(lambda: km.export(team, LIST, options={"progress": True}, registry=registry)),
        told_by(lambda: transfer.place(("large.bin",), b"x" * (2 * STEP), policy="fail")),
        told_by(lambda: km.load(FILE.replace("team", "old"), registry=registry)),
        repr(graph),
        repr(graph.wire),
    ]
    for arguments in (["doctor", FILE], ["provision", LIST]):
        result = CliRunner().invoke(program, ["sharepoint", *arguments], standalone_mode=False)
        told.append(f"{result.stdout} {result.stderr} {result.exception!r}")
    everything = "\n".join((*told, *heard.text, *capfd.readouterr()))
    assert len(heard.text) > 10
    found = {each for each in secrets(fake) if each in everything}
    assert found == set()
    assert "tempauth=" not in everything


def test_settings_show_no_password(settings: Callable[..., Settings]) -> None:
    """What settings show of themselves has no credential and no proxy's password."""
    assert PASSWORD not in repr(settings(proxy=f"http://me:{PASSWORD}@proxy.example"))


def test_values_show_no_evidence(team: km.Assessment) -> None:
    """What an item and a change show of themselves has nothing of what a team wrote."""
    from kmmaturity_sharepoint.client.answers import ListItem
    from kmmaturity_sharepoint.client.graph import Part
    from kmmaturity_sharepoint.upsert import Change

    columns = wanted("sub-outcome", evidence=True)
    rows = fields_of(km.report(team), "sub-outcome", columns)
    fields = next(each for each in rows if EVIDENCE in str(each["KmmEvidence"]))
    item = ListItem("1", "tag", fields)
    assert EVIDENCE not in f"{item!r} {Part('POST', '/x', fields)!r} {Change('added', 'key', fields, item)!r}"


@pytest.mark.usefixtures("reached")
def test_what_is_logged_says_what_was_done(fake: FakeGraph, heard: Heard, registry: Registry) -> None:
    """A log has each call's operation, status, time and request as fields of their own, and no address."""
    km.export(km.example(), FILE, registry=registry)
    records = [each for each in heard.text if "'operation': 'item.put'" in each]
    assert len(records) == 1
    assert "item.put: 201 in " in records[0]
    assert "'status': 201" in records[0]
    assert "Documents" not in records[0]


def test_a_setting_that_there_is_not_is_told() -> None:
    """A name that `using` does not know is told with the near one."""
    with pytest.raises(KmMaturityError, match="did you mean credential"), kmmaturity_sharepoint.using(credentials=1):
        pass
