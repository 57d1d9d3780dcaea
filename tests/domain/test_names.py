"""Near names, and names in a sentence."""

from __future__ import annotations

import shlex

import pytest

from kmmaturity.domain.names import closest, ended, listed, no_such, numeral, quoted, typed
from kmmaturity.errors import UnknownName

NAMES = ["learning.before", "learning.after", "learning.during", "assets.reuse", "communities.social"]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("learning.befor", "learning.before"),
        ("learning.afters", "learning.after"),
        ("Learning.Before", "learning.before"),
        ("learning_before", "learning.before"),
        ("comunities.social", "communities.social"),
        ("assets.re-use", "assets.reuse"),
        ("strategy.board", None),
        ("", None),
    ],
)
def test_closest(word: str, near: str | None) -> None:
    """A near name is offered for a slip of the keyboard, and none for a word that is far from all."""
    assert closest(word, NAMES) == near


def test_no_clear_winner() -> None:
    """Nothing is offered when two names are as near as one another, in either order."""
    assert closest("level-c", ["level-a", "level-b"]) is None
    assert closest("level-c", ["level-b", "level-a"]) is None


def test_capitals_make_no_other_name() -> None:
    """Two names that differ in capitals alone are one name, told as it is first written."""
    assert closest("facilitatr", ["Facilitator", "facilitator"]) == "Facilitator"


def test_underscores_and_spaces_are_hyphens() -> None:
    """A name written with underscores, spaces or capitals is as good as the name itself."""
    assert closest("Under_Way", ["under-way", "under-say"]) == "under-way"
    assert closest("under way", ["under-way", "underlay"]) == "under-way"


def test_order_of_names_does_not_matter() -> None:
    """The same name wins wherever it stands in the list."""
    assert {closest("learning.befor", names) for names in (NAMES, NAMES[::-1], sorted(NAMES))} == {"learning.before"}


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", "b", "c"], "a, b or c"),
        (list("abcdefgh"), "a, b, c, d, e, f, g or h"),
        (list("abcdefghij"), "a, b, c, d, e, f, g, h and 2 more"),
    ],
)
def test_listed(names: list[str], told: str) -> None:
    """Names are listed as a sentence lists them, and a long list ends in its count."""
    assert listed(names) == told


def test_listed_with_and() -> None:
    """The last word before the last name can be chosen."""
    assert listed(["a", "b"], last="and") == "a and b"


def test_no_such_offers_a_near_name_or_the_choices() -> None:
    """The error for an unknown name says where it was looked for, and offers the near one or else the choices."""
    near = no_such("format", "jsn", ["csv", "json"], where="export")
    assert str(near) == "export has no format 'jsn': did you mean json?"
    assert str(no_such("format", "pdf", ["csv", "json"], where="export")).endswith("it has csv or json")
    assert isinstance(near, UnknownName)
    assert isinstance(near, LookupError)


@pytest.mark.parametrize("word", ["abcdefgxy", "abcdxy", "abcxyz", "after", "leaning"])
def test_runner_up_counts_in_any_order(word: str) -> None:
    """Whether there is a clear winner does not depend on the order in which the names are compared."""
    names = ["abcdefghi", "abcdefg", "abcxy", "abcd", "learning", "leading", "before", "after"]
    assert len({closest(word, order) for order in (names, names[::-1], sorted(names), sorted(names, key=len))}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask", '"Ask"'),
        (" Ask\n  first ", '"Ask first"'),
        ("Ask what is known already", '"Ask what is..."'),
        ("x" * 30, f'"{"x" * 12}..."'),
    ],
)
def test_quoted(text: str, expected: str) -> None:
    """A text is named on one line, in quotation marks, cut after a word when it is long."""
    assert quoted(text, most=15) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("folder/team.kmm.yaml", "folder/team.kmm.yaml"),
        (r"C:\team.kmm.yaml", r"C:\team.kmm.yaml"),
        ("my team.kmm.yaml", '"my team.kmm.yaml"'),
        ("Ann's (2).kmm.yaml", '"Ann\'s (2).kmm.yaml"'),
        ('$HOME "x".yaml', "'$HOME \"x\".yaml'"),
        ("it's $5.yaml", r"'it'\''s $5.yaml'"),
    ],
)
def test_typed(path: str, expected: str) -> None:
    """A path is named as it can be typed: in quotes where a shell would take it apart or change it."""
    assert typed(path) == expected
    if "\\" not in path:
        assert shlex.split(typed(path)) == [path]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("write `def f():`", "write `def f():`."),
        ("did you mean csv?", "did you mean csv?"),
        ("It is.", "It is."),
        ("", "."),
    ],
)
def test_ended(sentence: str, expected: str) -> None:
    """A sentence gets a full stop, unless it has a sign that ends it."""
    assert ended(sentence) == expected


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0"),
        (-7, "-7"),
        (10**99, f"1{'0' * 99}"),
        (10**100, "a number of about 100 digits"),
        (-(10**5000), "a number of about 5,000 digits"),
    ],
    ids=["none", "below", "long", "longer", "too long to be written"],
)
def test_numeral(number: int, told: str) -> None:
    """A number is told in digits, or by how many it has where nobody would count them."""
    assert numeral(number) == told
