"""A fake for a page of the documentation: its blocks reach it as they would reach SharePoint."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fake_graph.server import FakeGraph

__all__ = ["reached"]


@contextmanager
def reached() -> Iterator[FakeGraph]:
    """A fake, and the environment's variables by which an application with a secret signs in to it."""
    with tempfile.TemporaryDirectory() as folder, FakeGraph(Path(folder), lasting=False) as fake:
        variables = {
            "KMMATURITY_SHAREPOINT_GRAPH": fake.origin, "KMMATURITY_SHAREPOINT_AUTHORITY": fake.origin,
            "KMMATURITY_SHAREPOINT_CA": str(fake.ca), "KMMATURITY_SHAREPOINT_SIGN_IN": "environment",
            "AZURE_TENANT_ID": fake.entra.tenant, "AZURE_CLIENT_ID": fake.entra.application.id,
            "AZURE_CLIENT_SECRET": fake.entra.application.secret,
        }  # fmt: skip
        before = dict(os.environ)
        os.environ.update(variables)
        try:
            yield fake
        finally:
            os.environ.clear()
            os.environ.update(before)
