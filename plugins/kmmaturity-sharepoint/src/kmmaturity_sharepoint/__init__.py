"""SharePoint Online for kmmaturity, through Microsoft Graph: files and rows delivered, assessments read back and kept.

Nothing of azure is imported until something is sent.
"""

from __future__ import annotations

from collections.abc import Iterable

from kmmaturity.hooks import Destination, hookimpl
from kmmaturity_sharepoint.addresses import LIBRARY
from kmmaturity_sharepoint.destination import OPTIONS, deliver, fetch
from kmmaturity_sharepoint.settings import using

__all__ = ["kmmaturity_destinations", "using"]


@hookimpl
def kmmaturity_destinations() -> Iterable[Destination]:
    """Libraries, which take files."""
    return [
        Destination(
            (LIBRARY,), "A document library in SharePoint Online", deliver=deliver, options=OPTIONS, fetch=fetch
        )
    ]
