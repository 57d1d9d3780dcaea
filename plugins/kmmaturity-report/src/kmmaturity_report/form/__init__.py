"""The form: one page that a team fills in, from a shared drive, with no installation and no network.

It carries the model's wording, the rules that can be judged in a page, and the assessment to begin from. What it saves
is a .kmm.json file as the library writes it.
"""

from __future__ import annotations

from kmmaturity_report.form.page import render

__all__ = ["render"]
