"""How pages are made: templates that take every text for text, addresses that can be followed, and a strict policy."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kmmaturity.checking.formats.text import tame

__all__ = ["address", "environment", "policy", "said", "shown"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
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
    made.filters |= {"said": said, "address": address}
    return made


def _tamed(value: object) -> object:
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def shown(text: str) -> str:
    """`text` from a file on one line, controls and direction marks shown instead of obeyed, and storable as UTF-8."""
    return tame(" ".join(text.split())).encode("utf-8", "replace").decode()


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
