"""The page itself: its markup, its styles, its script and its data, in one file that asks for nothing else."""

from __future__ import annotations

from attrs import frozen

from kmmaturity.domain.assessment import Assessment, Rate, Score
from kmmaturity.domain.model import Measure, Scope, SubOutcome
from kmmaturity.domain.plan import Status
from kmmaturity.domain.report import PURPOSE, STANDINGS
from kmmaturity_report.form.bundle import script
from kmmaturity_report.form.contents import contents
from kmmaturity_report.pages import environment, policy
from kmmaturity_report.theme import stylesheet, themed

__all__ = ["render"]

# Beyond the policy of every page: what the script is held to by Chromium, so that no text can become markup.
SCRIPTED = "connect-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"


@frozen
class Question:
    """One sub-outcome as the page asks it. `number` tells its controls from the others'."""

    number: int
    sub: str
    asked: SubOutcome
    levels: tuple[tuple[int, str, str | None], ...]
    measures: tuple[tuple[int, tuple[Measure, ...]], ...]
    last: Score | None


def render(started: Assessment, previous: Assessment | None = None, **look: str | None) -> bytes:
    """The form that begins with `started`, beside what was said in `previous`: the same bytes for the same values.

    `look` is the name, the colour and the logo of `themed`, which says what it raises.
    """
    model, theme = started.model, themed(**look)
    style = stylesheet("form/form.css") + theme.tokens
    template = environment().get_template("form/page.html.j2")
    page = template.render(
        policy=f"{policy(styles=[style], scripts=[script()])}; {SCRIPTED}",
        style=style,
        script=script(),
        contents=contents(started, previous),
        theme=theme,
        model=model,
        started=started,
        previous=previous,
        questions=_by_outcome(started, previous),
        purpose=PURPOSE,
        standing=STANDINGS[model.status],
        scopes=tuple(map(str, Scope)),
        rates=tuple(map(str, Rate)),
        statuses=tuple(map(str, Status)),
    )
    return page.encode("utf-8", "replace")


def _by_outcome(started: Assessment, previous: Assessment | None) -> dict[str, tuple[Question, ...]]:
    numbers = {sub: number for number, sub in enumerate(started.model.subs, 1)}
    return {
        name: tuple(_question(started, previous, sub, numbers[sub]) for sub in started.model.within(name))
        for name in started.model.outcomes
    }


def _question(started: Assessment, previous: Assessment | None, sub: str, number: int) -> Question:
    model = started.model
    value = model.subs[sub]
    known = previous is not None and sub in previous.model.subs
    return Question(
        number=number,
        sub=sub,
        asked=value,
        levels=tuple((level, model.level_title(level), value.levels.get(level)) for level in model.levels_of(sub)),
        measures=tuple(sorted(value.measures.items())),
        last=previous.answer(sub) if previous is not None and known else None,
    )
