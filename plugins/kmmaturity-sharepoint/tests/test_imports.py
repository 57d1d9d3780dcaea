"""Having the plug-in costs nothing until SharePoint is reached."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "[name for name in sys.modules if name.split('.')[0] in ('azure', 'msal', 'requests', 'cryptography', 'urllib3')]"
)


@pytest.mark.parametrize(
    "code",
    [
        "import kmmaturity_sharepoint",
        "from kmmaturity.registry import default; registry = default(); assert 'sharepoint' in registry.destinations",
        "import kmmaturity as km, tempfile; km.export(km.example(), tempfile.mkdtemp() + '/team.csv')",
        "from kmmaturity_sharepoint import commands",
        "from kmmaturity_sharepoint.settings import settings_from; settings_from('contoso.sharepoint.com', {})",
    ],
)
def test_azure_is_imported_on_first_use(code: str) -> None:
    """Looking for plug-ins, exporting to a disk and reading settings import nothing of azure."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint({HEAVY})"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stdout.strip()) == (0, "[]"), run.stderr
