"""How pages are made: templates that take every text for text, addresses that can be followed, and a strict policy."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kmmaturity.checking.formats.text import tame
from kmmaturity.domain.tables import Table

__all__ = ["address", "capital", "environment", "policy", "reference", "said", "shown"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ODD = re.compile("[^ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FOLLOWED = ("http", "https", "mailto")


@cache
def environment() -> Environment:
    """The templates of this package. Whatever they print is tamed and escaped unless it is markup of our own."""
    made = Environment(
        loader=PackageLoader("kmmaturity_report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_tamed,
    )
    made.filters |= {"capital": capital, "said": said, "reference": reference}
    return made


def _tamed(value: object) -> object:
    if isinstance(value, Table):
        return Markup(value._repr_html_())  # noqa: S704  # markup of our own, which escapes what it holds
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def shown(text: str) -> str:
    """`text` from a file on one line, controls and direction marks shown instead of obeyed, and fit for XML."""
    return _ODD.sub("\ufffd", tame(" ".join(text.split())))


def capital(text: str) -> str:
    """`text` with its first letter as a capital, and the rest as it is."""
    return text[:1].upper() + text[1:]


def said(day: date) -> str:
    """A date as a person reads it: 24 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def address(text: str) -> str | None:
    """`text` where it is an address that a reader can follow: http, https or mailto, and nothing else; or None."""
    if shown(text) != text or " " in text:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme.lower() not in FOLLOWED:
        return None
    leads_on = parts.path if parts.scheme.lower() == "mailto" else parts.hostname
    return text if leads_on else None


def reference(text: str) -> Markup:
    """`text` as a link, where it is an address that can be followed, and else as text."""
    to = address(text)
    if to is None:
        return Markup("<bdi>{}</bdi>").format(shown(text))
    return Markup('<a href="{}">{}</a>').format(to, text)


def policy(*, styles: Iterable[str], scripts: Iterable[str] = ()) -> str:
    """The Content-Security-Policy of a page that may use these inline styles and scripts, byte for byte, and no other.

    Nothing is fetched, nothing is framed, no form is sent anywhere, and pictures are those in the page itself.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {_allowed(styles)}",
            f"script-src {_allowed(scripts)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _allowed(texts: Iterable[str]) -> str:
    hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts]
    return " ".join(hashes) or "'none'"
