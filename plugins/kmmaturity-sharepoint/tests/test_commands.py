"""What `kmmaturity sharepoint` makes and says."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

import kmmaturity_sharepoint
from fake_graph import FakeGraph
from fake_graph.faults import Fault
from fake_graph.opening import Given
from kmmaturity.cli.program import program
from kmmaturity_sharepoint.columns import wanted

LIST = "sharepoint-list://contoso.sharepoint.com/sites/KM/KM maturity"
FILE = "sharepoint://contoso.sharepoint.com/sites/KM/Documents/a.html"


pytestmark = pytest.mark.usefixtures("reached")


def run(*arguments: str) -> Result:
    """What a command prints, and its exit code."""
    return CliRunner().invoke(program, ["sharepoint", *arguments], standalone_mode=False)


class TestProvision:
    def test_makes_a_list(self, fake: FakeGraph) -> None:
        """The list is made with every column, typed, keys indexed, names read back; a second time adds nothing."""
        assert run("provision", LIST, "--evidence").return_value == 0
        made = fake.graph.list_named("KM maturity")
        columns = {each["name"]: each for each in made.columns}
        assert set(columns) >= {each.name for each in wanted("sub-outcome", evidence=True)}
        assert columns["KmmKey"]["enforceUniqueValues"]
        assert all(len(name) <= 32 and name.isascii() for name in columns)
        again = run("provision", LIST, "--evidence")
        assert "Nothing to add to KM maturity" in again.stderr
        assert again.return_value == 0

    def test_adds_what_is_missing(self, fake: FakeGraph) -> None:
        """A list that somebody made gets the columns that it lacks; what cannot be mended is told."""
        fake.graph.add_list("KM maturity", [{"name": "KmmScore", "text": {}}])
        result = run("provision", LIST)
        there = {each["name"] for each in fake.graph.list_named("KM maturity").columns}
        assert there >= {each.name for each in wanted("sub-outcome")}
        assert "Added KmmKey, KmmSource" in result.stderr
        assert "Still to mend: the column KmmScore is not of the type Number" in result.stderr
        assert result.return_value == 1

    def test_a_lost_answer_makes_no_second_list(self, fake: FakeGraph) -> None:
        """When the answer to making a list is lost, there is one list, with all its columns."""
        fake.graph.faults.add(Fault("lists.create", "lost"))
        assert run("provision", LIST).return_value == 0
        assert len(fake.graph.lists) == 1

    def test_says_who_can_where_it_may_not(self, fake: FakeGraph) -> None:
        """Without the right to make lists the message says who has it, and how they learn what to make."""
        fake.graph.may_make_lists = False
        result = run("provision", LIST)
        assert "the application may not make lists" in result.stderr
        assert "as the same command says with --print" in result.stderr

    def test_prints_what_an_owner_makes(self, fake: FakeGraph) -> None:
        """What an owner has to make is printed without asking anybody: each column's name, type and index."""
        result = run("provision", LIST, "--print")
        assert not fake.exchanges
        for each in wanted("sub-outcome"):
            assert f"{each.name}: " in result.stdout
        assert "KmmKey: Single line of text, indexed, unique values. Rename it afterwards to: Key" in result.stdout

    def test_a_library_is_no_list(self) -> None:
        """The address of a library is refused, with one of a list to write."""
        assert "names a library, and a list is made" in run("provision", FILE).stderr

    @pytest.mark.parametrize("name", ["Documents", "Shared Documents"])
    def test_a_library_gets_no_columns(self, fake: FakeGraph, name: str) -> None:
        """A library, which Graph counts among the lists, is left as it is, whoever names it as one."""
        for command in ("provision", "doctor"):
            result = run(command, LIST.replace("KM maturity", name))
            assert "Documents is a documentLibrary of the site, and rows go to a list" in result.stderr + result.stdout
        assert {each.request.method for each in fake.exchanges} == {"GET"}


class TestDoctor:
    def test_all_is_well_with_a_library(self, fake: FakeGraph) -> None:
        """Of a library, sign-in, site, and the right to write are looked at; nothing is left behind."""
        result = run("doctor", FILE)
        assert [line.partition(": ")[0] for line in result.stdout.splitlines()] == [
            "Sign-in", "Site", "Granted roles", "Library", "Writing",
        ]  # fmt: skip
        assert result.return_value == 0
        assert fake.graph.library.files() == {}
        assert not fake.graph.library.uploads

    def test_all_is_well_with_a_list(self, fake: FakeGraph) -> None:
        """Of a list, its columns are looked at."""
        run("provision", LIST)
        fake.graph.may_read_permissions = True
        result = run("doctor", LIST)
        assert "Columns: ok: all" in result.stdout
        assert "Granted roles: ok: applications have write in this site" in result.stdout
        assert result.return_value == 0

    @pytest.mark.parametrize(
        ("spoil", "told"),
        [
            (
                lambda fake: fake.entra.tokens.clear(),
                "Site: NOT OK: the token was not accepted: `graph` and `authority`",
            ),
            (lambda fake: setattr(fake.graph, "path", "sites/Other"), "Site: NOT OK: there is no site"),
            (lambda fake: fake.graph.drives.clear(), "Library: NOT OK: https://contoso.sharepoint.com/sites/KM has no"),
            (
                lambda fake: setattr(fake.graph.library, "read_only", True),
                "Writing: NOT OK: it is read-only for whoever",
            ),
        ],
    )
    def test_says_what_to_mend(self, fake: FakeGraph, spoil: Callable[[FakeGraph], None], told: str) -> None:
        """The first thing that is wrong is told, with who mends it, and the command ends with 1."""
        spoil(fake)
        result = run("doctor", FILE)
        assert result.stdout.splitlines()[-1].startswith(told)
        assert result.return_value == 1

    def test_who_waits_is_told(self, fake: FakeGraph) -> None:
        """A command that waits for a busy SharePoint says so on standard error."""
        for command, address in (("doctor", FILE), ("provision", LIST)):
            fake.graph.faults.add(Fault.status("site.get", 429, Retry_After="30"))
            told = run(command, address, "-o", "progress=true").stderr
            assert "SharePoint is busy; waiting 30 seconds" in told

    def test_a_list_with_a_column_missing(self, fake: FakeGraph) -> None:
        """A column that is missing is named."""
        fake.graph.add_list("KM maturity", [each.definition() for each in wanted("sub-outcome")[1:]])
        result = run("doctor", LIST)
        assert "Columns: NOT OK: the column KmmKey is not there" in result.stdout

    def test_a_list_that_is_not_there(self, fake: FakeGraph) -> None:
        """A list that is not there is told, with those that are and the command that makes it."""
        fake.graph.add_list("Other")
        result = run("doctor", LIST)
        assert "there is no list KM maturity; there are Other. `kmmaturity sharepoint provision" in result.stdout

    @pytest.mark.parametrize(
        ("claims", "told"),
        [
            ({"roles": ["Sites.Selected"]}, "Sign-in: ok: a token was given, with Sites.Selected"),
            ({"scp": "Sites.Selected"}, "Sign-in: ok: a token was given, with Sites.Selected"),
            ({}, "Sign-in: ok: a token was given, with no roles"),
            (
                {"roles": ["Sites.ReadWrite.All"]},
                "Sites.Selected would be enough, and Sites.ReadWrite.All reaches every",
            ),
            ("nonsense", "Sign-in: ok: a token was given"),
        ],
    )
    def test_says_what_the_token_allows(self, fake: FakeGraph, claims: object, told: str) -> None:
        """The roles that a token says it has are told, one that reaches every site with what would be enough."""
        body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        token = f"head.{body}.signature"
        fake.entra.tokens[token] = "given"
        with kmmaturity_sharepoint.using(credential=Given(token)):
            result = run("doctor", FILE)
        assert result.stdout.splitlines()[0].startswith(told) or told in result.stdout.splitlines()[0]
        assert body not in result.stdout + result.stderr
