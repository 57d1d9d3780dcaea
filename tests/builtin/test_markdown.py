"""The markdown exporter: a page whose tables say what the report says, and whose text from files stays text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import kmmaturity as km
from kmmaturity.builtin.exporters.markdown import escaped
from kmmaturity.domain.assessment import Assessment
from kmmaturity.testing.strategies import assessments, texts

READER = MarkdownIt("commonmark", {"html": True, "linkify": True}).enable(["table", "linkify", "strikethrough"])
# GitHub and GitLab make links of `https://x`, `www.x` and mail addresses; of `learning.before` they do not.
STRICT = MarkdownIt("commonmark", {"html": True, "linkify": True}).enable(["table", "linkify", "strikethrough"])
assert STRICT.linkify is not None
STRICT.linkify.set({"fuzzy_link": False})


def test_the_example() -> None:
    """The page of the example, read by a Markdown reader, has its titles, a table for each outcome, and no link."""
    page = km.render(km.report(km.example(), previous=km.example(year=1)), "markdown").decode()
    html = READER.render(page)
    assert html.count("<table>") == 2 + len(km.example().model.outcomes) + 1
    assert html.count("<h2>") == len(km.example().model.outcomes) + 2
    assert "A self-assessment to learn from and plan with" in html
    assert "illustrative" in html
    assert "<a " not in html


HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=y>", "[a](javascript:x)", "![a](http://x)", "https://x.example",
    "www.x.example", "@octocat", "a|b", "`code`", "# title", "- item", "1. item", "1) item", "> quote", "***", "~~x~~",
    "&amp;", "<!-- x -->", "\\", "$x$", "a\n\n# b", "    indented", "---", "===", "| a |\n| --- |", "\x1b[31m", "\u202e",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile(text: str) -> None:
    """What Markdown or HTML would act on is shown as it was typed, alone and in a cell."""
    shown = " ".join(text.split())
    for page in (escaped(text), f"| h |\n| --- |\n| {escaped(text)} |"):
        html = READER.render(page)
        assert not re.search(r"<(?!/?(p|table|thead|tbody|tr|th|td)\b)", html), html
        if shown.isprintable():
            assert shown in unmarked(html)


@settings(max_examples=300)
@given(st.one_of(texts(), st.text("\\`*_{}[]<>()#+-.!|~&@: \n1aw", max_size=12)))
def test_text_stays_text(text: str) -> None:
    """Any text comes back from a Markdown reader as it went in, on one line, and makes nothing but a paragraph."""
    tokens = STRICT.parse(escaped(text))
    assert [each.type for each in tokens] in (["paragraph_open", "inline", "paragraph_close"], [])
    assert all(child.type in ("text", "text_special") for each in tokens for child in each.children or ())


@settings(max_examples=30)
@given(assessments())
def test_no_assessment_breaks_out(assessment: Assessment) -> None:
    """Whatever the text in an assessment, its page has the same headings and tables, and no HTML of its own."""
    report = km.report(assessment, redact=())
    tokens = STRICT.parse(km.render(report, "markdown").decode())
    plan = bool(report.plan.actions) + bool(report.plan.reviews)
    assert sum(each.type == "heading_open" for each in tokens) == 1 + len(report.outcomes) + plan
    assert sum(each.type == "table_open" for each in tokens) == 1 + len(report.outcomes) + plan
    assert not any("html" in child.type or "link" in child.type for each in tokens for child in each.children or ())


def unmarked(html: str) -> str:
    """The text of a page without its tags."""
    from html import unescape

    return unescape(re.sub(r"<[^>]*>", "", html))
