"""One rule: an assessment says who took part."""

from __future__ import annotations

from collections.abc import Iterator

from kmmaturity.hooks import Context, Finding, Pointer, Rule, Severity

__all__ = ["NOTES_WANTED"]

HEAD = """\
kmmaturity: 1
model: starter@1.0
unit:
  - Example team
assessed: 2026-11-24
"""


def _judge(context: Context) -> Iterator[Finding]:
    if not (context.assessment.notes or "").strip():
        yield NOTES_WANTED.found("nothing says who took part", Pointer(("assessed",)))


NOTES_WANTED = Rule(
    code="EXAMPLE001",
    name="notes-wanted",
    family="example",
    severity=Severity.INFO,
    summary="The file does not say who took part.",
    why="The conversation is worth more than the numbers, and next year nobody remembers whose it was.",
    remedy="Add `notes:` and say how many took part, and how they came to the scores.",
    bad=HEAD.encode(),
    good=f"{HEAD}notes: Nine of fourteen of us, scored alone first and then agreed together\n".encode(),
    judge=_judge,
)
