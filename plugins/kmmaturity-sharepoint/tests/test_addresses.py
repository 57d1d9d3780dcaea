"""Addresses name one place, and say what is wrong with them."""

from __future__ import annotations

import pytest

from kmmaturity.errors import KmMaturityError, UnknownName
from kmmaturity_sharepoint.addresses import Place, place_of, segment
from kmmaturity_sharepoint.settings import settings_from

SITE = "sharepoint://contoso.sharepoint.com/sites/KM"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            f"{SITE}/Shared Documents/2026/team.html",
            Place("contoso.sharepoint.com", "/sites/KM", "Shared Documents", path=["2026", "team.html"]),
        ),
        (
            f"{SITE}/Shared%20Documents/100%/50%25.html",
            Place("contoso.sharepoint.com", "/sites/KM", "Shared Documents", path=["100%", "50%.html"]),
        ),
        (
            "sharepoint://contoso.sharepoint.com/Documents/a",
            Place("contoso.sharepoint.com", "", "Documents", path=["a"]),
        ),
        (
            "sharepoint-list://contoso.sharepoint.com/teams/KM/KM maturity",
            Place("contoso.sharepoint.com", "/teams/KM", "KM maturity", scheme="sharepoint-list"),
        ),
        (
            "sharepoint://contoso-my.sharepoint.com/personal/jo_contoso_com/Documents/a",
            Place("contoso-my.sharepoint.com", "/personal/jo_contoso_com", "Documents", path=["a"]),
        ),
        (f"{SITE}/Documents/", Place("contoso.sharepoint.com", "/sites/KM", "Documents")),
    ],
)
def test_an_address_names_a_place(address: str, expected: Place) -> None:
    """An address names a site, a library or list in it, and a path; spaces may be encoded or not."""
    assert place_of(address) == expected
    if "%" not in address:
        assert str(expected) == address.rstrip("/")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("sharepoint:contoso", "is no address in SharePoint"),
        ("https://contoso.sharepoint.com/sites/KM/Documents", "write it as in sharepoint://"),
        ("sharepoint://contoso/sites/KM/Documents/a", "names no host such as contoso.sharepoint.com"),
        (SITE, "names a site, and no library in it"),
        ("sharepoint-list://contoso.sharepoint.com/sites/KM", "names a site, and no list in it"),
        ("sharepoint-list://contoso.sharepoint.com/sites/KM/a/b", "names a site, and no list in it"),
        (f"{SITE}/Documents//a", "take out the second of two slashes"),
        (f'{SITE}/Documents/a"b|c.html', r"has \" and \|, which SharePoint does not allow: use a hyphen"),
        (f"{SITE}/Documents/a./b", "ends with a full stop"),
        (f"{SITE}/Documents/ a/b", "begins or ends with a space"),
        (f"{SITE}/Documents/Forms/b", "SharePoint's own folder in every library"),
        (f"{SITE}/Documents/CON.txt", "keeps for itself"),
        (f"{SITE}/Documents/a_vti_b", "keeps for itself"),
        (f"{SITE}/Documents/~$a.docx", "keeps for itself"),
        (f"{SITE}/Documents/Desktop.ini", "keeps for itself"),
        (f"{SITE}/Documents/a/.lock", "keeps for itself"),
        (f"{SITE}/Documents/{'a' * 401}", "SharePoint takes 400"),
        (f"{SITE}/Documents/a\x1bb", r"'\\x1b'"),
    ],
)
def test_a_name_that_cannot_be_is_told(address: str, told: str) -> None:
    """What SharePoint would refuse is refused before anything is sent, with what to write instead."""
    with pytest.raises(KmMaturityError, match=told):
        place_of(address)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Every name that cannot be is in one message."""
    with pytest.raises(KmMaturityError) as caught:
        place_of(f"{SITE}/Documents/a?/b*")
    assert '"a?"' in str(caught.value)
    assert '"b*"' in str(caught.value)


@pytest.mark.parametrize("name", ["Forms", "com1", "#1 & 100%", "team's", "a+b=c", "ünï"])
def test_names_that_look_odd_are_let_through(name: str) -> None:
    """What SharePoint takes is taken: `Forms` below the root, number signs, per cent signs, apostrophes."""
    inner = f"folder/{name}" if name == "Forms" else name
    if name == "com1":
        with pytest.raises(KmMaturityError):
            place_of(f"{SITE}/Documents/{inner}")
    else:
        assert place_of(f"{SITE}/Documents/{inner}").name == name


def test_a_segment_is_one_segment() -> None:
    """Whatever could end a segment of an address, or mean something in it, is encoded."""
    assert segment("a/b?c#d%e:f &+'") == "a%2Fb%3Fc%23d%25e%3Af%20%26%2B%27"


class TestSettings:
    @pytest.mark.parametrize(
        ("host", "graph", "authority"),
        [
            ("contoso.sharepoint.com", "https://graph.microsoft.com", "https://login.microsoftonline.com"),
            ("contoso.sharepoint.us", "https://graph.microsoft.us", "https://login.microsoftonline.us"),
            ("contoso.sharepoint-mil.us", "https://dod-graph.microsoft.us", "https://login.microsoftonline.us"),
            (
                "contoso.sharepoint.cn",
                "https://microsoftgraph.chinacloudapi.cn",
                "https://login.partner.microsoftonline.cn",
            ),
        ],
    )
    def test_the_host_tells_the_cloud(self, host: str, graph: str, authority: str) -> None:
        """Graph and the place to sign in are those of the cloud that the site is in."""
        found = settings_from(host, {}, environment={})
        assert (found.graph, found.authority) == (graph, authority)

    def test_options_come_before_the_environment(self) -> None:
        """An option is taken before a variable, and a variable before what the host implies."""
        environment = {
            "KMMATURITY_SHAREPOINT_GRAPH": "https://graph.example", "AZURE_AUTHORITY_HOST": "login.example",
            "KMMATURITY_SHAREPOINT_TENANT": "theirs", "KMMATURITY_SHAREPOINT_PATIENCE": "9",
        }  # fmt: skip
        found = settings_from("contoso.sharepoint.com", {"tenant": "mine"}, environment=environment)
        assert (found.graph, found.authority) == ("https://graph.example", "https://login.example")
        assert (found.tenant, found.patience) == ("mine", 9.0)

    @pytest.mark.parametrize("options", [{"graph": "http://graph.example"}, {"authority": "https://u:p@h"}, {"ca": "/no/such.pem"}, {"patience": "-1"}, {"patience": "soon"}])  # fmt: skip
    def test_what_cannot_be_is_refused(self, options: dict[str, str]) -> None:
        """An address without encryption, a file that is not there and a time that is none are refused by name."""
        with pytest.raises(KmMaturityError, match=f"`{next(iter(options))}`"):
            settings_from("contoso.sharepoint.com", options, environment={})

    def test_an_unknown_way_to_sign_in_is_told(self) -> None:
        """A way to sign in that there is not is told with the near one."""
        with pytest.raises(UnknownName, match="did you mean browser"):
            settings_from("contoso.sharepoint.com", {"sign_in": "browsers"}, environment={})
