"""Which tests run: `slow` ones and those that need another program run when asked for, and skip aloud otherwise.

`KMM_REQUIRE=soffice,rclone` names programs that have to be here: a test that needs a missing one then fails.
"""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, which is no property of the code.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# How to find each program that a test may need, and what to install where it is missing.
TOOLS = {
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "chromium"),
    "postgres": (("postgres", "pg_ctl", "pg_ctlcluster"), "postgresql"),
    "rclone": (("rclone",), "rclone"),
    "soffice": (("soffice", "libreoffice"), "libreoffice-calc"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--all`, which is how `make test-all` asks for everything."""
    parser.addoption("--all", action="store_true", help="run slow tests and those that need other programs, too")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips a test that was not asked for or cannot run here, and says why; fails where the program is required."""
    asked = item.config.getoption("--all") or item.config.getoption("markexpr")
    for mark in item.iter_markers("needs"):
        tool = mark.args[0]
        if tool not in TOOLS:
            pytest.fail(f"tests/choosing.py does not know {tool!r}: it knows {', '.join(TOOLS)}", pytrace=False)
        programs, package = TOOLS[tool]
        if not any(map(shutil.which, programs)):
            missing = f"needs {tool}, which is not on PATH: install {package}"
            if tool in os.environ.get("KMM_REQUIRE", "").split(","):
                pytest.fail(f"{missing} (KMM_REQUIRE names it)", pytrace=False)
            pytest.skip(missing)
        if not asked:
            pytest.skip(f"needs {tool}: runs under `make test-all`")
    if item.get_closest_marker("slow") and not asked:
        pytest.skip("slow: runs under `make test-all`")
