"""Tables as text and as accessible HTML."""

from __future__ import annotations

from kmmaturity.domain.tables import Table, width

TABLE = Table("Counts", ["Outcome", "Level 0", "Level 1"], [["Learning", 2, 10], ["知識", 0, 1]], ["A note."])


def test_text_is_aligned_to_the_eye() -> None:
    """Numbers stand to the right, and wide characters count for two columns."""
    assert str(TABLE) == (
        "Counts\n\n"
        "Outcome   Level 0  Level 1\n"
        "Learning        2       10\n"
        "知識            0        1\n"
        "\nA note."
    )
    assert (width("知識"), width("cafe\u0301"), width("a\u200bb")) == (4, 4, 2)


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
