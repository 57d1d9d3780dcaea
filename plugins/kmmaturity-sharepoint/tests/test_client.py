"""The client says to Graph what it is asked to, to nobody else, and tells why nothing came back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fake_graph import FakeGraph
from fake_graph.faults import Fault
from fake_graph.messages import Response
from fake_graph.relay import Relay
from kmmaturity.errors import CannotRead, KmMaturityError
from kmmaturity_sharepoint.addresses import place_of
from kmmaturity_sharepoint.client.answers import Session
from kmmaturity_sharepoint.client.graph import Graph
from kmmaturity_sharepoint.client.refusals import Cause, Unanswered, cause_in
from kmmaturity_sharepoint.columns import KEY, SOURCE, TITLE, wanted
from kmmaturity_sharepoint.messages import explained
from kmmaturity_sharepoint.settings import Settings

PLACE = place_of("sharepoint://contoso.sharepoint.com/sites/KM/Documents/team.html")
Setting = Callable[..., Settings]


class TestLists:
    @pytest.mark.parametrize("source", ["plain", "team's", "''", "a' or fields/Title ne '"])
    def test_items_are_asked_for_by_any_text(self, graph: Graph, fake: FakeGraph, source: str) -> None:
        """Items are found by what is in a column, whatever quotation marks are in it, and no others are."""
        made = fake.graph.add_list("KM maturity", [each.definition() for each in wanted("sub-outcome")])
        for number, each in enumerate((source, "another")):
            made.create({KEY: str(number), SOURCE: each, TITLE: "x"})
        found = list(graph.items(fake.graph.site, made.id, column=SOURCE, equals=source, names=[KEY]))
        assert [each.fields[KEY] for each in found] == ["0"]

    def test_each_part_of_a_batch_has_its_own_answer(self, graph: Graph, fake: FakeGraph) -> None:
        """What a batch answers in another order belongs to the part that it was asked for, with the request's id."""
        made = fake.graph.add_list("KM maturity", [each.definition() for each in wanted("sub-outcome")])
        good, bad = {KEY: "1", TITLE: "x"}, {"Colour": "red"}
        parts = tuple(graph.creating(fake.graph.site, made.id, fields) for fields in (good, bad))
        first, second = graph.batch(parts)
        assert (first.status, second.status, second.code) == (201, 400, "invalidRequest")
        assert second.request_id == "fake"


class TestNetwork:
    def test_goes_through_a_proxy(self, fake: FakeGraph, settings: Setting) -> None:
        """With a proxy, every call goes through it."""
        with Relay(fake.port) as relay, Graph(settings(proxy=relay.address)) as graph:
            graph.site(PLACE)
            assert relay.seen == {f"localhost:{fake.port}"}

    def test_signs_in_through_a_proxy(
        self, fake: FakeGraph, settings: Setting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With a proxy, signing in goes through it, too."""
        for name, value in (
            ("AZURE_TENANT_ID", fake.entra.tenant), ("AZURE_CLIENT_ID", fake.entra.application.id),
            ("AZURE_CLIENT_SECRET", fake.entra.application.secret),
        ):  # fmt: skip
            monkeypatch.setenv(name, value)
        with Relay(fake.port) as relay:
            chosen = settings(proxy=relay.address, credential=None, sign_in="environment")
            with Graph(chosen) as graph:
                assert graph.wire.token() in fake.entra.tokens
            assert relay.seen == {f"localhost:{fake.port}"}

    def test_the_environment_says_how_too(
        self, fake: FakeGraph, settings: Setting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What HTTPS_PROXY and REQUESTS_CA_BUNDLE say holds, where no option does: for calls and for signing in."""
        for name in ("NO_PROXY", "no_proxy", "https_proxy", "CURL_CA_BUNDLE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(fake.ca))
        monkeypatch.setenv("AZURE_CLIENT_SECRET", fake.entra.application.secret)
        named = {"tenant": fake.entra.tenant, "client_id": fake.entra.application.id}
        with Relay(fake.port) as relay:
            monkeypatch.setenv("HTTPS_PROXY", relay.address)
            with Graph(settings(ca=None, credential=None, sign_in="environment", **named)) as graph:
                assert graph.site(PLACE).name == "Knowledge"
            assert relay.seen == {f"localhost:{fake.port}"}

    @pytest.mark.parametrize("address", ["https://elsewhere.example", "https://localhost:1", "http://localhost"])
    def test_a_page_elsewhere_is_not_asked_for(self, graph: Graph, fake: FakeGraph, address: str) -> None:
        """A next page at another host, port or scheme is refused before any token goes there."""
        fake.graph.next_links_to = address
        for number in range(3):
            fake.graph.library.write((f"{number}.txt",), b"x", conflict="fail", tag=None)
        fake.graph.library.page = 1
        with pytest.raises(KmMaturityError, match="points to another host"):
            graph.children("b!documents", ())
        assert len(fake.calls("item.children")) == 1

    def test_an_address_without_encryption_is_not_used(self, graph: Graph, fake: FakeGraph) -> None:
        """An upload's or download's address that is not https is refused, and not shown."""
        with pytest.raises(KmMaturityError, match="is not https") as caught:
            graph.wire.bare("upload.fragment", "PUT", "http://elsewhere.example/?tempauth=secret", content=b"x")
        assert "tempauth" not in str(caught.value)
        assert not fake.exchanges

    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", Cause.UNTRUSTED),
            ("('Unable to connect to proxy', NameResolutionError(...", Cause.PROXY),
            ("Failed to resolve 'login.microsoftonline.com'", Cause.NO_SUCH_HOST),
            ("Read timed out. (read timeout=120)", Cause.SLOW),
            ("('Connection aborted.', RemoteDisconnected(...", Cause.CUT),
            ("AADSTS7000222: expired", None),
        ],
    )
    def test_causes(self, text: str, cause: Cause | None) -> None:
        """What the libraries beneath say is told as one cause; where a proxy is in the way, it is the proxy."""
        assert cause_in(text) is cause

    def test_what_lasts_is_told_at_once(self, settings: Setting, waits: list[float]) -> None:
        """A certificate that is not trusted will not be in a moment: nobody waits for it."""
        with Graph(settings(ca=None)) as graph, pytest.raises(Unanswered, match="not one that this machine trusts"):
            graph.site(PLACE)
        assert waits == []

    @pytest.mark.parametrize("page", [b"<html>Please sign in", b"", b'{"id": "x', b"[]"])
    def test_a_page_of_a_proxy_is_no_answer(self, fake: FakeGraph, settings: Setting, page: bytes) -> None:
        """A page that comes in the place of an answer, with a status that is well, is told as that."""
        fake.graph.faults.add(Fault("site.get", "answer", Response(200, page)))
        fake.strict = False
        with pytest.raises(
            CannotRead, match="was not SharePoint, or broke off: a page of a proxy, perhaps; do it again"
        ):
            self.site(settings())

    def site(self, chosen: Settings) -> None:
        """Look for the site."""
        with explained(PLACE, writing=False), Graph(chosen) as graph:
            graph.site(PLACE)

    def test_what_passes_is_waited_for(self, fake: FakeGraph, settings: Setting, waits: list[float]) -> None:
        """A connection that is cut is tried again, ever more slowly."""
        fake.graph.faults.add(Fault("site.get", "cut", times=3))
        with Graph(settings()) as graph:
            assert graph.site(PLACE).name == "Knowledge"
        assert waits == [1.0, 2.0, 4.0]


def test_an_upload_shows_no_address() -> None:
    """The address of an upload, which works by itself, is not shown."""
    assert "tempauth" not in repr(Session("https://contoso.sharepoint.com/upload?tempauth=secret"))
