"""What a finding is known by from one run to the next, so that it is not new because a line was put above it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator

from kmmaturity.domain.findings import Finding, Pointer

__all__ = ["fingerprints", "relative", "without_positions"]


def relative(path: str) -> str:
    """`path` as pipelines name files: from the current folder, with `/`. What is no file, as `<stdin>`, stays."""
    if path.startswith("<"):
        return path
    try:
        shown = os.path.relpath(path)
    except ValueError:  # on another drive of Windows
        shown = path
    return shown.replace(os.sep, "/")


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """A fingerprint for each finding, in 64 hexadecimal digits, no two the same in one run.

    It is made of the code, the file and the pointer with `*` for positions in lists: lines that move, and items put
    before others, leave it as it is. Of several that would have the same, it counts which of them the finding is.
    """
    from hashlib import sha256  # 2 ms at import, and few formats have a use for it

    seen: Counter[tuple[str, str, str]] = Counter()
    for each in findings:
        place = relative(each.place.path) if each.place else ""
        known_by = (each.code, place, without_positions(each.pointer))
        text = "\0".join((*known_by, str(seen[known_by])))
        seen[known_by] += 1
        yield sha256(text.encode(errors="backslashreplace")).hexdigest()


def without_positions(pointer: Pointer) -> str:
    """A pointer with `*` for positions in lists."""
    return str(Pointer("*" if isinstance(step, int) else step for step in pointer))
