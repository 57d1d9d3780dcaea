"""Who brought what, and what could not be used."""

from __future__ import annotations

from attrs import field, frozen

__all__ = ["OURS", "Failure", "Provider"]


@frozen
class Provider:
    """Who brought a plug-in: its name, and the distribution and version that it came with.

    `seconds` is how long it took to load.
    """

    name: str
    distribution: str = "kmmaturity"
    version: str = ""
    seconds: float = field(default=0.0, eq=False, repr=False)

    def __str__(self) -> str:
        return f"{self.name} ({' '.join(filter(None, (self.distribution, self.version)))})"


OURS = Provider("builtin")


@frozen(eq=False)
class Failure:
    """A plug-in, or a part of one, that cannot be used, and why.

    `names` are the kinds and names that it would have answered to; none where that is not known.
    """

    provider: Provider
    told: str
    cause: BaseException | None = field(default=None, repr=False)
    names: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        what = "something of the plug-in" if self.names else "the plug-in"
        return f"{what} {self.provider} cannot be used: {self.told}"
