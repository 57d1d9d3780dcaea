"""The command line."""

from __future__ import annotations

import gc

__all__ = ["main"]


def main() -> None:
    """Run the command line with the arguments of this process, and exit."""
    gc.disable()  # nothing of ours refers to itself, and the process is over before anything else could add up
    try:
        from kmmaturity.cli.program import program

        program(prog_name="kmmaturity")
    except KeyboardInterrupt:  # the program ends its commands itself; this one came while it was being imported
        raise SystemExit(130) from None
