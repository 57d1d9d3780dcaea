"""YAML as people edit it: block style, short forms, and text that reads back exactly as it was.

Text stands plain where every YAML reader takes it for that text, folded (`>-`) where it is long, and in quotes
otherwise. It never stands bare inside `{}` or `[]`, where a comma or a colon would cut it in two.
"""

from __future__ import annotations

import json
import re
from typing import Any

from kmmaturity.files.shapes import Choice, Day, Listing, Record, Shape, Table, Text, Whole

__all__ = ["Laid", "beside_dash", "beside_key", "block", "flow", "key"]

Laid = tuple[str, list[str]]  # what stands on the line of the key or dash, and the lines below it

WIDTH = 100
NARROWEST = 40  # deep down, lines grow longer rather than become ribbons
LONGEST_KEY = 1000  # YAML takes a key only when its colon comes within 1024 characters

# What YAML 1.1 or 1.2 readers take for null, a truth value, a number or a date; ours does for null alone.
_NOT_TEXT = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\.(inf|nan)|[-+]?\.?[0-9][-+0-9a-fox_.:,tz ]*", re.IGNORECASE
)
_INDICATOR = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`]")
_CUT = re.compile(r":( |$)| #|\t")
# What cannot stand in a YAML stream, or counts as a line break or a byte order mark there.
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_FLOW_SAFE = re.compile(r"[^\W\d_][\w./@+-]*( [\w./@+-]+)*")
_FOLD = re.compile(r"(?<=[^ \t]) (?=[^ \t])")


def block(data: Any, shape: Listing | Record | Table, column: int = 0) -> list[str]:
    """The lines of `data`, a collection in the long form that is not empty, in block style from `column`."""
    lines: list[str] = []
    match shape:
        case Listing(item):
            for each in data:
                head, below = beside_dash(each, item, column)
                lines += [f"{' ' * column}- {head}".rstrip(" "), *below]
        case Record(fields=fields):
            for name, each in data.items():
                lines += _entry(name, beside_key(each, fields[name].shape, column, name), column)
            if not data:  # only where everything may be left out: its first field, to be filled in
                lines.append(f"{' ' * column}{next(iter(fields))}:")
        case Table(whole, value):
            for name, each in data.items():
                written = name if whole else key(name)
                lines += _entry(written, beside_key(each, value, column, written), column)
    return lines


def _entry(written: str, laid: Laid, column: int) -> list[str]:
    head, below = laid
    indent = " " * column
    if len(written) > LONGEST_KEY:
        return [f"{indent}? {written}", f"{indent}: {head}".rstrip(" "), *below]
    return [f"{indent}{written}: {head}" if head else f"{indent}{written}:", *below]


def beside_key(data: Any, shape: Shape, column: int, written: str = "") -> Laid:
    """`data` as the value of a key that stands, as `written`, at `column`."""
    data, shape = _shortened(data, shape)
    if not isinstance(shape, Listing | Table | Record):
        return _scalar(data, shape, column + 2, column + len(written) + 2)
    if not data and not isinstance(shape, Record):
        return ("[]" if isinstance(shape, Listing) else "{}"), []
    return "", block(data, shape, column + 2)


def beside_dash(data: Any, shape: Shape, column: int) -> Laid:
    """`data` as an item of a list, the dash of which stands at `column`."""
    data, shape = _shortened(data, shape)
    if not isinstance(shape, Listing | Table | Record) or not data:
        return beside_key(data, shape, column)
    first, *below = block(data, shape, column + 2)
    return first[column + 2 :], below


def flow(data: Any, shape: Shape) -> str:
    """`data` on one line as it can stand inside `{}` or `[]`: all text but plain words in quotes."""
    data, shape = _shortened(data, shape)
    match shape:
        case Listing(item):
            return f"[{', '.join(flow(each, item) for each in data)}]"
        case Record(fields=fields):
            return f"{{{', '.join(f'{name}: {flow(each, fields[name].shape)}' for name, each in data.items())}}}"
        case Table(whole, value):
            inner = (f"{name if whole else _flow_text(name)}: {flow(each, value)}" for name, each in data.items())
            return f"{{{', '.join(inner)}}}"
        case Whole() | Day():
            return str(data)
        case Text() | Choice():
            return _flow_text(data)


def key(name: str) -> str:
    """`name` as the key of a mapping: plain, or in quotes on one line."""
    return name if _plain(name) else _quoted(name)


def _shortened(data: Any, shape: Shape) -> tuple[Any, Shape]:
    """What is written and what it is: a record's short field alone where the record tells nothing else."""
    if isinstance(shape, Record) and shape.short is not None and data.keys() == {shape.short}:
        return data[shape.short], shape.fields[shape.short].shape
    return data, shape


# Scalars


def _scalar(data: Any, shape: Shape, indent: int, taken: int) -> Laid:
    """A scalar that begins after `taken` columns; the lines below it, if any, are indented by `indent`."""
    return (str(data), []) if isinstance(shape, Whole | Day) else _text(data, indent, WIDTH - taken)


def _text(value: str, indent: int, room: int) -> Laid:
    single = value if _plain(value) else _quoted(value)
    width = max(WIDTH - indent, NARROWEST)
    if "\n" not in value:
        if len(single) <= room or not _fits_block(value) or not _FOLD.search(value):
            return single, []
        return ">-", _indented(_wrapped(value, width), indent)
    if not _fits_block(value):
        return single, []
    chomp = "" if value.endswith("\n") else "-"
    lines = value.removesuffix("\n").split("\n")
    if all(len(line) <= width for line in lines) or any(line.startswith((" ", "\t")) for line in lines):
        return f"|{chomp}", _indented(lines, indent)
    folded = [part for line in lines for part in (*_wrapped(line, width), "")][:-1]
    return f">{chomp}", _indented(folded, indent)


def _indented(lines: list[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else "" for line in lines]


def _plain(value: str) -> bool:
    """Whether every YAML reader takes `value`, bare on a line of block style, for exactly this text."""
    return bool(
        value == value.strip()
        and value
        and "\n" not in value
        and not _INDICATOR.match(value)
        and not _CUT.search(value)
        and not _UNPRINTABLE.search(value)
        and not _NOT_TEXT.fullmatch(value)
    )


def _fits_block(value: str) -> bool:
    """Whether a block scalar carries `value` exactly, and shows all of it: nothing hangs on spaces at a line's end."""
    lines = value.removesuffix("\n").split("\n")
    return bool(
        lines[0]
        and lines[-1]
        and not lines[0].startswith((" ", "\t"))
        and not any(line.endswith((" ", "\t")) for line in lines)
        and not _UNPRINTABLE.search(value)
    )


def _quoted(value: str) -> str:
    """`value` in quotes, on one line: double ones, unless single ones spare it the backslashes."""
    escapes = "\n" in value or "\t" in value or _UNPRINTABLE.search(value)
    if not escapes and ('"' in value or "\\" in value):
        return "'" + value.replace("'", "''") + "'"
    return _escaped(value)


def _escaped(value: str) -> str:
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def _wrapped(line: str, width: int) -> list[str]:
    """`line` in parts that a reader joins with one space each."""
    parts: list[str] = []
    for word in _FOLD.split(line) if line else ():
        if parts and len(parts[-1]) + 1 + len(word) <= width:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts


def _flow_text(value: str) -> str:
    return value if _FLOW_SAFE.fullmatch(value) and _plain(value) else _quoted(value)
