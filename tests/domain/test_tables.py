"""Tables as text and as accessible HTML."""

from __future__ import annotations

from kmmaturity.domain.tables import Table, columns

TABLE = Table("Counts", ["Outcome", "Level 0", "Level 1"], [["Learning", 2, 10], ["知識", 0, 1]], ["A note."])


def test_text_is_aligned_to_the_eye() -> None:
    """Numbers stand to the right, and wide characters count for two columns."""
    assert str(TABLE) == (
        "Counts\n\nOutcome   Level 0  Level 1\nLearning        2       10\n知識            0        1\n\nA note."
    )
    assert (columns("知識"), columns("cafe\u0301"), columns("a\u200bb")) == (4, 4, 2)


def test_html_is_a_table_that_can_be_read_aloud() -> None:
    """The HTML has a caption, and every heading says whether it heads a row or a column."""
    html = TABLE._repr_html_()
    assert "<caption>Counts</caption>" in html
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 2


def test_text_never_becomes_markup() -> None:
    """Whatever a cell, caption or note holds is text in the HTML."""
    hostile = '<script>"&'
    html = Table(hostile, [hostile], [[hostile]], [hostile])._repr_html_()
    assert "<script>" not in html
    assert html.count("&lt;script&gt;&quot;&amp;") == 4


def test_is_a_value() -> None:
    """A table made of lists is equal to one made of tuples, and both can be hashed."""
    made = Table("Caption", ["A", "B"], [["x", 1]], ["note"])
    assert made == Table("Caption", ("A", "B"), (("x", 1),), ("note",))
    assert len({made, Table("Caption", ("A", "B"), (("x", 1),), ("note",))}) == 1
