"""Plug-ins by strangers: a good one works, and a broken one breaks nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import kmmaturity
import kmmaturity_model

Install = Callable[[str, str], None]
Start = Callable[..., "CompletedProcess[str]"]

GOOD = """
import click
from importlib.resources import files
from kmmaturity.domain.findings import Pointer, Severity
from kmmaturity.domain.rules import Rule
from kmmaturity.hooks import (
    CommandKind, Delivered, Destination, Exporter, Form, Imported, Importer, ModelFile, StoreKind, hookimpl)
from kmmaturity.builtin.stores.memory import open_at

@hookimpl
def kmmaturity_exporters():
    return [Exporter("lines", (".lines",), "A line a score", lambda report: b"".join(
        f"{row.sub}: {row.score}\\n".encode() for row in report.rows))]

@hookimpl
def kmmaturity_forms():
    return [Form("paper", (".paper",), "A line a question", lambda started, previous: b"".join(
        f"{sub.title}: ____\\n".encode() for sub in started.model.subs.values()))]
def deliver(delivery):
    for file in delivery.files:
        print(file.read().decode(), end="")
        yield Delivered(file.target, 0, address="the terminal")

@hookimpl
def kmmaturity_destinations():
    return [Destination(("terminal",), "What is printed", deliver)]

def read(data):
    unit, *scores = data.decode().splitlines()
    yield Imported({"kmmaturity": 1, "model": "starter@1.0", "unit": [unit], "assessed": "2026-11-24",
                    "scores": {sub: {"score": int(score)} for sub, score in (line.split(": ") for line in scores)}})

@hookimpl
def kmmaturity_importers():
    return [Importer("lines", (".lines",), "A unit, and a line a score", read)]

def judge(context):
    yield WANTED.found("nothing says who took part", Pointer(("notes",)))

WANTED = Rule(code="OUR001", name="notes-wanted", family="our", severity=Severity.INFO, summary="s", why="w",
              remedy="Add notes.", bad=b"", good=b"", judge=judge)

@hookimpl
def kmmaturity_rules():
    return [WANTED]

@hookimpl
def kmmaturity_stores():
    return [StoreKind(("ours",), "Ours", open_at)]

@hookimpl
def kmmaturity_models():
    text = (files("kmmaturity_model") / "starter-1.0.kmmodel.yaml").read_text("utf-8").replace("id: starter", "id: carried")
    return [ModelFile("carried@1.0", "carried-1.0.kmmodel.yaml", text.encode)]

@hookimpl
def kmmaturity_commands():
    return [CommandKind("hello", "Say hello.", lambda: click.Command("hello", callback=lambda: click.echo("Hello")))]
"""

TAKES_OUR_PREFIX = """
from kmmaturity.hooks import Rule, Severity, hookimpl

@hookimpl
def kmmaturity_rules():
    return [Rule(code="KMM999", name="ours", family="our", severity=Severity.INFO, summary="s", why="w", remedy="r",
                 bad=b"", good=b"")]
"""

BROKEN = {
    "import error": ("import no_such_module\n", "ModuleNotFoundError: No module named 'no_such_module'"),
    "raises at import": ("1 / 0\n", "ZeroDivisionError: division by zero"),
    "exits at import": ("raise SystemExit(4)\n", "SystemExit: 4"),
    "wrong record": (
        "from kmmaturity.hooks import hookimpl\n@hookimpl\ndef kmmaturity_exporters():\n    return ['csv']\n",
        "item 1 of kmmaturity_exporters is str, and has to be Exporter",
    ),
    "no list": (
        "from kmmaturity.hooks import hookimpl\n@hookimpl\ndef kmmaturity_exporters():\n    return 7\n",
        "kmmaturity_exporters returned int",
    ),
    "unknown hook": (
        "from kmmaturity.hooks import hookimpl\n@hookimpl\ndef kmmaturity_exportrs():\n    return []\n",
        "kmmaturity_exportrs",
    ),
    "raises in its hook": (
        "from kmmaturity.hooks import hookimpl\n@hookimpl\ndef kmmaturity_stores():\n    raise KeyError('x')\n",
        "KeyError: 'x'",
    ),
    "takes our prefix": (TAKES_OUR_PREFIX, "the rule KMM999: it needs a code of its own"),
}


def test_a_good_plugin(install: Install, start: Start, site: Path) -> None:
    """Its exporter, destination, importer, rule, store, model and command are equals of our own."""
    install("good", GOOD)
    listed = start("plugins")
    assert (listed.returncode, listed.stderr) == (0, "")
    for line in (
        "good (kmm-good 1.2)",
        "exporters:     lines",
        "destinations:  terminal",
        "importers:     lines",
        "forms:         paper",
    ):
        assert line in listed.stdout
    assert "stores:        ours\n  models:        carried@1.0" in listed.stdout
    assert start("hello").stdout == "Hello\n"
    assert "hello" in start("--help").stdout
    start("demo", "--folder", ".")
    assert start("export", "example-2.kmm.yaml", "--to", "out.lines").returncode == 0
    assert "A voice at the top: ____\n" in start("new", "-", "--unit", "A team", "--format", "paper").stdout
    printed = start("export", "example-2.kmm.yaml", "--format", "lines", "--to", "terminal:x")
    assert (printed.stdout, printed.stderr) == (
        (site.parent / "work" / "out.lines").read_text(),
        "Wrote terminal:x, at the terminal (0 bytes).\n",
    )
    (site.parent / "work" / "in.lines").write_text("Data team\nlearning.before: 2\n")
    assert start("import", "in.lines").stderr == "Wrote 2026-11-24-data-team.kmm.yaml.\n"
    assert "OUR001" in start("check", "example-2.kmm.yaml", "--format", "concise").stdout
    assert "rule OUR001: notes-wanted (info)\n\n  says:  s\n" in start("explain", "our001").stdout
    assert "OUR001 notes-wanted" in start("explain", "our").stdout
    assert "OUR001  notes-wanted" in start("explain").stdout
    assert start("explain", "001").stdout.startswith("rule KMM001:")
    assert start("new", "c.kmm.yaml", "--unit", "T", "--model", "carried").returncode == 0
    assert "carried@1.0" in start("show", "c.kmm.yaml").stdout
    opened = start(code="import kmmaturity as km; print(type(km.open_store('ours:', create=True)).__name__)")
    assert opened.stdout, opened.stderr


@pytest.mark.parametrize(("code", "told"), BROKEN.values(), ids=BROKEN)
def test_a_broken_plugin_breaks_nobody_else(install: Install, start: Start, code: str, told: str) -> None:
    """Everything else works, with one warning that names the distribution, its version and the cause."""
    install("bad", code)
    install("good", GOOD)
    start("demo", "--folder", ".")
    for words in (("check", "example-1.kmm.yaml"), ("show", "example-2.kmm.yaml"), ("hello",)):
        assert start(*words).returncode == 0
    exported = start("export", "example-2.kmm.yaml", "--format", "lines")
    assert exported.returncode == 0
    checked = start("check", "example-1.kmm.yaml", "--format", "concise")
    for printed in (exported.stderr, checked.stdout + checked.stderr):
        (warning,) = [line for line in printed.splitlines() if "bad (kmm-bad 1.2)" in line]
        assert "arning" in warning
        assert told in warning


def test_asked_for_by_name(install: Install, start: Start) -> None:
    """A broken plug-in that is asked for by name gives an error with distribution, version and cause."""
    install("bad", "import no_such_module\n")
    start("demo", "--folder", ".")
    result = start("export", "example-2.kmm.yaml", "--format", "bad")
    assert result.returncode == 3
    assert result.stderr.count("bad (kmm-bad 1.2) cannot be used: ModuleNotFoundError") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("export", "example-2.kmm.yaml", "--format", "wiki"),
        ("export", "example-2.kmm.yaml", "--to", "team.wiki"),
        ("export", "example-2.kmm.yaml", "--to", "wiki:team"),
        ("new", "team.kmm.yaml", "--unit", "A team", "--format", "wiki"),
        ("import", "team.wiki"),
        ("store", "list", "--store", "wiki:team"),
        ("plugins", "wiki"),
    ],
)
def test_what_may_be_of_a_broken_plugin(install: Install, start: Start, words: tuple[str, ...]) -> None:
    """What nothing answers to, while a plug-in cannot be used, is told with that plug-in, under one exit code."""
    install("bad", "import no_such_module\n")
    start("demo", "--folder", ".")
    result = start(*words)
    assert result.returncode == 3
    assert "wiki" in result.stderr.partition(". It may be of a plug-in: ")[0]
    assert result.stderr.count("bad (kmm-bad 1.2) cannot be used: ModuleNotFoundError") == 1
    near = start("export", "example-2.kmm.yaml", "--format", "jso")
    assert (near.returncode, "did you mean json?" in near.stderr) == (2, True)


def test_a_part_that_may_bring_it(install: Install, start: Start) -> None:
    """Where a part of a plug-in cannot be used, what it may bring is told with it, and what it cannot is not."""
    install("good", GOOD.replace('(".lines",), "A line a score"', '("lines",), "A line a score"'))
    start("demo", "--folder", ".")
    asked = start("export", "example-2.kmm.yaml", "--to", "team.lines")
    assert asked.returncode == 3
    assert "team.lines: no exporter for this ending" in asked.stderr
    assert asked.stderr.count("the suffix 'lines' chooses no file") == 1
    assert start("export", "example-2.kmm.yaml", "--to", "shelf:x").returncode == 2


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("entry_points.txt", "[kmmaturity.plugins]\nwiki = wiki\n",
         "kmm-wiki 1.2 has entry points in the group kmmaturity.plugins, and plug-ins have them in kmmaturity: write ["),
        ("entry_points.txt", "[kmmaturty]\nwiki = wiki\n",
         "kmm-wiki 1.2 has entry points in the group kmmaturty"),
        ("entry_points.txt", "[km-maturity]\nwiki = wiki\n",
         "kmm-wiki 1.2 has entry points in the group km-maturity"),
        ("METADATA", "Metadata-Version: 2.1\nName: kmm-wiki\nVersion: 1.2\nRequires-Dist: kmmaturity>=0.1\n",
         "kmm-wiki 1.2 needs kmmaturity and brings no plug-in: if it is to bring one, write ["),
    ],
)  # fmt: skip
def test_a_plugin_that_nobody_finds(
    install: Install, start: Start, site: Path, file: str, text: str, told: str
) -> None:
    """A package whose entry points are in another group, or that has none, is named where what it may bring is missed."""
    install("wiki", GOOD)
    info = site / "kmm_wiki-1.2.dist-info"
    (info / "entry_points.txt").unlink()
    (info / file).write_text(text, "utf-8")
    start("demo", "--folder", ".")
    for words in (("--format", "wiki"), ("--to", "team.wiki")):
        result = start("export", "example-2.kmm.yaml", *words)
        assert result.returncode == 2
        assert told in result.stderr
        assert "an entry point in the group kmmaturity" in result.stderr
    assert told in " ".join(start("plugins").stdout.split())
    assert told not in start("show", "example-2.kmm.yaml").stderr


@pytest.mark.parametrize("needs", ["kmmaturity-report", "kmmaturity ; extra == 'km'", "other"])
def test_what_is_no_plugin(install: Install, start: Start, site: Path, needs: str) -> None:
    """A package that has nothing to do with ours, or that can be had with ours, is not taken for a plug-in."""
    install("other", "")
    info = site / "kmm_other-1.2.dist-info"
    (info / "entry_points.txt").write_text("[console_scripts]\nother = other:main\n", "utf-8")
    metadata = f"Metadata-Version: 2.1\nName: kmm-other\nVersion: 1.2\nRequires-Dist: {needs}\n"
    (info / "METADATA").write_text(metadata, "utf-8")
    assert "kmm-other" not in start("plugins").stdout
    assert "kmm-other" not in start("plugins", "wiki").stderr


def test_two_of_one_name(install: Install, start: Start) -> None:
    """Of two plug-ins with one name neither is used, whichever came first; all else goes on, and both are named."""
    install("first", GOOD)
    install("second", GOOD)
    start("demo", "--folder", ".")
    assert start("check", "example-1.kmm.yaml").returncode == 0
    listed = start("plugins")
    assert listed.stderr == ""
    told = " ".join(listed.stdout.split())
    assert "Something of the plug-in second (kmm-second 1.2) cannot be used" in told
    assert "the exporter lines comes from first (kmm-first 1.2) too, and neither is used" in told
    asked = start("export", "example-2.kmm.yaml", "--format", "lines")
    assert asked.returncode == 3
    assert "first (kmm-first 1.2)" in asked.stderr
    assert "second (kmm-second 1.2)" in asked.stderr
    assert start("export", "example-2.kmm.yaml", "--format", "lines", KMMATURITY_PLUGINS="first").returncode == 0


def test_a_name_of_ours(install: Install, start: Start) -> None:
    """A plug-in cannot take a name of ours: ours stays, and the warning says so."""
    install("bad", GOOD.replace('Exporter("lines", (".lines",)', 'Exporter("csv", (".csv",)'))
    start("demo", "--folder", ".")
    exported = start("export", "example-2.kmm.yaml", "--format", "csv")
    assert exported.stdout.startswith("\ufeffunit,scope")
    assert "bad (kmm-bad 1.2) cannot be used: the exporter csv is one of ours, and stays ours" in exported.stderr


def test_slow_import(install: Install, start: Start) -> None:
    """A plug-in that takes over a second to load is used, and named with the time that it took."""
    install("slow", f"import time\ntime.sleep(1.1)\n{GOOD}")
    result = start("hello")
    assert (result.returncode, result.stdout) == (0, "Hello\n")
    assert "Warning: the plug-in slow (kmm-slow 1.2) took 1." in result.stderr


def test_raising_at_use(install: Install, start: Start) -> None:
    """What raises, or leaves the program, is told as its plug-in's mistake, with the place, and not as ours."""
    code = GOOD.replace("lambda report: b", "lambda report: 1 / 0 or b")
    install("good", code.replace("callback=lambda: click", "callback=lambda: [] + click"))
    start("demo", "--folder", ".")
    result = start("export", "example-2.kmm.yaml", "--format", "lines")
    assert result.returncode == 3
    told = (
        "the exporter lines of good (kmm-good 1.2) did not work: ZeroDivisionError: division by zero (good.py, line 12)"
    )
    assert result.stderr == f"kmmaturity: {told}. KMMATURITY_DEBUG=1 shows how it came to it.\n"
    traced = start("export", "example-2.kmm.yaml", "--format", "lines", KMMATURITY_DEBUG="1").stderr
    assert "Traceback (most recent call last):" in traced
    assert f"PluginError: {told}" in traced
    said = start("hello")
    assert said.returncode == 3
    assert "the command hello of good (kmm-good 1.2) did not work: TypeError: " in said.stderr


def test_a_store_that_does_not_work(install: Install, start: Start) -> None:
    """What a store of a plug-in raises while it is used is told as the plug-in's, and of what store."""
    code = GOOD.replace('StoreKind(("ours",), "Ours", open_at)', 'StoreKind(("ours",), "Ours", Broken)')
    methods = "__enter__ = lambda self: self\n    __exit__ = lambda self, *_: None\n    list = lambda self, *_: 1 / 0\n"
    install("good", f"class Broken:\n    def __init__(self, url, *, create): pass\n    {methods}\n{code}")
    result = start("store", "list", "--store", "ours:x")
    assert result.returncode == 3
    assert (
        "the store ours of good (kmm-good 1.2) did not work: ZeroDivisionError: division by zero (good.py, line 5)"
        in (result.stderr)
    )


def test_restricted(install: Install, start: Start) -> None:
    """KMMATURITY_PLUGINS names the plug-ins to load; set to nothing, none is."""
    install("good", GOOD)
    install("bad", "1 / 0\n")
    assert start("plugins", KMMATURITY_PLUGINS="good").stderr == ""
    assert "good" not in start("plugins", KMMATURITY_PLUGINS="").stdout
    misspelt = start("hello", KMMATURITY_PLUGINS="goood")
    assert misspelt.returncode == 2
    assert "the plug-in goood (not installed) cannot be used: did you mean good?" in misspelt.stderr


def test_strict(install: Install, start: Start) -> None:
    """Strict discovery raises what is wrong with the first broken one."""
    install("bad", "1 / 0\n")
    code = "from kmmaturity.registry import Registry; Registry.discover(strict=True)"
    assert "PluginError: the plug-in bad (kmm-bad 1.2) cannot be used: ZeroDivisionError" in start(code=code).stderr


def test_looking_imports_no_metadata(tmp_path: Path) -> None:
    """With no plug-in installed, looking for plug-ins imports neither importlib.metadata nor pluggy."""
    bare = tmp_path / "packages"
    bare.mkdir()
    for each in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if "kmmaturity" not in each.name:
            (bare / each.name).symlink_to(each)
    code = (
        "import sys; from kmmaturity.registry import default; found = default(); "
        "print({'importlib.metadata', 'pluggy'} & set(sys.modules), found.plugins)"
    )
    folders = [bare, *(Path(module.__file__ or "").parents[1] for module in (kmmaturity, kmmaturity_model))]
    env = {name: value for name, value in os.environ.items() if name != "KMMATURITY_PLUGINS"}
    env["PYTHONPATH"] = os.pathsep.join(map(str, folders))
    # Without the module site, the packages that this environment has are on no path but ours.
    run = subprocess.run([sys.executable, "-S", "-c", code], env=env, capture_output=True, encoding="utf-8", check=True)
    assert run.stdout == "set() ()\n"


FIND = "from kmmaturity.testing import installed; print(installed('exporter', 'lines').summary)"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("@hookimpl\ndef kmmaturity_exporters", "def kmmaturity_exporters"),
         "good (kmm-good 1.2) cannot be used: it has a function kmmaturity_exporters that is not marked with @hookimpl"),
        (('Exporter("lines"', 'Exporter("limes"'), "kmmaturity finds no exporter lines in any plug-in"),
        (("import click", "import clack"), "good (kmm-good 1.2) cannot be used: ModuleNotFoundError"),
        (('"A line a score"', "7"), "the exporter lines: summary is 7, and has to be a text"),
    ],
)  # fmt: skip
def test_what_is_tested_is_what_is_found(install: Install, start: Start, change: tuple[str, str], told: str) -> None:
    """The kit for tests gives the record that kmmaturity finds, and says why where it finds none."""
    install("good", GOOD)
    assert start(code=FIND).stdout == "A line a score\n"
    install("good", GOOD.replace(*change))
    result = start(code=FIND)
    *_, last = result.stderr.splitlines()
    assert last.startswith("AssertionError: ")
    assert told in last


@pytest.mark.parametrize(
    ("read", "told"), [("lambda: 'text'", "TypeError: it gave str"), ("lambda: 1 / 0", "ZeroDivisionError")]
)
def test_a_model_that_cannot_be_read(install: Install, start: Start, read: str, told: str) -> None:
    """What a model of a plug-in does wrong when it is read is told as the plug-in's, and not as ours."""
    hook = f"@hookimpl\ndef kmmaturity_models():\n    return [ModelFile('ours@1', 'ours.kmmodel.yaml', {read})]\n"
    install("bad", f"from kmmaturity.hooks import ModelFile, hookimpl\n{hook}")
    result = start("new", "c.kmm.yaml", "--unit", "T", "--model", "ours")
    assert result.returncode == 3
    assert f"the model ours@1 of bad (kmm-bad 1.2) did not work: {told}" in result.stderr


def test_a_store_that_is_no_function(install: Install, start: Start) -> None:
    """What cannot open a store is told when the plug-in is loaded."""
    install("bad", GOOD.replace('StoreKind(("ours",), "Ours", open_at)', 'StoreKind(("ours",), "Ours", lambda url: 1)'))
    result = start("store", "list", "--store", "ours:x")
    assert result.returncode == 3
    assert "the store ours: it is called as open(url, create=...), and open(url) cannot be" in result.stderr
