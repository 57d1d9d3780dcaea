"""The contract of commands: subclass `CommandContract` with one fixture, and what a command promises is tested.

class TestOurCommand(CommandContract):
    @pytest.fixture
    def command(self):
        return OUR_COMMAND

The message of each tells what is wrong and what to do. What the command does is for tests of your own.
"""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from kmmaturity.hooks import CommandKind
from kmmaturity.testing.given import Given

__all__ = ["CommandContract"]


class CommandContract(Given):
    """What every command promises. Override the fixture `command`."""

    @pytest.fixture
    def command(self) -> CommandKind:
        """The command to be tested."""
        raise NotImplementedError("override the fixture `command`: return your CommandKind")

    @pytest.fixture
    def loaded(self, command: CommandKind) -> click.Command:
        """What `load` gives, which has to be a click command."""
        found = command.load()
        assert isinstance(found, click.Command), (
            f"load() gave {type(found).__name__}, and has to give a click command: a function under @click.command()"
        )
        return found

    def test_can_be_chosen(self, command: CommandKind) -> None:
        """Its name and summary can be typed and read, and are nobody else's."""
        self.is_named(command.name)
        self.is_told(command.summary)
        self.is_taken("kmmaturity_commands", command)

    def test_helps(self, command: CommandKind, loaded: click.Command) -> None:
        """`--help` says what it does, and what each of its options does."""
        run = CliRunner().invoke(loaded, ["--help"], prog_name=f"kmmaturity {command.name}")
        assert run.exit_code == 0, f"--help ended with {run.exit_code}: {run.exception or run.output}"
        assert (loaded.help or "").strip(), "--help does not say what the command does: give its function a docstring"
        for each in loaded.params:
            assert not isinstance(each, click.Option) or each.help, (
                f"--help does not say what {max(each.opts, key=len)} does: give the option a `help`"
            )

    def test_tells_a_slip(self, command: CommandKind, loaded: click.Command) -> None:
        """An option that it does not have ends it with exit code 2, and nothing is done."""
        run = CliRunner().invoke(loaded, ["--no-such-option"], prog_name=f"kmmaturity {command.name}")
        assert run.exit_code == 2, (
            f"an option that there is not ended it with {run.exit_code}, and 2 says that it was typed in another way "
            "than it takes: leave options to click"
        )
