"""What is said of a command that was typed in another way than it takes: the thing, what was given, and the remedy.

click raises the errors; what it calls them is put into our words here, for our commands and those of plug-ins.
"""

from __future__ import annotations

import re

import click

from kmmaturity.domain.names import closest, listed

__all__ = ["in_our_words"]

# What click raises without a class of its own for it, in all versions that we run with.
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
_UNKNOWN = re.compile(r"No such command '(.*)'\.", re.DOTALL)
_NONE = "Missing command."


def in_our_words(error: click.UsageError) -> click.UsageError:
    """`error` told in our words; one of our own is told as it is."""
    context = error.ctx
    match error:
        case click.NoSuchOption():
            message = _no_such_option(error.option_name, context)
        case click.BadOptionUsage():
            message = _bad_option(error.option_name, error.message)
        case click.MissingParameter(param=click.Parameter() as parameter):
            message = _missing(parameter, context)
        case click.BadParameter(param=click.Parameter() as parameter):
            message = _bad_value(parameter, error.message)
        case _ if extra := _EXTRA.match(error.message):
            message = _too_many(extra[1], context)
        case _ if unknown := _UNKNOWN.match(error.message):
            message = f"There is no command {unknown[1]!r}. {_near(unknown[1], _commands(context))}"
        case _ if error.message == _NONE:
            message = f"Name a command. {_choices(_commands(context))}"
        case _:
            return error
    return click.UsageError(message, context)


def _near(name: str, names: list[str]) -> str:
    """The one of `names` that `name` was probably meant to be, or all of them."""
    near = closest(name, names)
    return f"Did you mean {near}?" if near else _choices(names)


def _choices(names: list[str]) -> str:
    return f"There are {listed(names, most=len(names), last='and')}."


def _no_such_option(name: str, context: click.Context | None) -> str:
    return f"There is no option {name}. {_near(name, [_longest(each) for each in _options(context)])}"


def _bad_option(name: str, said: str) -> str:
    if "does not take" in said:
        return f"{name} stands alone: leave out the equals sign and what follows it."
    return f"{name} has nothing after it: write its value there, or leave {name} out."


def _missing(parameter: click.Parameter, context: click.Context | None) -> str:
    if isinstance(parameter, click.Option):
        return f"Add {_longest(parameter)} {_value(parameter)}. {parameter.help or ''}".rstrip()
    example = context.command.epilog if context else None
    return f"{_longest(parameter)} is missing. {example or ''}".replace("\b\n", "").rstrip()


def _bad_value(parameter: click.Parameter, message: str) -> str:
    """What `parameter` takes in place of what it was given; a type of our own or a plug-in's says it itself."""
    name, near = _longest(parameter), None
    given = message.rpartition(" is not ")[0]
    match parameter.type:
        case click.Choice(choices=choices):
            words = list(map(str, choices))
            takes, near = listed(words, most=len(words)), closest(given.strip("'\""), words)
        case click.IntRange(min=int(least), max=None):
            takes = f"a whole number of {least} or more"
        case click.IntRange(min=int(least), max=int(most)):
            takes = f"a whole number from {least} to {most}"
        case click.types.IntParamType():
            takes = "a whole number"
        case _:
            return f"{name}: {message}"
    return f"{name} takes {takes}, and this is {given}." + (f" Did you mean {near}?" if near else "")


def _too_many(extra: str, context: click.Context | None) -> str:
    if context is None:
        return f"{extra} is more than there is room for."
    _, *takes = context.command.collect_usage_pieces(context)
    remedy = "Leave it out; or, where it belongs to a text of several words, put the whole text in quotes."
    return f"`{context.command_path}` takes {' '.join(takes) or 'nothing'}, and {extra} is too much. {remedy}"


def _commands(context: click.Context | None) -> list[str]:
    group = context.command if context else None
    return group.list_commands(context) if context and isinstance(group, click.Group) else []


def _options(context: click.Context | None) -> list[click.Option]:
    parameters = context.command.get_params(context) if context else []
    return [each for each in parameters if isinstance(each, click.Option)]


def _longest(parameter: click.Parameter) -> str:
    """What help calls `parameter`: an option by its longest name, an argument by what stands for it."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.metavar or parameter.human_readable_name


def _value(option: click.Option) -> str:
    """What stands for the value of `option`."""
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices))
    return option.metavar or option.type.name.upper()
