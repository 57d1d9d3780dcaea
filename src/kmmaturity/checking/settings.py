"""What a run is to look for and how it ends: as a value, and out of a settings file's table. Nothing here reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import Attribute, field, fields, frozen

from kmmaturity.domain.findings import Finding, Pointer, Severity
from kmmaturity.domain.frozen import FrozenMap, freeze, tupled
from kmmaturity.domain.model import Figures
from kmmaturity.domain.names import closest, listed, no_such, quoted
from kmmaturity.domain.rules import Rule
from kmmaturity.domain.rules.config import UNKNOWN_RULE_IN_IGNORE, UNKNOWN_SETTING

__all__ = ["EVERYTHING", "SETTINGS", "Holds", "Settings", "mistakes", "rule_help", "settings_in", "severity_of"]

EVERYTHING = "all"
SEVERITIES = {str(each): each for each in sorted(Severity, reverse=True)}
FIGURES = tuple(each.name for each in fields(Figures))
ROOT = Pointer()


@frozen
class Holds:
    """What a setting holds in a file, in words and as a test; of a `table`, what each of its entries holds."""

    told: str
    fits: Callable[[Any], bool]
    table: bool = False

    def __str__(self) -> str:
        return f"a table, with {self.told} for each entry" if self.table else self.told


def severity_of(value: Severity | str) -> Severity:
    """The severity that `value` is or names. Raises UnknownName."""
    found = value if isinstance(value, Severity) else SEVERITIES.get(value.lower())
    if found is None:
        raise no_such("severity", value, SEVERITIES, where="check")
    return found


def _severities(value: Mapping[str, Severity | str]) -> FrozenMap[str, Severity]:
    return FrozenMap({name: severity_of(each) for name, each in value.items()})


def _names_by_pattern(value: Mapping[str, Iterable[str]]) -> FrozenMap[str, tuple[str, ...]]:
    return FrozenMap({pattern: tupled(names) for pattern, names in value.items()})


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_severity(value: Any) -> bool:
    return isinstance(value, str) and value in SEVERITIES


def _is_figure(value: Any) -> bool:
    return type(value) is int and value >= 0  # to isinstance, True is a number


LEVELS = listed((f'"{each}"' for each in SEVERITIES), last="or")
NAMES = {"holds": Holds('a list of rules and families, such as ["plan"]', _are_texts)}
LEAST = {"holds": Holds(LEVELS, _is_severity)}
SEVERITY = {"holds": Holds(LEVELS, _is_severity, table=True)}
PATTERNS = {"holds": Holds('a list of rules and families, such as ["plan"]', _are_texts, table=True)}
NUMBERS = {"holds": Holds("a whole number", _is_figure, table=True)}
SWITCH = {"holds": Holds("true or false", lambda value: isinstance(value, bool))}
MODEL = {"holds": Holds('a model, such as "starter@1.0"', lambda value: isinstance(value, str) and bool(value.strip()))}


@frozen(kw_only=True, weakref_slot=False)
class Settings:
    """What a check looks for. Rules are named by code, by name or by family; `all` names every one of them.

    `select` names the rules to look for, and `ignore` those to leave out. Where both name a rule the closer name counts
    (a code or name, then a family, then `all`), and `ignore` of two as close. `fail_on` is the least severity that
    makes the exit code 1; `severity` gives rules another one. `per_file_ignores` leaves rules out for files that match
    a pattern, which counts from the folder `base`, the current one unless given. `figures` takes the place of a model's
    own, `marking` asks for a handling marking, and `model` is read with in place of the one that a file names.
    """

    select: tuple[str, ...] = field(default=(EVERYTHING,), converter=tupled, metadata=NAMES)
    ignore: tuple[str, ...] = field(default=(), converter=tupled, metadata=NAMES)
    fail_on: Severity = field(default=Severity.ERROR, converter=severity_of, metadata=LEAST)
    severity: FrozenMap[str, Severity] = field(default=FrozenMap(), converter=_severities, metadata=SEVERITY)
    per_file_ignores: FrozenMap[str, tuple[str, ...]] = field(
        default=FrozenMap(), converter=_names_by_pattern, metadata=PATTERNS
    )
    figures: FrozenMap[str, int] = field(default=FrozenMap(), converter=freeze, metadata=NUMBERS)
    marking: bool = field(default=False, metadata=SWITCH)
    model: str | None = field(default=None, metadata=MODEL)
    base: str = ""


# Each setting by its name in a file and on the command line.
SETTINGS: dict[str, Attribute[Any]] = {
    each.name.replace("_", "-"): each for each in fields(Settings) if "holds" in each.metadata
}


def settings_in(table: Mapping[str, Any], *, base: str = "") -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The fields of `Settings` that a settings file's table states, and all that is wrong with it.

    The pointers of the findings lead into the table. Whether there are the rules that it names, `mistakes` tells.
    """
    stated: dict[str, Any] = {}
    wrong: list[Finding] = []
    for key, value in table.items():
        if key not in SETTINGS:
            wrong.append(_unknown(key))
            continue
        holds: Holds = SETTINGS[key].metadata["holds"]
        if holds.table and isinstance(value, dict):
            fitting = {name: each for name, each in value.items() if holds.fits(each)}
            wrong += [_misfit(ROOT / key / name, value[name], holds.told) for name in value if name not in fitting]
            stated[SETTINGS[key].name] = fitting
        elif holds.table or not holds.fits(value):
            wrong.append(_misfit(ROOT / key, value, str(holds)))
        else:
            stated[SETTINGS[key].name] = value
    return stated | ({"base": base} if base else {}), tuple(wrong)


def _unknown(key: str) -> Finding:
    near = closest(key, SETTINGS)
    help = f"Did you mean `{near}`?" if near else f"There are {listed(SETTINGS, last='and')}."
    return UNKNOWN_SETTING.found(f"there is no setting `{key}`", ROOT / key, help=help, on_key=True)


def _misfit(pointer: Pointer, value: Any, wanted: str) -> Finding:
    name = ".".join(map(str, pointer))
    return UNKNOWN_SETTING.found(f"`{name}` is {_shown(value)}", pointer, help=f"Write {wanted}.")


def _shown(value: Any) -> str:
    """`value` as TOML has it, where it is short; else what it is."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case list():
            return f"a list with {next((_shown(each) for each in value if not isinstance(each, str)), 'nothing')} in it"
        case dict():
            return "a table"
        case _:
            return str(value)


def mistakes(settings: Settings, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """The rules, families and figures that `settings` name and that there are none of, or that cannot be left out."""
    return tuple(_mistakes(settings, tuple(rules)))


def _mistakes(settings: Settings, rules: tuple[Rule, ...]) -> Iterator[Finding]:
    named = [(ROOT / "select", name) for name in settings.select]
    named += [(ROOT / "severity" / name, name) for name in settings.severity]
    named += [(ROOT / "ignore", name) for name in settings.ignore]
    for pattern, names in settings.per_file_ignores.items():
        named += [(ROOT / "per-file-ignores" / pattern, name) for name in names]
    for pointer, name in named:
        meant = [rule for rule in rules if rule.closeness(name) is not None]
        fixed = next((rule for rule in meant if rule.vital and rule.closeness(name) == 2), None)
        if not meant:
            unknown = UNKNOWN_SETTING if pointer[0] in ("select", "severity") else UNKNOWN_RULE_IN_IGNORE
            message = f"`{pointer[0]}` names {name}, and there is no such rule or family"
            yield unknown.found(message, pointer, help=rule_help(name, rules))
        elif fixed is not None and pointer[0] != "select":
            what = "have another severity" if pointer[0] == "severity" else "be left out"
            yield UNKNOWN_SETTING.found(
                f"`{pointer[0]}` names {fixed.code} {fixed.name}, which cannot {what}",
                pointer,
                help="It says that a file cannot be relied on. Take it away here.",
            )
    for name in settings.figures:
        if name not in FIGURES:
            near = closest(name, FIGURES)
            choices = f"There are {listed(FIGURES, most=len(FIGURES), last='and')}."
            help = f"Did you mean `{near}`?" if near else choices
            yield UNKNOWN_SETTING.found(f"there is no figure `{name}`", ROOT / "figures" / name, help=help, on_key=True)


def rule_help(name: str, rules: Iterable[Rule]) -> str:
    """What to do about `name`, which none of `rules` answers to: the near one, or where they are listed."""
    known = [word for rule in rules for word in (rule.code, rule.name, rule.family)]
    near = closest(name, dict.fromkeys([*known, EVERYTHING]))
    if near:
        return f"Did you mean {near}?"
    return "`kmmaturity explain` lists them; one of a plug-in needs that plug-in, see `kmmaturity plugins`."
