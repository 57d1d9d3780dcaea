"""The forms that ship: the YAML file that explains itself, and JSON with a blank for every question."""

from __future__ import annotations

from kmmaturity.domain.assessment import Assessment
from kmmaturity.hooks import Form, Option

__all__ = ["ELSEWHERE", "FORMS"]


# Each module is imported at its first use: reading and checking have no need of any of them.
def _yaml(started: Assessment, previous: Assessment | None, *, schema: str | None) -> bytes:
    from kmmaturity.files.template import template

    return template(started, previous, schema=schema)


def _json(started: Assessment, previous: Assessment | None) -> bytes:  # noqa: ARG001  # JSON has no comments for it
    from kmmaturity.files.template import spelled_out
    from kmmaturity.files.writing import dump

    return dump(spelled_out(started), "json")


# What a package of ours brings, for whoever asks for it without having that.
ELSEWHERE = {"html": "kmmaturity-report"}

FORMS: tuple[Form, ...] = (
    Form(
        name="yaml",
        suffixes=(".kmm.yaml", ".yaml", ".yml"),
        summary="A file that explains itself: each question with its levels above a blank",
        render=_yaml,
        options=(Option("schema", "Where editors find the model's schema, as seen from the file"),),
    ),
    Form(name="json", suffixes=(".kmm.json", ".json"), summary="A blank for each question, for programs", render=_json),
)
