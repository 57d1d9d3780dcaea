"""Installed distributions that look as if they meant to bring a plug-in, and that nobody finds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmmaturity.domain.names import closest, listed
from kmmaturity.hooks.loading import GROUP, wanted

__all__ = ["strays"]

STEM = "kmmatur"
NEEDS_US = re.compile(r"kmmaturity(?![\w.-])(?!.*\bextra\b)", re.IGNORECASE)
REMEDY = f"write [project.entry-points.{GROUP}] in its pyproject.toml, and install it again"


def strays() -> Iterator[str]:
    """What is installed and looks as if it meant to bring a plug-in, and brings none: what it has, and what to write.

    It looks at every distribution, so it is asked only where something was not found, or for the list of plug-ins.
    Where KMMATURITY_PLUGINS says which plug-ins to use, there are none.
    """
    if wanted() is not None:
        return
    from importlib.metadata import distributions

    seen = {GROUP}  # by name; the first on the path is the one that an import would take
    for each in distributions():
        name = each.metadata["Name"] or "unknown"
        groups = {entry_point.group for entry_point in each.entry_points}
        if name in seen or GROUP in groups:
            continue
        seen.add(name)
        what = f"the package {name} {each.version}"
        if near := sorted(filter(_is_near, groups)):
            theirs = listed(near, last="and")
            yield f"{what} has entry points in the group {theirs}, and plug-ins have them in {GROUP}: {REMEDY}"
        elif any(map(NEEDS_US.match, each.requires or ())):
            yield f"{what} needs {GROUP} and brings no plug-in: if it is to bring one, {REMEDY}"


def _is_near(group: str) -> bool:
    return group.startswith(STEM) or closest(group, [GROUP]) is not None
