"""Addresses in SharePoint: what they name, and what a name may be.

`sharepoint://host/sites/Name/Library/folder/file` is a file in a library, `sharepoint-list://host/sites/Name/List` a
list, and `sharepoint-store://host/sites/Name/Library/folder` a store in a library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from attrs import evolve, field, frozen

from kmmaturity.domain.frozen import tupled
from kmmaturity.domain.names import listed, quoted
from kmmaturity.errors import KmMaturityError

__all__ = ["EXAMPLES", "FILE", "LIST", "STORE", "Place", "place_of", "segment"]

FILE, LIST, STORE = "sharepoint", "sharepoint-list", "sharepoint-store"  # the schemes
EXAMPLES = {
    FILE: f"{FILE}://contoso.sharepoint.com/sites/KM/Shared Documents/2026/team.html",
    LIST: f"{LIST}://contoso.sharepoint.com/sites/KM/KM maturity",
    STORE: f"{STORE}://contoso.sharepoint.com/sites/KM/Shared Documents/Revisions",
}
LONGEST = 400  # characters of library, folders and name, decoded
_FORBIDDEN = re.compile(r'["*:<>?/\\|\x00-\x1f]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.[^.]*)?", re.IGNORECASE | re.ASCII)
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?", re.IGNORECASE)
# The paths below which SharePoint keeps sites, the last one those of people; anything else is the root site.
_MANAGED = ("sites", "teams", "personal")


@frozen(weakref_slot=False)
class Place:
    """One place in SharePoint: the site, the library or list in it, and the path of folders and file in a library."""

    host: str
    site: str
    container: str
    path: tuple[str, ...] = field(default=(), converter=tupled)
    scheme: str = FILE

    @property
    def is_list(self) -> bool:
        """Whether it is a list, and not in a library."""
        return self.scheme == LIST

    @property
    def name(self) -> str:
        """The last name of the path: a file's, or a folder's."""
        return self.path[-1]

    def named(self, name: str) -> Place:
        """The place of this name in the same folder."""
        return evolve(self, path=(*self.path[:-1], name))

    @property
    def site_shown(self) -> str:
        """The site, as a browser has it."""
        return f"https://{self.host}{self.site}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.site}/{'/'.join((self.container, *self.path))}"


def segment(name: str) -> str:
    """`name` as one segment of an address: everything in it that would mean something else is encoded."""
    return quote(name, safe="")


def place_of(address: str) -> Place:
    """What `address` names. Raises KmMaturityError, with everything that is wrong with it and what to write.

    `%20` and its like are read as in a browser's address; a name that has a per cent sign before two digits is written
    with `%25`.
    """
    scheme, slashes, rest = address.partition("://")
    scheme = scheme.casefold()
    if scheme not in EXAMPLES or not slashes:
        raise KmMaturityError(f"{address} is no address in SharePoint: write it as in {EXAMPLES[FILE]}")
    host, *parts = rest.rstrip("/").split("/")
    parts = [unquote(part) for part in parts]
    if not _HOST.fullmatch(host):
        raise KmMaturityError(
            f"{address} names no host such as contoso.sharepoint.com: write it as in {EXAMPLES[scheme]}"
        )
    managed = len(parts) > 1 and parts[0].casefold() in _MANAGED
    site = f"/{parts[0]}/{parts[1]}" if managed else ""
    inner = parts[2:] if managed else parts
    if scheme == LIST and inner[:1] == ["Lists"]:  # as a browser has it
        inner = inner[1:2]
    if not inner or not inner[0] or (scheme == LIST and len(inner) > 1):
        raise KmMaturityError(
            f"{address} names a site, and no {'list' if scheme == LIST else 'library'} in it: write it as in "
            f"{EXAMPLES[scheme]}"
        )
    place = Place(host, site, inner[0], inner[1:], scheme)
    if wrong := tuple(_wrong(place)):
        raise KmMaturityError(f"{address} cannot be used: {'; '.join(wrong)}")
    return place


def _wrong(place: Place) -> Iterator[str]:
    for position, name in enumerate(place.path):
        if not name:
            yield "it has a name with nothing in it: take out the second of two slashes"
            continue
        if found := sorted({each if each.isprintable() else repr(each) for each in _FORBIDDEN.findall(name)}):
            yield f"{quoted(name)} has {listed(found, last='and')}, which SharePoint does not allow: use a hyphen"
        if name != name.strip(" ") or name.endswith("."):
            yield f"{quoted(name)} begins or ends with a space or ends with a full stop: take it out"
        if "_vti_" in name.casefold() or name.startswith("~$") or _DEVICE.fullmatch(name):
            yield f"{quoted(name)} is a name that SharePoint or Windows keeps for itself: choose another"
        if name.casefold() in ("desktop.ini", ".lock"):
            yield f"{quoted(name)} is a name that SharePoint keeps for itself: choose another"
        if position == 0 and name.casefold() == "forms":
            yield f"{quoted(name)} is SharePoint's own folder in every library: choose another"
    if (length := len("/".join((place.site, place.container, *place.path)))) > LONGEST:
        yield f"it is {length} characters long, and SharePoint takes {LONGEST}: shorten the names of folders"
