"""The look that a department gives its pages: a name, a colour and a logo, each checked before it is used."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from attrs import frozen

from kmmaturity.errors import KmMaturityError

__all__ = ["COLOUR", "Theme", "contrast", "stylesheet", "themed"]

COLOUR = "#12436d"
INKS = ("#ffffff", "#000000")  # of the two, one always has 4.5 to 1 on any colour
BAND = 3.0  # the least contrast of something that is not text to what it stands on (WCAG 1.4.11)
LARGEST = 64 * 1024  # bytes of a logo: it is written into each page
# What the file of a picture begins with, and what a browser calls it.
KINDS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("image/png", lambda data: data.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", lambda data: data.startswith(b"\xff\xd8\xff")),
    ("image/gif", lambda data: data.startswith((b"GIF87a", b"GIF89a"))),
    ("image/webp", lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP"),
    ("image/svg+xml", lambda data: b"<svg" in data[:4096] and data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")),
)


@frozen
class Theme:
    """What stands at the head of a page: `name` in `ink` on `colour`, and `logo`, a picture as a data: address."""

    name: str | None = None
    colour: str = COLOUR
    ink: str = INKS[0]
    logo: str | None = None

    @property
    def tokens(self) -> str:
        """The rule that sets this theme's tokens; it comes after the stylesheet."""
        return f":root{{--accent:{self.colour};--on-accent:{self.ink}}}"


def themed(*, name: str | None = None, colour: str | None = None, logo: str | None = None) -> Theme:
    """The theme of these options: `colour` such as #12436d, `logo` the path of a picture of at most 64 KB.

    Text on the colour is white or black, whichever reads better. Raises KmMaturityError for a colour that hardly shows
    on the white page, and for a logo that cannot be read as a picture.
    """
    chosen = _hex(colour) if colour else COLOUR
    if (ratio := contrast(chosen, "#ffffff")) < BAND:
        raise KmMaturityError(
            f"the colour {chosen} has a contrast of {_told(ratio)} to 1 with the white page, and needs at least "
            f"{BAND:.0f} to 1 to be seen (WCAG 1.4.11): choose a darker one"
        )
    ink = max(INKS, key=lambda each: contrast(chosen, each))
    return Theme(name=name or None, colour=chosen, ink=ink, logo=_logo(logo) if logo else None)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours such as #12436d, from 1 to 21, as WCAG 2 works it out."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@cache
def stylesheet(*more: str) -> str:
    """The stylesheet that every page begins with, then the files `more` of this package, without comments."""
    found = (files("kmmaturity_report").joinpath(name).read_text(encoding="utf-8") for name in ("theme.css", *more))
    text = re.sub(r"/\*.*?\*/", "", "\n".join(found), flags=re.DOTALL)
    return re.sub(r" ?([{};]) ?", r"\1", re.sub(r"\s+", " ", text)).strip()


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: str) -> str:
    digits = colour.strip().removeprefix("#").lower()
    if re.fullmatch("[0-9a-f]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch("[0-9a-f]{6}", digits):
        raise KmMaturityError(f"the colour is {colour!r}: write it as six hexadecimal digits, such as {COLOUR}")
    return f"#{digits}"


def _told(ratio: float) -> str:
    return f"{int(ratio * 100) / 100:.2f}"  # never rounded up to what it does not reach


def _logo(path: str) -> str:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise KmMaturityError(f"the logo {path} cannot be read: {error.strerror or error}") from error
    if len(data) > LARGEST:
        raise KmMaturityError(
            f"the logo {path} has {len(data):,} bytes, and each page would carry them: give one of at most {LARGEST:,}"
        )
    kind = next((kind for kind, is_one in KINDS if is_one(data)), None)
    if kind is None:
        raise KmMaturityError(f"the logo {path} is no picture that a page can show: give a PNG, JPEG, GIF, WebP or SVG")
    return f"data:{kind};base64,{b64encode(data).decode()}"
