"""The contract of commands finds those that do not keep it, and tells their authors what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import click
import pytest

from kmmaturity.hooks import CommandKind
from kmmaturity.testing import CommandContract

CONTRACT = CommandContract()


@click.command()
@click.option("--loud", is_flag=True, help="Say it in capitals.")
def hello(loud: bool) -> None:
    """Say hello."""
    click.echo("HELLO" if loud else "hello")


@click.command()
@click.option("--loud", is_flag=True)
def silent(loud: bool) -> None:
    """Say hello."""


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def greedy() -> None:
    """Say hello."""


GOOD = CommandKind("hello", "Say hello.", lambda: hello)


class TestGood(CommandContract):
    """One that keeps it all."""

    @pytest.fixture
    def command(self) -> CommandKind:
        """The one to be tested."""
        return GOOD


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (CommandKind("Say Hello", "Say hello.", lambda: hello), "name is 'Say Hello': people type it"),
        (CommandKind("hello", " ", lambda: hello), "summary is empty"),
        (CommandKind("hello", "Say hello.", hello), r"it is called as load\(\)"),
    ],
)
def test_what_nobody_could_choose(command: CommandKind, told: str) -> None:
    """A name, a summary or a function that could not be used is told with what would do."""
    if told.startswith("it is called"):
        command = CommandKind("hello", "Say hello.", lambda name: hello)  # type: ignore[misc, arg-type]  # on purpose
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_can_be_chosen(command)


def test_what_is_no_command() -> None:
    """What `load` gives in place of a click command is told."""
    loaded: Callable[..., click.Command] = CommandContract.loaded.__wrapped__  # type: ignore[attr-defined]  # as below
    with pytest.raises(AssertionError, match=r"load\(\) gave function, and has to give a click command"):
        loaded(CONTRACT, CommandKind("hello", "Say hello.", lambda: test_what_is_no_command))


@pytest.mark.parametrize(
    ("loaded", "told"),
    [
        (click.Command("hello", callback=lambda: None), "--help does not say what the command does"),
        (silent, "--help does not say what --loud does: give the option a `help`"),
    ],
)
def test_help_that_says_nothing(loaded: click.Command, told: str) -> None:
    """A command or an option without a word of help is told."""
    with pytest.raises(AssertionError, match=told):
        CONTRACT.test_helps(GOOD, loaded)


def test_a_slip_that_is_taken() -> None:
    """A command that takes an option which it does not have is told."""
    with pytest.raises(AssertionError, match="an option that there is not ended it with 0"):
        CONTRACT.test_tells_a_slip(GOOD, greedy)


def test_the_fixture_is_asked_for() -> None:
    """A contract without its fixture says which one to override."""
    with pytest.raises(NotImplementedError, match=r"override the fixture `command`"):
        CommandContract.command.__wrapped__(CONTRACT)  # type: ignore[attr-defined]  # pytest keeps the function there
