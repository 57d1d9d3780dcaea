"""Options: declared once, and every value that is given is checked against the declaration."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kmmaturity.errors import KmMaturityError
from kmmaturity.hooks.options import Option, read, settled

OPTIONS = (
    Option("bom", "A mark at the start", type=bool, default=True),
    Option("rows", "How many", type=int),
    Option("since", "From when", type=date),
    Option("title", "What it is called"),
    Option("delimiter", "What parts cells", default="comma", choices=("comma", "tab")),
)
OWNER = "the exporter x"


def test_defaults() -> None:
    """Every option is there, those that nobody gave at their defaults; None counts as not given."""
    expected = {"bom": True, "rows": None, "since": None, "title": None, "delimiter": "comma"}
    assert settled(OPTIONS, None, owner=OWNER) == expected
    assert settled(OPTIONS, {"rows": None}, owner=OWNER) == expected
    assert settled(OPTIONS, {"bom": False, "rows": 3}, owner=OWNER) == expected | {"bom": False, "rows": 3}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"rows": "3"}, "rows is '3', and takes a whole number"),
        ({"rows": True}, "rows is True, and takes a whole number"),
        ({"bom": 1}, "bom is 1, and takes true or false"),
        ({"since": datetime(2026, 1, 1)}, "and takes a date such as 2026-11-24"),  # noqa: DTZ001  # refused, naive or not
        ({"delimiter": "pipe"}, "delimiter is 'pipe', and takes comma or tab"),
        ({"titel": "x"}, "the exporter x has no option 'titel': did you mean title?"),
        ({"zzz": "x"}, "it has bom, rows, since, title and delimiter"),
    ],
)
def test_refused(given: dict[str, object], told: str) -> None:
    """What an option does not take is refused with what it takes; nothing is converted by guessing."""
    with pytest.raises(KmMaturityError) as caught:
        settled(OPTIONS, given, owner=OWNER)
    assert told in str(caught.value)


def test_all_at_once() -> None:
    """Every mistake is told in one go."""
    with pytest.raises(KmMaturityError) as caught:
        settled(OPTIONS, {"rows": "3", "bom": 1, "nothing": 2}, owner=OWNER)
    assert str(caught.value).count(";") == 2


def test_read() -> None:
    """KEY=VALUE is read by the type of the option; a text may hold anything, and the last of a key counts."""
    pairs = ["bom=no", "rows=-3", "since=2026-01-31", "title=a=b, c", "delimiter=comma", "delimiter=tab"]
    assert read(OPTIONS, pairs, owner=OWNER) == {
        "bom": False,
        "rows": -3,
        "since": date(2026, 1, 31),
        "title": "a=b, c",
        "delimiter": "tab",
    }


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        ("bom", "'bom' is not KEY=VALUE: write it as in -o bom=value"),
        ("bom=perhaps", "bom is 'perhaps', and takes true or false"),
        ("rows=3.0", "rows is '3.0', and takes a whole number"),
        ("rows=\u0663", "takes a whole number"),
        ("since=31/01/2026", "takes a date such as 2026-11-24"),
        ("since=2026-02-30", "takes a date such as 2026-11-24"),
        ("delimiter=,", "takes comma or tab"),
        ("delimeter=tab", "did you mean delimiter?"),
    ],
)
def test_read_refused(pair: str, told: str) -> None:
    """What cannot be read is refused with what to write."""
    with pytest.raises(KmMaturityError) as caught:
        read(OPTIONS, [pair], owner=OWNER)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("declare", "told"),
    [
        (lambda: Option("two words", "x"), "a name that a Python argument can have"),
        (lambda: Option("class", "x"), "a name that a Python argument can have"),
        (lambda: Option("x", "x", type=float), "options are of str, int, bool or date"),
        (lambda: Option("x", "x", type=int, default="1"), "declared with what it would refuse: x is '1'"),
        (lambda: Option("x", "x", default="c", choices=("a", "b")), "declared with what it would refuse"),
        (lambda: Option("x", "x", type=int, choices=(1, "2")), "declared with what it would refuse"),
    ],
)
def test_declarations(declare: object, told: str) -> None:
    """A declaration that cannot hold is its author's mistake, and is told when it is made."""
    with pytest.raises(KmMaturityError) as caught:
        declare()  # type: ignore[operator]  # each is a function
    assert told in str(caught.value)
