"""Addresses: which are paths, and which say by what means something is reached."""

from __future__ import annotations

import pytest

from kmmaturity.hooks.addresses import scheme_of


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("team.csv", None),
        ("folder/team.csv", None),
        ("/srv/team.csv", None),
        ("C:\\team.csv", None),
        ("c:/team.csv", None),
        ("\\\\server\\share\\team.csv", None),
        ("", None),
        ("1st:x", None),
        ("sqlite:///team.db", "sqlite"),
        ("SharePoint://contoso.example/x", "sharepoint"),
        ("x+y-z.1:rest", "x+y-z.1"),
    ],
)
def test_schemes(address: str, scheme: str | None) -> None:
    """A scheme has two letters at least, so that a drive of Windows is none."""
    assert scheme_of(address) == scheme
