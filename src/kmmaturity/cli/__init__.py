"""The command line."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command line with the arguments of this process, and exit."""
    from kmmaturity.cli.program import program

    program(prog_name="kmmaturity")
