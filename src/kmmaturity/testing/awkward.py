"""Text and ids that YAML readers, spreadsheets, terminals and web pages are known to stumble over."""

from __future__ import annotations

__all__ = ["AWKWARD_IDS", "AWKWARD_TEXTS"]

_SPACES = (
    "", " ", "  led by two spaces", "ends in a space ", "ends in a line\n", "ends in two lines\n\n", "\nled by a line",
    "two\nlines", "a paragraph\n\nanother", "a list:\n  - indented\n  - again\nand not", "  indented\nand not", "\n",
    "a tab\there", "\tled by a tab", "a line ends in a space \nand goes on", "between\n  \nlines", "many    spaces",
    "no\u00a0break", "\u00a0", "\u3000", "next\u0085line", "\u0085", "line\u2028separator", "paragraph\u2029separator",
)  # fmt: skip
_YAML = (
    "key: value", "ends in a colon:", "a:b", ":", ": a", "meeting #4", "#4", "a # b", "- a dash", "-", "-a", "? a",
    "[a, b]", "{a: 1}", "a, b", "a]", "&a", "*a", "!a", "|", ">-", "%a", "@a", "`a`", "---", "...", "--- a", "<<", "=",
    "'", '"', "it's", 'so "called"', "it's \"so\"", "back\\slash", "\\n", "'quoted'", '"quoted"', "one\n---\ntwo",
    "one\n# two", "null", "Null", "~", "yes", "NO", "true", "on", "y", "1", "01", "-5", "0x1F", "0o17", "1.10", "1e5",
    ".5", "+1", "1_000", ".nan", "12:30", "2026-11-24", "2026-11-24T10:00:00Z", "2 of 9",
)  # fmt: skip
_SCRIPTS = (
    "\u00a3 50, or so; 100% \u2026", "caf\u00e9", "cafe\u0301", "\u05e9\u05dc\u05d5\u05dd",
    "\u0645\u0639\u0631\u0641\u0629: \u0645",
    "\u77e5\u8b58\u7ba1\u7406", "\U0001f9d1\u200d\U0001f4bb\U0001f44d\U0001f3fd", "\u202eoverride\u202c", "\ufeffmark",
    "\ufffe", "\U0001fffe",
)  # fmt: skip
_OUTPUTS = (
    "=1+1",
    "@SUM(A1)",
    "<b>&amp;</b>",
    "::error::",
    "##vso[task]",
    "https://x.example/a?b=c#d",
    "a|b",
    "*bold*",
)
_LONG = (
    "A sentence of a length that people write into a note when they have had a good workshop and want to remember it.",
    'A long one: with a colon, and one that\'s "quoted" twice, so that no style but a folded block carries it well.',
    f"{'Long lines, for which the reader of a file in an editor has to scroll. ' * 2}Yes.\n\n{'And another ' * 10}.",
    "https://intranet.example/a/very/long/address/without/any/space/in/it/that/goes/on/past/the/edge/of/every/screen",
    "word " * 60 + "end",
)

AWKWARD_TEXTS = (*_SPACES, *_YAML, *_SCRIPTS, *_OUTPUTS, *_LONG)

# Ids by our rules, and something else to a careless reader.
AWKWARD_IDS = (
    "null", "yes", "no", "on", "off", "true", "y", "n", "nan", "1e5", "0x1F", "2nd", "-a", "a-", "_a", "1_a", "x" * 60,
)  # fmt: skip
