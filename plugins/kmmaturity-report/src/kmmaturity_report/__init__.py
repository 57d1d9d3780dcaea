"""The report that people look at, and the form they fill in, each one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from kmmaturity.hooks import Exporter, Form, Option, hookimpl

if TYPE_CHECKING:  # every check loads this module, and none makes a report
    from kmmaturity.domain.assessment import Assessment
    from kmmaturity.domain.report import Report

__all__ = ["kmmaturity_exporters", "kmmaturity_forms"]

__version__ = "0.1.0"


def _html(report: Report, **options: Any) -> bytes:
    from kmmaturity_report.report import render  # Jinja2 is imported when a page is made, and not before

    return render(report, **options)


def _svg(report: Report, **options: Any) -> bytes:
    from kmmaturity_report.pictures.files import render

    return render(report, **options)


def _form(started: Assessment, previous: Assessment | None, **look: str | None) -> bytes:
    from kmmaturity_report.form import render  # Jinja2 is imported when a page is made, and not before

    return render(started, previous, **look)


LOOK = (
    Option("name", "Who publishes the page, for its head"),
    Option("colour", "The colour of its head, such as #12436d; it has to be seen on white"),
    Option("logo", "A picture for its head: the path of a PNG, JPEG, GIF, WebP or SVG of at most 64 KB"),
)


@hookimpl
def kmmaturity_exporters() -> Iterable[Exporter]:
    """Ways to write a report for people."""
    today = Option("today", "The day from which dates are seen, the day of the assessment unless given", type=date)
    return (
        Exporter(
            name="html",
            suffixes=(".html", ".htm"),
            summary="The report that people look at: one self-contained, accessible page",
            render=_html,
            options=(*LOOK, today),
        ),
        Exporter(
            name="svg",
            suffixes=(".svg",),
            summary="One picture of the report, for a slide or a page",
            render=_svg,
            options=(
                Option(
                    "picture",
                    "Scores on their scales, counts of each level, or steps that rest on others",
                    default="scores",
                    choices=("scores", "counts", "steps"),
                ),
            ),
        ),
    )


@hookimpl
def kmmaturity_forms() -> Iterable[Form]:
    """The page that a team fills in."""
    return (
        Form(
            name="html",
            suffixes=(".html", ".htm"),
            summary="A page to fill in, in any browser and without a network; it saves a file in .kmm.json",
            render=_form,
            options=LOOK,
        ),
    )
