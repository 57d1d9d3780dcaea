"""What can go wrong, as a caller catches it.

Everything that kmmaturity raises on purpose is a `KmMaturityError`. Its message names the thing, the
place and the value, and says what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kmmaturity.domain.findings import Finding

__all__ = ["CannotRead", "CannotWrite", "KmMaturityError", "NoSuchFile", "PluginError", "UnknownName"]


class KmMaturityError(Exception):
    """Anything that kmmaturity raises on purpose."""


class UnknownName(KmMaturityError, LookupError):
    """A name that nothing answers to: an outcome, a model, a format. The message offers a near one."""

    __str__ = Exception.__str__


class CannotRead(KmMaturityError, ValueError):
    """A file or document that could not be read faithfully; `findings` holds every reason, with its place."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings: tuple[Finding, ...] = tuple(findings)

    def __reduce__(self) -> tuple[type[CannotRead], tuple[str, tuple[Finding, ...]]]:
        return type(self), (str(self), self.findings)


class NoSuchFile(CannotRead, FileNotFoundError):
    """A path at which there is no file."""

    __str__ = Exception.__str__


class CannotWrite(KmMaturityError, OSError):
    """Writing was refused so that nothing is lost: the file is there already, or changed since it was read."""

    __str__ = Exception.__str__


class PluginError(KmMaturityError):
    """A plug-in that was asked for by name could not be used; the cause is chained."""
