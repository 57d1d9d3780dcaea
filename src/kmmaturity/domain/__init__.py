"""The method as values and pure functions: no files, no clock, no plug-ins.

Import from the modules: `kmmaturity.domain.model`, `kmmaturity.domain.assessment` and so on.
"""
