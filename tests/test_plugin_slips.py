"""What the author of a plug-in gets wrong is told in plain words: what it is, where, and what would do."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from subprocess import CompletedProcess
from types import ModuleType

import pytest

import kmmaturity as km
from kmmaturity.api.plain import imported
from kmmaturity.errors import UnknownName
from kmmaturity.hooks import Exporter
from kmmaturity.hooks.loading import Installed
from kmmaturity.registry import Registry
from kmmaturity.registry.joining import Joining

Install = Callable[..., None]
Start = Callable[..., "CompletedProcess[str]"]

HEAD = """
from kmmaturity.hooks import Exporter, Option, hookimpl

def render(report):
    return b""
"""
RECORD = 'Exporter("brk", (".brk",), "Brackets", render)'
HOOK = f"""
@hookimpl
def kmmaturity_exporters():
    return [{RECORD}]
"""


def module(code: str) -> ModuleType:
    """A plug-in of one module with this code."""
    made = ModuleType("brackets")
    exec(compile(code, "brackets.py", "exec"), vars(made))  # noqa: S102  # written below
    return made


def told(code: str) -> str:
    """What is told of a plug-in with this code."""
    return "; ".join(each.told for each in Registry.of(module(HEAD + code)).failures)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("@hookimpl\n", "", "it has a function kmmaturity_exporters that is not marked with @hookimpl"),
        ("@hookimpl\ndef kmmaturity_exporters", "def kmmaturity_exporter",
         "it has a function kmmaturity_exporter that is not marked with @hookimpl, and kmmaturity_exporters may be meant"),
        ("@hookimpl\ndef kmmaturity_exporters", "def exporters", "nothing in it is marked with @hookimpl"),
        ("kmmaturity_exporters", "kmmaturity_exportrs",
         "there is no hook kmmaturity_exportrs: did you mean kmmaturity_exporters?"),
        ("kmmaturity_exporters", "before_export", "there is no hook before_export: there are kmmaturity_exporters, "),
        ("exporters()", "exporters(config)",
         "kmmaturity_exporters wants config, and hooks are given nothing: `def kmmaturity_exporters():`"),
        ("return [", "[", "kmmaturity_exporters returned None, and it returns a list of Exporter: return [Exporter(...)]"),
        (f"[{RECORD}]", RECORD, "kmmaturity_exporters returned one Exporter, and it returns a list of them"),
        (f"[{RECORD}]", "'brk'", "kmmaturity_exporters returned str"),
        ("(\".brk\",)", "\".brk\"",
         "suffixes is '.brk', and has to be a tuple: write suffixes=('.brk',) (brackets.py, line 9)"),
        ("(\".brk\",)", "(\"brk\",)", "the exporter brk: the suffix 'brk' chooses no file: it begins with a dot"),
        (", render)", ", render, options=Option('most', 'M'))",
         "options is Option(...), and has to be a tuple: write options=(Option(...),)"),
        (", render)", ", render, options=['most'])", "options holds 'most', and has to hold Options"),
        (", render)", ", render, options=[Option('max-rows', 'M')])",
         "the option 'max-rows' needs a name that a Python argument can have, such as max_rows"),
        (", render)", ", render, options=[Option('most', 'M', type=int)])",
         "it is called as render(report, most=...), and render(report) cannot be: got an unexpected keyword argument"),
        ("\"brk\"", "None", "the exporter None: name is None, and has to be a text"),
        (", render)", ", render, options=[Option('most', 7)])",
         "the option most has the summary 7: say what it does in a text"),
        (", render)", ", render, stream=render, companions_of_several={3: render})",
         "companions_of_several has the key 3, and has to have texts, such as '-about.txt'"),
        (", render)", ", render(1))", "the exporter brk: render is b'', and has to be a function"),
        (", render)", ", render, companions=render)", "it is called as companions(report, name), and companions(report)"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_what_would_do(old: str, new: str, expected: str) -> None:
    """Each slip of the pen in a hook or a record is told by what it is and by what to write instead."""
    assert old in HOOK
    assert expected in told(HOOK.replace(old, new))


RULE = """
from kmmaturity.hooks import Rule, Severity, hookimpl

OURS = Rule(
    code="OUR001", name="ours", family="our", severity=Severity.INFO, summary="S.", why="W.", remedy="R.",
    bad=b"", good=b"", judge=lambda context: (),
)

@hookimpl
def kmmaturity_rules():
    return [OURS]
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Severity.INFO", "'info'",
         "severity is 'info', and has to be one of Severity.INFO, Severity.WARNING, Severity.ERROR"),
        ("Severity.INFO", "1", "severity is 1, and has to be one of Severity.INFO"),
        ("bad=b\"\"", "bad=''", "bad is '', and has to be the bytes of a file: write b\"...\", or end it with .encode()"),
        ("good=b\"\"", f"good={'x' * 80!r}", f"good is '{'x' * 59}..., and has to be the bytes of a file"),
        ("why=\"W.\"", "why=None", "why is None, and has to be a text"),
        ("family=\"our\"", "family=1", "family is 1, and has to be a text"),
        ("judge=", "about='team', judge=",
         "about is 'team', and has to be 'assessment', 'model', 'settings' or 'plug-in'"),
        ("judge=", "fix=True, judge=", "fix is True, and has to be 'none', 'safe' or 'unsafe'"),
        ("judge=", "eased='no', judge=", "eased is 'no', and has to be True or False"),
        ("judge=", "needs={'priorities': 'two'}, judge=", "needs holds other than names of figures with whole numbers"),
        ("judge=", "beside={'last.kmm.yaml': 'text'}, judge=", "beside holds other than names of files with their bytes"),
        ("judge=", "leads_to='OUR002', judge=",
         "leads_to is 'OUR002', and has to be a tuple of codes: leads_to=('OUR002',)"),
        ("context: ()", ": ()", "it is called as judge(context), and judge() cannot be: too many positional arguments"),
    ],
)  # fmt: skip
def test_a_slip_in_a_rule(old: str, new: str, expected: str) -> None:
    """A field of a rule that holds something else than it has to is told when the rule is taken, and not in a check."""
    assert old in RULE
    registry = Registry.of(module(RULE.replace(old, new)))
    (failure,) = registry.failures
    assert failure.told.startswith("the rule OUR001: ")
    assert expected in failure.told
    assert "OUR001" not in registry.rules
    assert not Registry.of(module(RULE)).failures


def test_a_destination_that_takes_something_else() -> None:
    """What a destination takes is one of two words, and another is told with both."""
    code = """
@hookimpl
def kmmaturity_destinations():
    from kmmaturity.hooks import Destination
    return [Destination(("shelf",), "S", lambda delivery: (), takes="rows")]
"""
    assert told(code) == "the destination shelf: takes is 'rows', and has to be 'files' or 'reports'"


DATA = '{"kmmaturity": 1, "model": "starter@1.0", "unit": ["A team"], "assessed": "2026-11-24"}'


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (f"[{DATA}]", "read() gave dict, and has to give Imported: yield Imported(...) of it"),
        (DATA, "read() gave str, and has to give Imported"),
        ("None", "read() gave NoneType, and has to give several Imported: yield each"),
        (f"Imported({DATA})", "read() gave Imported, and has to give several Imported: yield each"),
        (f"[Imported([{DATA}])]", "read() gave Imported of list, and has to give it a dictionary, as a JSON file is"),
        (f"[Imported({DATA}, left=(3,))]", "read() gave left=(3,), and has to give sentences"),
        (
            f"[Imported({DATA}, places={{'unit': 'cell A1'}})]",
            "read() gave places with 'unit', and has to give Pointers",
        ),
    ],
)
def test_what_an_importer_gives(given: str, expected: str) -> None:
    """What is no assessment as importers give it is told as the plug-in's mistake, with what to give."""
    code = f"""
from kmmaturity.hooks import Imported, Importer, hookimpl

def read(data):
    return {given}

@hookimpl
def kmmaturity_importers():
    return [Importer("brk", (".brk",), "Brackets", read)]
"""
    registry = Registry.of(module(code))
    with pytest.raises(km.KmMaturityError) as raised:
        list(imported(b"x", registry.importer("brk"), registry=registry))
    assert f"the importer brk of brackets (given) did not work: TypeError: {expected}" in str(raised.value)
    assert str(raised.value).endswith("(brackets.py, line 4)")


def test_a_misspelt_field() -> None:
    """A field of a record that is misspelt is told with the near one, by us or by newer Pythons."""
    code = HOOK.replace('(".brk",), "Brackets", render', 'suffix=(".brk",), summary="Brackets", render=render')
    assert re.search(r"keyword argument 'suffix'.{1,2}did you mean '?suffixes'?\?", told(code), re.IGNORECASE)


@pytest.mark.parametrize(("given", "meant"), [("minimum", "least"), ("maximum", "most"), ("help", "summary")])
def test_a_field_by_another_name(given: str, meant: str) -> None:
    """A field by the name that it has elsewhere is told with ours."""
    code = HOOK.replace(", render)", f", render, options=[Option('most', **{{{given!r}: 1}})])")
    assert f"keyword argument '{given}': did you mean {meant}?" in told(code)


def test_nothing_is_told_of_what_is_right() -> None:
    """A plug-in without a slip is told nothing of, and neither is one whose hook has nothing to hand over."""
    assert told(HOOK) == ""
    assert told("@hookimpl\ndef kmmaturity_exporters():\n    return []\n") == ""


def test_a_name_that_is_not_there() -> None:
    """A name that `kmmaturity.hooks` lacks is told with the near one, wherever it is asked for."""
    import kmmaturity.hooks

    with pytest.raises(AttributeError, match=r"has no attribute 'Exportr': did you mean Exporter\?"):
        kmmaturity.hooks.Exportr  # noqa: B018  # asking is the test
    assert set(dir(kmmaturity.hooks)) == set(kmmaturity.hooks.__all__)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("brakets", "No module named 'brakets'. brakets is what [project.entry-points.kmmaturity] of its pyproject.toml"),
        ("brackets:PLUGIN", "has no attribute 'PLUGIN'. brackets:PLUGIN is what [project.entry-points.kmmaturity]"),
        ("brackets:kmmaturity_exporters",
         "its entry point names the function kmmaturity_exporters: name the module alone, brackets, without "),
        ("lost", "ModuleNotFoundError: No module named 'no_such_module' (lost.py, line 2)"),
        ("misspelt", "cannot import name 'Exportr' from 'kmmaturity.hooks'"),
        ("misspelt", ": did you mean Exporter? (misspelt.py, line 1)"),
    ],
)  # fmt: skip
def test_what_an_entry_point_names(value: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What names no module of the package, or a function in one, is told; what the module lacks is told otherwise."""
    (tmp_path / "brackets.py").write_text(HEAD + HOOK, "utf-8")
    (tmp_path / "lost.py").write_text("\nimport no_such_module\n", "utf-8")
    (tmp_path / "misspelt.py").write_text("from kmmaturity.hooks import Exportr\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    joining = Joining()
    joining.add(Installed("brk", "kmm-brk", "1.2", EntryPoint("brk", value, "kmmaturity")))
    (failure,) = joining.failures
    assert expected in str(failure)
    assert str(failure).startswith("the plug-in brk (kmm-brk 1.2) cannot be used: ")


def test_an_ending_that_two_have() -> None:
    """An ending of ours stays ours, and of two strangers' neither is guessed; the list of plug-ins tells both."""
    record = 'Exporter("%s", ("%s",), "Brackets", render)'
    code = "@hookimpl\ndef kmmaturity_exporters():\n    return [%s]\n"
    records = ", ".join(record % each for each in (("zcsv", ".csv"), ("a", ".one"), ("b", ".one")))
    registry = Registry.of(module(HEAD + code % records))
    assert registry.exporter_for("team.csv").name == "csv"
    with pytest.raises(UnknownName, match=r"x\.one: a and b have this ending; add --format and one of these"):
        registry.exporter_for("x.one")
    assert list(registry.shared) == [
        ".csv is an ending of the exporters csv and zcsv: it chooses csv, which ships, and --format another",
        ".one is an ending of the exporters a and b: it chooses none of them, and --format one",
    ]


def test_what_an_exporter_gives() -> None:
    """What is no bytes is told with the remedy, and with where the function that gave it begins."""
    registry = Registry.of(module(HEAD.replace('b""', '""') + HOOK))
    with pytest.raises(
        km.KmMaturityError, match=r'end it with \.encode\(errors="backslashreplace"\) \(brackets\.py, line 4\)'
    ):
        km.render(km.example(), "brk", registry=registry)


def test_leaving_the_program() -> None:
    """An exporter that leaves the program is told as one that does not work."""
    registry = Registry.of(module(HEAD.replace('return b""', "raise SystemExit(4)") + HOOK))
    with pytest.raises(km.KmMaturityError, match=r"did not work: SystemExit: 4 \(brackets\.py, line 5\)"):
        km.render(km.example(), "brk", registry=registry)


def test_the_deepest_place_of_theirs() -> None:
    """Where something goes wrong inside of what a plug-in calls, the place is the plug-in's own line."""
    code = "import json\n" + HEAD.replace('return b""', "return json.dumps(object()).encode()")
    registry = Registry.of(module(code + HOOK))
    with pytest.raises(km.KmMaturityError, match=r"is not JSON serializable \(brackets\.py, line 6\)"):
        km.render(km.example(), "brk", registry=registry)


def test_one_thing_where_several_are_wanted() -> None:
    """A record that is made with one ending or option in place of several says so where it is made."""
    with pytest.raises(km.KmMaturityError, match=r"suffixes is '\.brk', and has to be a tuple"):
        Exporter("brk", ".brk", "Brackets", lambda _: b"")  # type: ignore[arg-type]  # wrong on purpose
