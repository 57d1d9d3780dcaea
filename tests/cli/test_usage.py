"""A command that is typed in another way than it takes: what is said, for every command and every option that it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Run

from kmmaturity.cli.program import COMMANDS, program

# click's own words, and those that our list forbids.
NOT_OURS = re.compile(
    r"\b(in)?valid\b|\billegal\b|unexpected|no such|missing (argument|option|command|parameter)|requires an argument|"
    r"does not take|is not one of|not in the range|\bjust\b|\bsimply\b",
    re.IGNORECASE,
)


def commands(group: click.Group, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that can be run, with the words that name it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from commands(found, *names, name)
        else:
            yield (*names, name), found


EVERY = [(words, each) for words, each in commands(program) if words[0] in COMMANDS]  # not those of plug-ins
OPTIONS = [(words, each) for words, command in EVERY for each in command.params if isinstance(each, click.Option)]


def told(run: Run, *words: str) -> str:
    """What a usage error says, which is its last line, in words of our own."""
    result = run(*words)
    assert result.exit_code == 2, (words, result.output)
    assert result.stdout == ""
    said = " ".join(result.stderr.partition("Error: ")[2].split())
    assert said
    assert not NOT_OURS.search(said), said
    return said


def options(words: tuple[str, ...]) -> list[str]:
    """The options that the command has to be given, each with something."""
    return [part for owner, each in OPTIONS if owner == words and each.required for part in (max(each.opts), "1")]


def arguments(words: tuple[str, ...], *, every: bool = False) -> list[str]:
    """Something for each argument that the command has to be given, or for `every` one that it takes."""
    taken = (each for each in dict(EVERY)[words].params if isinstance(each, click.Argument))
    given = (each for each in taken if every or each.required)
    return [each.type.choices[0] if isinstance(each.type, click.Choice) else "1" for each in given]


def test_there_are_many() -> None:
    """The walk meets every command, those of families too."""
    assert {words[0] for words, _ in EVERY} == set(COMMANDS)
    assert ("model", "new") in dict(EVERY)


@pytest.mark.parametrize("words", [words for words, _ in EVERY], ids=" ".join)
def test_unknown_option(words: tuple[str, ...], run: Run) -> None:
    """An option that there is not is named, with those that there are."""
    assert told(run, *words, "--zzz").startswith("There is no option --zzz. There are --")


@pytest.mark.parametrize("words", [words for words, _ in EVERY], ids=" ".join)
def test_near_option(words: tuple[str, ...], run: Run) -> None:
    """An option with a slip in it is offered as it is meant."""
    longest = max(("--help", *(max(each.opts, key=len) for owner, each in OPTIONS if owner == words)), key=len)
    assert told(run, *words, f"{longest}x").endswith(f"Did you mean {longest}?")


@pytest.mark.parametrize("words", [words for words, _ in EVERY], ids=" ".join)
def test_too_many_arguments(words: tuple[str, ...], run: Run) -> None:
    """A word too many is named beside what the command takes, which helps where a text lost its quotation marks."""
    command = dict(EVERY)[words]
    if any(each.nargs == -1 for each in command.params):
        return  # takes any number of them
    said = told(run, *words, *options(words), *arguments(words, every=True), "two", "words")
    assert f"{' '.join(words)}` takes " in said
    assert said.endswith(
        "two words is too much. Leave it out; or, where it belongs to a text of several words, put "
        "the whole text in quotes."
    )


@pytest.mark.parametrize("words", [words for words, _ in EVERY if arguments(words)], ids=" ".join)
def test_too_few_arguments(words: tuple[str, ...], run: Run) -> None:
    """An argument that is not there is named, with an example of the whole."""
    assert re.fullmatch(r".* is missing\. Examples?: kmmaturity .*", told(run, *words, *options(words)))


@pytest.mark.parametrize(
    ("words", "option"), OPTIONS, ids=[f"{' '.join(words)} {each.name}" for words, each in OPTIONS]
)
def test_option_of_another_kind(words: tuple[str, ...], option: click.Option, run: Run) -> None:
    """A flag with a value, an option without one, or one with a value that it cannot take: the option is named."""
    name = max(option.opts, key=len)
    if option.is_flag:
        assert told(run, *words, *options(words), *arguments(words), f"{name}=yes").startswith(f"{name} stands alone")
        return
    assert told(run, *words, *options(words), *arguments(words), name).startswith(f"{name} has nothing after it")
    if not isinstance(option.type, click.types.StringParamType):
        said = told(run, *words, *options(words), *arguments(words), name, "a word")
        assert said.startswith(name)
        assert "'a word'" in said


def test_required_option(run: Run) -> None:
    """An option that has to be there is named with what it is for."""
    assert told(run, "model", "new").startswith("Add --id ID. What files will call it")


def test_export_to_a_second_word(run: Run, team: Path) -> None:
    """A file to write to that is named without its option is told which it has."""
    assert told(run, "export", str(team), "out.csv").startswith("Say where to: --to our-team.csv;")


def test_choice(run: Run) -> None:
    """A choice with a slip in it is offered as it is meant; a number that is too small says what will do."""
    assert told(run, "show", "x", "--by", "princple") == (
        "--by takes outcome or principle, and this is 'princple'. Did you mean principle?"
    )
    assert told(run, "show", "x", "--width", "3") == "--width takes a whole number of 40 or more, and this is 3."


def test_families_of_commands(run: Run) -> None:
    """A family without a command, or with one that it has not, says which there are."""
    assert told(run, "model", "shwo").endswith("Did you mean show?")
    assert "There are check, diff, " in told(run, "model", "frobnicate")
    assert told(run, "--no-color").startswith("Name a command. There are new, ")
    assert told(run, "--nope").startswith("There is no option --nope. There are --version")
