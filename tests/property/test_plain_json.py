"""The law: what is read of JSON at once is what the standard library's parser gives, which finds nothing odd in it."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.property.test_gate import mutated

from kmmaturity.domain.assessment import Assessment
from kmmaturity.files import json_text
from kmmaturity.files.gate import plain_json
from kmmaturity.files.source import Source
from kmmaturity.files.writing import dump
from kmmaturity.testing.strategies import assessments

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


def same(text: str) -> bool:
    """Asserts the law for one text; whether it was read at once."""
    data = plain_json(text.encode(errors="surrogatepass"))
    if data is None:
        return False
    slow, findings = json_text._looked_into(Source("x.json", text, "json"))  # noqa: SLF001  # the other of the two ways
    assert (told(data), findings) == (told(slow), ())
    return True


def told(data: Any) -> str:
    """The data with its types: 1 is not 1.0, and 0.0 is not -0.0."""
    return repr(data)


@given(data=JSON, ascii=st.booleans())
def test_any_json(data: Any, ascii: bool) -> None:
    """Whatever JSON there is."""
    same(json.dumps(data, ensure_ascii=ascii))


@given(text=st.from_regex(r"-?(0|[1-9][0-9]{0,400})(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,4})?", fullmatch=True))
@example(text="-0")
@example(text="1e999")
@example(text="9" * 5000)
@example(text="18446744073709551616")
def test_numbers(text: str) -> None:
    """Numbers of any size, written in any way."""
    same(f"[{text}]")


@settings(max_examples=20, deadline=None)
@given(value=assessments(), seed=st.integers(0, 2**32))
def test_spoilt_assessments(value: Assessment, seed: int) -> None:
    """Assessments after changes of all kinds; some of them are read at once."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    data = dump(value, "json")
    assert same(data.decode())
    for _ in range(50):
        same(mutated(data, rng).decode(errors="replace"))
