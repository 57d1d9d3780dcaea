"""How a run of checks is told: on standard output, in report files, and in a pipeline's own summary."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click
from attrs import evolve

from kmmaturity.checking import FORMATS, Findings
from kmmaturity.checking.formats.full import blocks, summary
from kmmaturity.checking.result import joined
from kmmaturity.cli.console import data, note, out
from kmmaturity.domain.names import closest, listed
from kmmaturity.files.folder import named_like_ours

__all__ = ["progress", "tell", "told", "write_reports"]

Command = TypeVar("Command", bound=Callable[..., Any])

AUTO = "auto"
# What each pipeline says of itself to the programs that it runs.
PIPELINES = {"GITHUB_ACTIONS": "github", "TF_BUILD": "azure"}
FOR_PROGRAMS = ("json", "gitlab", "junit", "sarif")
LARGEST_SUMMARY = 1_000_000  # bytes; GitHub refuses a step's summary of more than 1 MiB


class Report(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on
    """A report on the command line: a format and the file that it goes to, as in sarif=kmmaturity.sarif."""

    name = "report"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The format and the file that `value` names."""
        if isinstance(value, tuple):
            return value
        format, _, file = value.partition("=")
        if format not in FORMATS:
            near = closest(format, FORMATS)
            hint = f"Did you mean {near}?" if near else f"There are {listed(FORMATS, most=len(FORMATS), last='and')}."
            self.fail(f"there is no format {format!r}. {hint}", param, ctx)
        if not file:
            self.fail(f"{value!r} names no file: write it as {format}=FILE.", param, ctx)
        if named_like_ours(file):
            self.fail(f"{file} is named as an assessment or a model is: choose a name that none has.", param, ctx)
        return format, file


def told(command: Command) -> Command:
    """Give `command` the options that say how findings are told."""
    options = [
        click.option(
            "--format",
            type=click.Choice([AUTO, *FORMATS]),
            default=AUTO,
            show_default=True,
            help="How to tell findings; auto is github or azure in those pipelines, and else full.",
        ),
        click.option(
            "--report",
            "reports",
            type=Report(),
            multiple=True,
            metavar="FORMAT=FILE",
            help="Write a report, too, in place of the last one; as often as wanted.",
        ),
        click.option("--baseline", metavar="FILE", help="Leave out what this file of --write-baseline has."),
        click.option(
            "--write-baseline",
            "renewed",
            metavar="FILE",
            help="Write down all that is found, for --baseline.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def tell(every: Iterable[Findings], format: str, reports: Iterable[tuple[str, str]]) -> Findings:
    """Write what is found to standard output, file by file where the format lets it; in a GitHub step, a summary, too.

    Gives all of it; with the texts of files only where a report shows lines of them.
    """
    chosen = _here() if format == AUTO else format
    with_lines = any(name == "full" for name, _ in reports)
    kept: list[Findings] = []
    for each in every:
        if chosen == "full" and each:
            out(f"{blocks(each)}\n\n")
        elif chosen == "concise":
            out(each.render(chosen))
        kept.append(each if with_lines else evolve(each, sources={}))
    found = joined(kept, fail_on=kept[0].fail_on, rules=kept[0].rules)
    if chosen == "full":
        out(f"{summary(found)}\n")
    elif chosen == "concise":
        note(summary(found))
    elif chosen in FOR_PROGRAMS:
        data(found.render(chosen).encode())
    else:
        out(found.render(chosen))
    if chosen == "github" and (file := os.environ.get("GITHUB_STEP_SUMMARY")):
        _summarise(found, file)
    return found


def progress() -> Callable[[], None]:
    """What tells, on a terminal, how many files have been read, once that takes over a second."""
    if not sys.stderr.isatty():
        return lambda: None
    count, told = 0, monotonic() + 1

    def notice() -> None:
        nonlocal count, told
        count += 1
        if (now := monotonic()) >= told:
            told = now + 0.1
            sys.stderr.write(f"\rRead {count} files ...\r")
            sys.stderr.flush()

    return notice


def write_reports(found: Findings, reports: Iterable[tuple[str, str]]) -> None:
    """Write each report, whole or not at all, in place of what its file held before. Raises CannotWrite."""
    from kmmaturity.files.saving import save  # most runs write no report

    inputs = {os.path.realpath(path) for path in found.checked if not path.startswith("<")}
    for format, file in reports:
        if os.path.realpath(file) in inputs:
            raise click.UsageError(f"--report: {file} is what is checked; name another file.")
        save(file, found.render(format).encode(), overwrite=True)


def _here() -> str:
    """The format for where the program runs."""
    return next((format for name, format in PIPELINES.items() if os.environ.get(name, "").lower() == "true"), "full")


def _summarise(found: Findings, file: str) -> None:
    text = found.render("markdown").encode()
    if len(text) > LARGEST_SUMMARY:
        text = text[:LARGEST_SUMMARY].rpartition(b"\n")[0] + b"\n\nAnd more: see the log.\n"
    try:
        with Path(file).open("ab") as opened:
            opened.write(text)
    except OSError as error:
        note(f"Note: the step's summary, {file}, cannot be written: {error.strerror}.")
