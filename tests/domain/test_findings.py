"""Findings and their places, as values."""

from __future__ import annotations

import copy
import pickle

from kmmaturity.domain.findings import Finding, Place, Pointer, Related, Severity

PLACE = Place("team.kmm.yaml", 7, 12, 7, 13)
FINDING = Finding(
    "KMM202", "off-the-scale", Severity.ERROR, "learning.before has the score 4", "Write 0, 1, 2 or 3.",
    Pointer(["scores", "learning.before", "score"]),
)  # fmt: skip


def test_pointer_is_a_json_pointer() -> None:
    """A pointer's text is a JSON Pointer, in which `~` and `/` are escaped and the whole document is empty."""
    assert str(Pointer() / "scores" / "a/b~c" / 0) == "/scores/a~1b~0c/0"
    assert str(Pointer()) == ""


def test_steps_make_new_pointers() -> None:
    """A step leads from a pointer to a new one, and the old one stays."""
    scores = Pointer(["scores"])
    assert scores / "learning.before" == Pointer(["scores", "learning.before"])
    assert scores == Pointer(["scores"])


def test_severities_are_ordered() -> None:
    """An error weighs more than a warning, and a warning more than a note."""
    assert Severity.INFO < Severity.WARNING < Severity.ERROR
    assert str(Severity.WARNING) == "warning"


def test_reads_as_one_line() -> None:
    """A finding reads as its place, severity, code and message; without a place its pointer stands there."""
    assert str(FINDING.at(PLACE)) == "team.kmm.yaml:7:12: error KMM202 learning.before has the score 4"
    assert str(FINDING) == "/scores/learning.before/score: error KMM202 learning.before has the score 4"


def test_nowhere() -> None:
    """A finding about nothing in particular reads as its severity, code and message."""
    assert str(Finding("KMM001", "unreadable", Severity.ERROR, "x is empty")) == "error KMM001 x is empty"


def test_placing_makes_a_new_finding() -> None:
    """`at` gives the same finding with a place, and leaves the first without one."""
    placed = FINDING.at(PLACE)
    assert placed.place == PLACE
    assert FINDING.place is None
    assert placed.at(PLACE) == placed


def test_are_plain_values() -> None:
    """Findings can be hashed, pickled and copied, and stay equal."""
    finding = Finding("X", "x", Severity.INFO, "x", related=[Related("The first one", Pointer(["a"]), PLACE)])
    assert pickle.loads(pickle.dumps(finding)) == finding  # noqa: S301
    assert copy.deepcopy(finding) == finding
    assert len({finding, copy.copy(finding)}) == 1
    assert type(pickle.loads(pickle.dumps(Pointer(["a", 1])))) is Pointer  # noqa: S301
