"""Pages as trees, read so strictly that an element which is not closed, or closes another, is found out."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

__all__ = ["cells", "parsed", "texts"]

VOID = {"meta", "img", "br"}


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice: {names}"
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.builder.data(data)


def parsed(page: bytes | str) -> Element:
    """The tree of a page, or of a piece of one that has a single element at its top."""
    parser = _Parser()
    parser.feed(page.decode() if isinstance(page, bytes) else page)
    parser.close()
    assert parser.open == []
    return parser.builder.close()


def texts(element: Element, kind: str) -> list[str]:
    """The texts of an SVG's parts that have this class."""
    return ["".join(each.itertext()) for each in element.iter("text") if each.get("class") == kind]


def cells(row: Element) -> dict[str, Element]:
    """The cells of a table's row by the name of their column."""
    return {each.attrib["data-label"]: each for each in row.iter("td")}
