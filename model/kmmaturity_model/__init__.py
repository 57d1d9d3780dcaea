"""Maturity models and example assessments that ship with kmmaturity: data files, and no code."""
