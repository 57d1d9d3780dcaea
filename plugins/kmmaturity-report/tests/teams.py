"""Teams to make pages of: empty, partial, full, two years, large with awkward text, and one that means harm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import evolve, frozen

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment, Benefit, Evidence, Priority, Rate, Score, State, Target
from kmmaturity.domain.model import (
    Level,
    MaturityModel,
    Measure,
    Outcome,
    Requirement,
    Scope,
    Standing,
    SubOutcome,
    Term,
)
from kmmaturity.domain.plan import Action, ActionPlan, Review, Status
from kmmaturity.domain.report import Report

__all__ = ["ATTACKS", "TEAMS", "Team"]

DAY = date(2026, 11, 24)
LONG = (
    "We have talked about this in two workshops and a knowledge café, and agree that most projects look for earlier "
    "work, though where depends on whom they know"
)
UNBROKEN = "https://intranet.example/" + "a-very-long-address-without-a-space/" * 6
SCRIPTS = (
    "Sharing what we know 🧑🏽‍💻🤝📚",
    "تبادل المعرفة بين الفرق (المستوى 2)",
    "לומדים לפני, תוך כדי ואחרי",
    "知識を共有し、次の人が使えるようにする",
    "Rannu eòlas, le sùim agus cùram",
)
# What would be markup, a script or an address to follow, were it not taken for text.
ATTACKS = (
    "</script><script>window.harmed = 1</script>",
    '<img src="x" onerror="window.harmed = 1">',
    '"><svg onload="window.harmed = 1">',
    "' onmouseover='window.harmed = 1",
    "</style><style>body { display: none }",
    "--><b>bold</b><!--",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "javascript:window.harmed = 1",
    "data:text/html,<script>window.harmed = 1</script>",
    "]]></title></textarea><plaintext>",
    'content: "a"; } @page { @top-left { content: "harm" } } \\22 \\a',
    "=HYPERLINK(\"http://harm.example\")",
    "\u202eevitartsulli\u202c \u2066left open",
    "&lt;b&gt; &amp;nbsp; &#x3c;i&#x3e;",
)  # fmt: skip


@frozen
class Team:
    """An assessment with the years before it."""

    assessment: Assessment
    previous: Assessment | None = None
    earlier: tuple[Assessment, ...] = ()

    def report(self, **options: object) -> Report:
        """The report that pages are made of."""
        return km.report(self.assessment, previous=self.previous, earlier=self.earlier, **options)  # type: ignore[arg-type]


def _partial() -> Assessment:
    team = km.example(year=1)
    kept = list(team.model.subs)[::2]
    return evolve(team, scores={sub: each for sub, each in team.scores.items() if sub in kept}, handling="OFFICIAL")


def _full() -> Assessment:
    team = km.example()
    for sub in team.model.subs:
        if team.state(sub) is not State.SCORED:
            team = team.with_score(sub, 0)
    return team


def _large(year: int) -> Assessment:
    model = _model()
    subs = list(model.subs)
    scores = {}
    for number, sub in enumerate(subs):
        if number % 11 == 7 + year:
            continue
        if number % 13 == 5:
            scores[sub] = Score(inapplicable=LONG)
            continue
        level = min((number * 7 + year * (number % 3)) % 4, model.highest(sub))
        evidence = [
            Evidence(LONG if number % 3 else SCRIPTS[number % 5], ref=UNBROKEN if number % 4 == 0 else None),
            Evidence("Twelve of fourteen", effect=SCRIPTS[(number + 1) % 5], dated=date(2026, 5, number % 28 + 1)),
        ]
        target = Target(min(level + 1, model.highest(sub))) if number < 10 else None
        scores[sub] = Score(level, rebaselined=LONG if number == 3 else None, evidence=evidence, target=target)
    actions = [
        Action(f"{LONG}: {status}", [subs[number]], f"a{number}", "Head of Knowledge", None, date(2027, 3, 1), status)
        for number, status in enumerate(Status)
    ]
    return Assessment(
        model=model,
        unit=["The Agency for " + "Very ".join([""] * 8) + "Long Names", SCRIPTS[1], SCRIPTS[0]],
        assessed=date(2025 + year, 11, 24),
        scope=Scope.ORGANISATION,
        handling="official-sensitive commercial",
        contact=SCRIPTS[2],
        notes=f"{LONG}\n\n{SCRIPTS[3]}",
        scores=scores,
        benefit={"o1": Benefit(Rate.HIGH, LONG), subs[7]: Benefit(Rate.NOT_NOW, SCRIPTS[1])},
        priorities=[Priority("o0", LONG), Priority(subs[7], SCRIPTS[2])],
        plan=ActionPlan(
            [Review(date(2027, 2, 24), date(2027, 2, 26), LONG), Review(date(2027, 5, 26)), Review(date(2026, 12, 1))],
            actions,
        ),
    )


def _model() -> MaturityModel:
    names = [f"o{number}" for number in range(8)]
    return MaturityModel(
        id="large",
        version="2026.1",
        title="A large model, with forty sub-outcomes and every script 📚",
        scale=[
            Level(n, title, LONG if n == 2 else None) for n, title in enumerate(("None", "Some", SCRIPTS[3], "All"))
        ],
        outcomes={
            name: Outcome(
                SCRIPTS[number % 5] if number % 2 else f"Outcome {number}: {LONG}",
                subs={f"s{inner}": _sub(number, inner) for inner in range(5)},
            )
            for number, name in enumerate(names)
        },
        publisher=SCRIPTS[4],
        adapted="https://example.org/the-model-that-it-was-adapted-from",
        status=Standing.DRAFT,
        licence="CC BY 4.0",
        support="mailto:km@example.org",
        principles={1: SCRIPTS[1], 2: LONG},
        glossary={"word": Term(SCRIPTS[1], LONG)},
    )


def _sub(number: int, inner: int) -> SubOutcome:
    needs = [Requirement(2, f"o{number - 1}.s{inner}", 2, LONG)] if number else []
    return SubOutcome(
        f"{SCRIPTS[(number + inner) % 5]}: {LONG}" if inner % 2 else SCRIPTS[inner],
        principles=[inner % 2 + 1],
        highest=2 if inner == 4 else None,
        levels={level: f"{LONG} ({level})" for level in range(4)},
        measures={level: [Measure(f"m{number}{inner}{level}", LONG)] for level in range(1, 4)},
        requires=needs,
    )


def _hostile() -> Assessment:
    """Every text of an assessment and of its model is an attack, each in its turn."""
    turn = iter(ATTACKS * 40)
    outcomes = {
        f"o{number}": Outcome(
            next(turn),
            next(turn),
            {
                f"s{inner}": SubOutcome(
                    next(turn),
                    next(turn),
                    next(turn),
                    [1],
                    levels={level: next(turn) for level in (0, 1, 2)},
                    measures={level: [Measure(f"m{number}{inner}{level}", next(turn))] for level in (1, 2)},
                    requires=[Requirement(2, f"o{number - 1}.s{inner}", 1, next(turn))] if number else [],
                )
                for inner in range(3)
            },
        )
        for number in range(3)
    }
    model = MaturityModel(
        id="hostile",
        version=next(turn),
        title=next(turn),
        scale=[Level(level, next(turn), next(turn)) for level in (0, 1, 2)],
        outcomes=outcomes,
        publisher=next(turn),
        adapted=next(turn),
        status=Standing.ILLUSTRATIVE,
        licence=next(turn),
        support="javascript:window.harmed = 1",
        principles={1: next(turn)},
    )
    scores = {
        sub: Score(
            number % 3,
            rebaselined=next(turn),
            evidence=[
                Evidence(next(turn), None, next(turn), next(turn), ref) for ref in (next(turn), f"javascript:{number}")
            ],
            target=Target(2),
        )
        for number, sub in enumerate(model.subs)
    }
    scores["o2.s2"] = Score(inapplicable=next(turn))
    return Assessment(
        model=model,
        unit=[next(turn), next(turn)],
        assessed=DAY,
        handling=next(turn),
        contact=next(turn),
        notes=next(turn),
        scores=scores,
        benefit={"o1": Benefit(Rate.HIGH, next(turn))},
        priorities=[Priority("o0", next(turn))],
        plan=ActionPlan(
            [Review(DAY, DAY, next(turn)), Review(date(2027, 1, 1))],
            [
                Action(next(turn), ["o0", "o1.s1"], "a", next(turn), next(turn), date(2027, 1, 1), status, next(turn))
                for status in Status
            ],
        ),
    )


TEAMS: Mapping[str, Team] = {
    "empty": Team(km.new(unit="A team that begins", assessed=DAY)),
    "partial": Team(_partial()),
    "full": Team(_full()),
    "two-years": Team(km.example(), km.example(year=1)),
    "large": Team(_large(1), _large(0), (evolve(_large(0), assessed=date(2024, 11, 20)),)),
    "hostile": Team(_hostile(), evolve(_hostile(), assessed=date(2025, 11, 24))),
}
