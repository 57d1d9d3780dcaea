"""The command line."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command line with the arguments of this process, and exit."""
    try:
        from kmmaturity.cli.program import program

        program(prog_name="kmmaturity")
    except KeyboardInterrupt:  # the program ends its commands itself; this one came while it was being imported
        raise SystemExit(130) from None
