"""The program: its commands, found by name and imported when used, and what its exit codes mean.

0: nothing to mend. 1: findings, or a file that cannot be read or written. 2: the command was not understood, or there
is nothing to read. 3: a mistake of ours, or a plug-in that cannot be used.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import click

import kmmaturity
from kmmaturity.cli.console import TOLD, note, prepare, quiet
from kmmaturity.errors import KmMaturityError, NoSuchFile, PluginError, UnknownName

if TYPE_CHECKING:
    from kmmaturity.hooks.records import CommandKind

__all__ = ["program"]

# Each command is `command` in the module of its name, `import_` for `import`; what it is for stands here, so that help
# imports none of them.
SECTIONS = {
    "For everyone": {
        "new": "Start an assessment: a file to fill in.",
        "set": "Change one answer in a file, and nothing else in it.",
        "check": "Find what is wrong in files, with the place and the remedy.",
        "show": "Draw an assessment's profile.",
        "compare": "Tell what changed since last time, and what became of the targets.",
        "plan": "Tell what is next, which dates have passed, and what reviews found.",
        "suggest": "Tell what could come next, and why.",
        "case": "Gather the case for a harder step from what smaller ones have brought.",
        "export": "Write assessments as CSV, JSON, Markdown or a calendar, here or elsewhere.",
        "import": "Make assessment files of a table that people have filled in.",
        "explain": "Tell what a word means: a rule, an outcome, a level, a measure, a term.",
        "demo": "Run the whole job on a fictional team.",
    },
    "For those who look after maturity models": {
        "model": "List, show, make and check maturity models.",
    },
    "For developers": {
        "roadmap": "Lay out several years of one or two priorities, as an illustration.",
        "schema": "Write the JSON Schema of files, for editors and other programs.",
        "config": "Show the settings of a check, and where each was stated.",
        "plugins": "List the plug-ins: what is loaded, from where, and what cannot be used.",
        "store": "Keep assessments in a folder or a database, every revision of them.",
    },
}
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
COMMANDS = {name: summary for section in SECTIONS.values() for name, summary in section.items()}


class Program(click.Group):
    """The commands of SECTIONS, and one way for all of them to end."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The names of all commands, in the order of the help page."""
        return [*COMMANDS, *_brought()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's
        """The command of this name, imported now."""
        if cmd_name not in COMMANDS:
            return _loaded(cmd_name)
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        found: click.Command = import_module(f"kmmaturity.cli.{module}").command
        return found

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of this run, from what stands before the command's name."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise _told(error) from None
        except OSError as error:  # the help page could not be printed
            if error.errno not in NO_ROOM:
                raise
            raise click.exceptions.Exit(_no_room(error)) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's
        """The commands, in sections."""
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))
        if brought := _brought():
            with formatter.section("From plug-ins"):
                formatter.write_dl([(name, each.summary) for name, each in brought.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for, and exit with its code."""
        prepare()
        told = ""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except (click.exceptions.NoArgsIsHelpError, click.exceptions.Exit, click.Abort):
            raise
        except click.UsageError as error:
            _warn("")  # what was asked for may be a plug-in's
            raise _told(error) from None
        except KeyboardInterrupt:
            note("\n")  # below the ^C that the terminal shows
            code = 130
        except BrokenPipeError:
            _stop_writing()
            code = 141  # what a shell gives for a program that its reader left
        except (NoSuchFile, UnknownName) as error:
            note(f"kmmaturity: {error}")
            for more in getattr(error, "__notes__", ()):
                note(f"Note: {more}.")
            code = 2
        except PluginError as error:
            code, told = _mistake_of_a_plugin(error), str(error)
        except KmMaturityError as error:
            note(f"kmmaturity: {error}")
            code = 1
        except OSError as error:
            code = _no_room(error) if error.errno in NO_ROOM else _mistake(error, ctx.invoked_subcommand)
        except Exception as error:  # noqa: BLE001  # whatever else happens is a mistake, and is told as one
            code = _mistake(error, ctx.invoked_subcommand)
        _warn(told or ctx.meta.get(TOLD, ""))
        ctx.exit(code or 0)


def _told(error: click.UsageError) -> click.UsageError:
    from kmmaturity.cli.usage import in_our_words  # a slip's need only

    return in_our_words(error)


def _brought() -> Mapping[str, CommandKind]:
    """The commands that plug-ins bring; what ships is never looked for among them."""
    from kmmaturity.hooks.loading import named_in_group, wanted

    if wanted() == frozenset() or not named_in_group():
        return {}
    from kmmaturity.registry import default

    return default().commands


def _loaded(name: str) -> click.Command | None:
    """The command `name` of a plug-in; None where none brings one. Raises PluginError."""
    brought = _brought().get(name)
    if brought is None:
        return None
    from kmmaturity.registry import default

    with default().using("command", name, brought.load):
        found = brought.load()
        if not isinstance(found, click.Command):
            raise TypeError(f"it gave {type(found).__name__}, and gives a click command")
        return found


def _warn(told: str) -> None:
    """Say which plug-ins could not be used, where this run had any use for plug-ins, unless it is `told` already."""
    registry = sys.modules.get("kmmaturity.registry")
    if registry is not None and registry.default.cache_info().currsize:
        for warning in registry.default().warnings:
            if warning not in told:
                note(f"Warning: {warning}")


def _stop_writing() -> None:
    """Let Python's own flush at the end go nowhere, instead of complaining that nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _no_room(error: OSError) -> int:
    note(f"kmmaturity: what is printed cannot be written: {error.strerror}; make room, or write it somewhere else")
    _stop_writing()
    return 1


def _mistake_of_a_plugin(error: PluginError) -> int:
    if not _traced():
        from kmmaturity.domain.names import ended  # a mistake's need only

        more = " KMMATURITY_DEBUG=1 shows how it came to it." if error.__cause__ else ""
        note(f"kmmaturity: {ended(str(error))}{more}")
    return 3


def _traced() -> bool:
    """Whether the error that is being handled was shown with its traceback, as KMMATURITY_DEBUG asks."""
    asked = bool(os.environ.get("KMMATURITY_DEBUG"))
    if asked:
        import traceback

        traceback.print_exc()
    return asked


def _mistake(error: Exception, command: str | None) -> int:
    if command not in COMMANDS and command in _brought():
        from kmmaturity.registry import default

        return _mistake_of_a_plugin(default().mistake("command", command or "", error))
    if not _traced():
        note(
            f"kmmaturity: this is a mistake of ours, not yours: {type(error).__name__}: {error}. Please report it on "
            "the project's issue tracker, with what KMMATURITY_DEBUG=1 prints when you run the command again."
        )
    return 3


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Try `kmmaturity demo`; `kmmaturity COMMAND --help` tells more of each.",
)
@click.version_option(kmmaturity.__version__, message="kmmaturity %(version)s")
@quiet
def program() -> None:
    """Knowledge management maturity self-assessment for teams: an aid, not a holding-to-account tool."""
