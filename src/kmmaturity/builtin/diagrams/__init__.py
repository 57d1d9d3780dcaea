"""A model's graph as Mermaid, DOT or a still SVG; with an assessment, where the team stands, told without colour."""

from __future__ import annotations

from kmmaturity.builtin.diagrams import dot, mermaid, svg
from kmmaturity.builtin.diagrams.diagram import diagram

__all__ = ["FORMATS", "diagram"]

FORMATS = {"mermaid": mermaid.render, "dot": dot.render, "svg": svg.render}
