"""One file into a library: put in one piece or in fragments, in the place of another or beside it, once and whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from kmmaturity.errors import KmMaturityError
from kmmaturity_sharepoint.client.answers import Item
from kmmaturity_sharepoint.client.graph import Conflict, Graph
from kmmaturity_sharepoint.client.refusals import Refusal, Unanswered
from kmmaturity_sharepoint.client.uploads import FRAGMENT, sent
from kmmaturity_sharepoint.progress import Told, silent

__all__ = ["SMALL", "Changed", "Policy", "Taken", "Transfer"]

SMALL = 4 * 1024 * 1024  # bytes that are put in one piece
TRIES = 8
SPARE = 99  # names that are tried beside the one that is taken

Policy = Literal["fail", "replace", "rename"]


class Taken(KmMaturityError):
    """There is a file of this name, and it is not to be replaced; or a folder, which cannot be."""

    def __init__(self, told: str, *, is_folder: bool = False) -> None:
        super().__init__(told)
        self.is_folder = is_folder


class Changed(KmMaturityError):
    """The file that was to be replaced is not the one that was meant: somebody changed it, or took it away."""


@frozen(eq=False)
class Transfer:
    """Puts files into one library. `progress` is told the bytes sent and those in all, for each file."""

    graph: Graph
    drive: str
    progress: Told = silent
    fragment: int = FRAGMENT
    small: int = SMALL

    def place(self, path: tuple[str, ...], data: bytes, *, policy: Policy, tag: str | None = None) -> Item:
        """The file that `data` has become at `path`, or beside it where `policy` is to rename.

        With `tag` it replaces only what has that tag. Raises Taken, Changed, and what the client raises.
        """
        if policy != "rename":
            return self._placed(path, data, policy, tag)
        for spare in _names(path):
            try:
                return self._placed(spare, data, "fail", None)
            except Taken:
                continue
        raise Taken(f"{path[-1]}, and {SPARE} names beside it")

    def planned(self, path: tuple[str, ...], *, policy: Policy, tag: str | None = None) -> tuple[str, ...]:
        """The path that `place` would choose now. Raises what it would raise before anything is sent."""
        for spare in _names(path) if policy == "rename" else (path,):
            found = self.graph.item(self.drive, spare)
            if found is None or policy != "rename":
                _condition(found, spare, policy, tag)
                return spare
        raise Taken(f"{path[-1]}, and {SPARE} names beside it")

    def _placed(self, path: tuple[str, ...], data: bytes, policy: Policy, tag: str | None) -> Item:
        self.graph.wire.patience.renew()
        before = self.graph.item(self.drive, path)
        condition = _condition(before, path, policy, tag)
        conflict: Conflict = "fail" if before is None else "replace"
        tries = 0
        while True:
            tries += 1
            try:
                return self._sent(path, data, conflict, condition)
            except (Refusal, Unanswered) as raised:
                if isinstance(raised, Refusal) and _is_settled(raised):
                    raise self._settled(raised, path) from None
                error = raised
            again = tries < TRIES and self.graph.wire.patience.wait(error.retry_after, error.why)
            # It may have been done all the same: then it is there, and to do it again would be a second version.
            now = self.graph.item(self.drive, path)
            if (now and now.tag) != (before and before.tag):
                if now is not None and now.size == len(data) and self.graph.content(self.drive, now.id) == data:
                    return now
                raise _made_meanwhile(path) if before is None else _changed(path, gone=now is None)
            if not again:
                raise error

    def _settled(self, refusal: Refusal, path: tuple[str, ...]) -> KmMaturityError:
        """What a refusal means that another try would meet again."""
        if refusal.status == 412:
            return _changed(path)
        if refusal.status == 409 and self.graph.item(self.drive, path) is not None:
            return _made_meanwhile(path)
        return refusal  # with 409, it is not this name that is taken, but that of a folder

    def _sent(self, path: tuple[str, ...], data: bytes, conflict: Conflict, tag: str | None) -> Item:
        if len(data) <= self.small:
            return self.graph.put(self.drive, path, data, conflict=conflict, tag=tag)
        session = self.graph.upload_session(self.drive, path, conflict=conflict, tag=tag)
        return sent(self.graph.wire, session, data, fragment=self.fragment, progress=self.progress)


def _condition(before: Item | None, path: tuple[str, ...], policy: Policy, tag: str | None) -> str | None:
    """The tag that what is replaced has to have, or None where nothing is there to be replaced."""
    if tag is not None:
        if before is None or before.tag != tag:
            raise _changed(path, gone=before is None)
        return tag
    if before is None:
        return None
    if policy == "fail" or before.is_folder:
        raise Taken(f"{path[-1]} is there already", is_folder=before.is_folder)
    return before.tag


def _is_settled(refusal: Refusal) -> bool:
    """Whether another try would end in the same way."""
    # resourceModified can follow an upload by itself: SharePoint had not finished with the one before.
    return not (refusal.is_temporary or (refusal.status == 409 and refusal.code == "resourceModified")) or (
        refusal.status == 429  # the client has waited for as long as it may
    )


def _made_meanwhile(path: tuple[str, ...]) -> Taken:
    return Taken(f"{path[-1]} is there already: somebody else made it meanwhile")


def _changed(path: tuple[str, ...], *, gone: bool = False) -> Changed:
    return Changed(f"{path[-1]} is gone" if gone else f"{path[-1]} was changed by somebody else")


def _names(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """`path`, and names beside it as SharePoint chooses them: `team 1.html`, `team 2.html`."""
    yield path
    stem, dot, ending = path[-1].partition(".")
    for number in range(1, SPARE + 1):
        yield (*path[:-1], f"{stem} {number}{dot}{ending}")
