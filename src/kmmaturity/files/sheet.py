"""A CSV as a spreadsheet saves it: its rows, whatever parts the cells, and the names of cells in messages."""

from __future__ import annotations

import csv
import io

from kmmaturity.errors import CannotRead
from kmmaturity.files.document import Document

__all__ = ["cell_name", "rows_of"]

DELIMITERS = ",;\t|"
BEGINNING = 4096


def rows_of(document: Document, *, headed: bool = False) -> list[list[str]]:
    """The rows of the sheet in `document`, each a list of cells. Raises CannotRead where it is no text in UTF-8.

    What parts the cells is told by the beginning; by the first line alone where that is `headed`, since other lines may
    hold sentences.
    """
    if trouble := document.wrong_bytes():
        raise CannotRead(f"{trouble.message}. In Excel, choose Save As, CSV UTF-8", [trouble])
    text = document.source.text
    head = text[: text.find("\n")] if headed else text[:BEGINNING]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count)))
    except csv.Error as error:
        raise CannotRead(f"{document.path} cannot be read as CSV: {error}") from error


def cell_name(column: int, row: int) -> str:
    """The cell in `column`, from 0, and `row`, from 1, as spreadsheets name it: `B5`."""
    letters = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        letters = chr(65 + left) + letters
    return f"{letters}{row}"
