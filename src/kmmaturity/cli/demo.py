"""`kmmaturity demo`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from kmmaturity import api
from kmmaturity.builtin import models
from kmmaturity.builtin.exporters import EXPORTERS
from kmmaturity.cli.console import out
from kmmaturity.cli.drawing import drawing
from kmmaturity.cli.show import draw
from kmmaturity.domain.names import listed, typed
from kmmaturity.errors import CannotWrite
from kmmaturity.files.writing import save
from kmmaturity.registry import default

__all__ = ["command"]

PAGE = "html"  # brought by kmmaturity-report, where it is installed
SHOWN = [each for each in EXPORTERS if each.name in ("csv", "json")]  # those that need no extra


@click.command("demo", epilog="Example: kmmaturity demo --folder try-it")
@click.option("--folder", metavar="DIR", default="kmmaturity-demo", show_default=True, help="Where to put the files.")
@drawing
def command(folder: str, columns: int | None, ascii_only: bool) -> None:
    """Run the main job on a fictional team: two years of scores, checked, drawn and exported.

    Nothing that is there already is replaced.
    """
    place = Path(folder)
    examples = [models.example(year) for year in (1, 2)]
    files = {place / each.path: each.data for each in examples}
    first, second = files
    before, team = (api.load(each) for each in examples)
    report = api.report(team, previous=before)
    exports = {place / f"profile{each.suffixes[0]}": each for each in SHOWN}
    for path, exporter in exports.items():
        files[path] = exporter.render(report)
        for added, content in (exporter.companions(report, path.name) if exporter.companions else {}).items():
            files[path.with_name(path.name + added)] = content
    machine = list(files)[2:]
    page = place / "report.html"
    if PAGE in default().exporters:
        files[page] = api.render(report, PAGE)
    _make(place)
    _refuse_others(files)

    _step(1, f"The {team.unit[-1]} is made up. It has scored itself twice, a year apart, in files that people edit.")
    _put(files, [first, second])
    _step(2, "Both files are checked: what is wrong would be told with its line and its remedy.")
    _typed("check", first, second)
    out((api.check(first) + api.check(second)).render())
    _step(3, "The profile: counts at each level, never a mean, and each sub-outcome from last year to its target.")
    _typed("show", second)
    draw(team, before, columns=columns, ascii_only=ascii_only)
    _step(4, f"The same for other programs: {listed((each.name.upper() for each in SHOWN), last='and')}.")
    for path in exports:
        _typed("export", second, "--to", path)
    _put(files, machine)
    _step(5, "Now you")
    for told, *words in (
        ("See why a file is refused: change a score to 7, then", "check", second),
        ("See what could come next, and why:", "suggest", second, "--why"),
        ("Read the questions that were asked:", "model", "show", "starter", "--full"),
        ("Start your own:", "new", "--unit", '"Your organisation"', "--unit", '"Your team"', "--scope", "team"),
    ):
        out(f"{told}\n")
        _typed(*words)
    if page in files:
        _step(6, "And the report that people look at. Open it in a browser: it is one file, and asks for nothing else.")
        _typed("export", second, "--to", page)
        _put(files, [page])
    else:
        out("With kmmaturity-report installed, the demo ends with the report that people look at.\n")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        told = f"{folder} is a file, and it stays as it is"
    except OSError as error:
        told = f"the folder {folder} cannot be made: {error.strerror}"
    else:
        return
    raise CannotWrite(f"{told}. Give the demo another folder: kmmaturity demo --folder another")


def _refuse_others(files: Mapping[Path, bytes]) -> None:
    """Nothing where each file is missing or the demo's own. Raises CannotWrite before anything is written."""
    for path, content in files.items():
        if path.exists() and not (path.is_file() and path.read_bytes() == content):
            raise CannotWrite(
                f"{path} is there already and is not what the demo would write; it stays as it is. "
                "Give the demo another folder: kmmaturity demo --folder another"
            )


def _step(number: int, told: str) -> None:
    out(f"{chr(10) if number > 1 else ''}{number}. {told}\n\n")


def _typed(*words: object) -> None:
    out(f"    $ kmmaturity {' '.join(typed(each) if isinstance(each, Path) else str(each) for each in words)}\n\n")


def _put(files: Mapping[Path, bytes], paths: list[Path]) -> None:
    for path in paths:
        there = path.exists()
        if not there:
            save(path, files[path])
        out(f"    {path}  {'was there already, the same' if there else f'written, {len(files[path]):,} bytes'}\n")
