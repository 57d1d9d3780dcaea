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


class Link:
    """A cell that is more than text in HTML."""

    def __str__(self) -> str:
        return "a page"

    def __html__(self) -> str:
        return '<a href="https://x.example">a page</a>'


def test_a_cell_can_be_more_than_text_in_html() -> None:
    """A cell that says what it is in HTML is that there, and its text elsewhere; a text that looks like HTML is not."""
    table = Table("Links", ["What", "Where"], [["One", Link()], ["Two", "<b>bold</b>"]])
    assert '<a href="https://x.example">a page</a></td>' in table._repr_html_()
    assert "&lt;b&gt;bold&lt;/b&gt;</td>" in table._repr_html_()
    assert "One   a page" in str(table)


def test_cells_name_their_columns_and_numbers_stand_right() -> None:
    """Each cell names its column for narrow pages, numbers stand to the right, and so does the head of their column."""
    html = TABLE._repr_html_()
    assert '<th scope="col" class="num">Level 0</th>' in html
    assert '<th scope="col">Outcome</th>' in html
    assert '<td class="num" data-label="Level 1">10</td>' in html


def test_text_that_turns_around_is_fenced() -> None:
    """Text that runs from right to left, or says that it does, turns nothing around it; other text is left alone."""
    html = Table("Scripts", ["Text"], [["שלום"], ["مرحبا"], ["\u202eevil"], ["知識"], ["plain"]])._repr_html_()
    assert html.count("<bdi>") == 3
