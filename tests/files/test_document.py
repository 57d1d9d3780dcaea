"""What a file says that it is."""

from __future__ import annotations

import pytest

from kmmaturity.files.document import Document


@pytest.mark.parametrize(
    ("data", "claim"),
    [
        (b"kmmodel: 1\n", "model"),
        (b"\xef\xbb\xbfkmmodel: 1\n", "model"),
        (b"# Ours\n\nkmmaturity: 1\n", "assessment"),
        (b'{"kmmodel": 1}', "model"),
        (b'{\r\n  "kmmodel": 1}', "model"),
        (b'{"id": "ours", "kmmodel": 1}', "model"),
        (b'{"kmmaturity": 1, "notes": "kmmodel: 1"}', "assessment"),
        (b"notes: of kmmodel\n", None),
        (b"\n" * 4096, None),
        (b"", None),
    ],
)
def test_claim(data: bytes, claim: str | None) -> None:
    """A file is what its first key of ours says, wherever that stands, whether or not a byte order mark comes first."""
    assert Document("<stdin>", data).claim == claim
