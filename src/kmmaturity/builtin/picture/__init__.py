"""A report as a page of plain text: what a terminal shows, and a log or a notebook can."""

from __future__ import annotations

from kmmaturity.builtin.picture.page import picture
from kmmaturity.builtin.picture.theme import PLAIN, UNICODE, Theme

__all__ = ["PLAIN", "UNICODE", "Theme", "picture"]
