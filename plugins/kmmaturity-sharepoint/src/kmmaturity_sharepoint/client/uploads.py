"""Uploads that go on where they stopped: fragments to an address that carries its own permission."""

from __future__ import annotations

from kmmaturity_sharepoint.client.answers import Item, Session
from kmmaturity_sharepoint.client.refusals import Refusal, Unanswered
from kmmaturity_sharepoint.client.wire import Answer, Wire
from kmmaturity_sharepoint.progress import Told

__all__ = ["FRAGMENT", "STEP", "called_off", "sent"]

STEP = 327_680  # bytes; Graph takes fragments of multiples of it
FRAGMENT = 32 * STEP  # 10 MiB, which Microsoft recommends
STUCK = 8  # tries of one fragment


def sent(wire: Wire, session: Session, data: bytes, *, fragment: int = FRAGMENT, progress: Told) -> Item:
    """The file that `data` has become, sent in fragments; none that arrived is sent again.

    Raises Unanswered where the upload is not there any more: the file may then be there, or not. Raises Refusal where
    it cannot take its place. Whatever ends it otherwise, the upload is called off, so that nothing is left half done.
    """
    try:
        return _sent(wire, session, data, fragment, progress)
    except BaseException:  # an interruption, too
        called_off(wire, session)
        raise


def _sent(wire: Wire, session: Session, data: bytes, fragment: int, progress: Told) -> Item:
    start, tries, whole = 0, 0, memoryview(data)
    while True:
        progress(start, len(data))
        end = min(start + fragment, len(data))
        headers = {
            "Content-Range": f"bytes {start}-{end - 1}/{len(data)}",
            "Content-Type": "application/octet-stream",
        }
        try:
            answer = wire.bare(
                "upload.fragment", "PUT", session.upload_url, headers=headers, content=bytes(whole[start:end])
            )
            body = answer.json()
        except (Refusal, Unanswered) as error:
            tries += 1
            following = _resumed(wire, session, error, tries)
        else:
            wire.patience.renew()
            if "id" in body:
                progress(len(data), len(data))
                return Item.of(body)
            following = _expected(answer)
        if following != start:
            tries = 0
        start = following


def _resumed(wire: Wire, session: Session, error: Refusal | Unanswered, tries: int) -> int:
    """Where to go on after a fragment that was not acknowledged; it may have arrived all the same."""
    if isinstance(error, Refusal):
        if error.status == 404:
            raise Unanswered("upload.fragment", "the upload is not there any more")
        if error.status != 416 and not error.is_temporary:
            raise error
    held = isinstance(error, Refusal) and error.status == 416  # it has the fragment: no reason to wait
    if tries >= STUCK or not (held or wire.patience.wait(error.retry_after, error.why)):
        raise error
    try:
        return _expected(wire.bare("upload.status", "GET", session.upload_url, repeatable=True))
    except Refusal as refusal:
        if refusal.status != 404:
            raise
    raise Unanswered("upload.status", "the upload is not there any more")


def _expected(answer: Answer) -> int:
    """The first byte that is still wanted, of `"26-"` or `"26-100"`."""
    ranges = answer.json().get("nextExpectedRanges") or []
    try:
        return min(int(each.partition("-")[0]) for each in ranges)
    except ValueError:
        raise Unanswered("upload.status", "the upload does not say what it waits for") from None


def called_off(wire: Wire, session: Session) -> None:
    """Ends an upload, of which nothing is to stay."""
    try:
        wire.bare("upload.cancel", "DELETE", session.upload_url)
    except (Refusal, Unanswered):
        return  # it is gone already, or ends by itself in some days; nobody sees it until then
