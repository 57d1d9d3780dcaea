"""Editing in place: what changes in the text when an answer changes, line by line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from difflib import unified_diff

import pytest
from attrs import evolve

from kmmaturity.builtin.models import example, installed
from kmmaturity.domain.assessment import Assessment, Suppression
from kmmaturity.errors import CannotWrite
from kmmaturity.files.document import Document
from kmmaturity.files.editing import edit
from kmmaturity.files.reading import read_assessment
from kmmaturity.files.source import Source, Syntax
from kmmaturity.files.writing import digest, dump

Change = Callable[[Assessment], Assessment]
STARTER = installed("starter@1.0")

# As the design has it, and as people write: comments, short forms, blanks, braces.
SAMPLE = """\
# yaml-language-server: $schema=...
kmmaturity: 1
model: starter@1.0
unit:                                 # largest first, one line each: names contain commas
  - UK Example Agency
  - Science, Data and Surveillance Directorate
scope: directorate                    # team, directorate or organisation
assessed: 2026-11-24
previous: 2025-11-20-science.kmm.yaml
notes: >-
  Workshop, nine of fourteen people: scored alone first, then agreed together.

# What we agreed
scores:
  learning.before:
    score: 1
    rebaselined: Last year we counted intentions, not practice.
    evidence:
      - Two of nine projects looked for earlier work first
      - note: Start-up checklist, used by three teams
        measure: start-up-check       # or: alternative: in place of a formal review
        effect: Two duplicate studies avoided
    target: 2                         # a year after `assessed`, unless {level: 2, by: 2027-09-30}
  learning.after:
    score: 3
    target: 3                         # staying put is a target
    evidence: [Weekly debrief]
    # Ask Rivers how they do it
  communities.social:
    inapplicable: Run by the staff association, open to all
  culture.development-talks:
    score:                            # blank or left out: not assessed yet
  assets.care: {score: 0}   # nothing yet
benefit:                              # where improving would help the business most
  learning: high
  culture.development-talks: {rate: not-now, because: The HR review ends in 2028}
priorities:                           # one or two outcomes
  - outcome: learning
    because: Business plan aim 2
plan:
  reviews:
    - {due: 2027-02-24, held: 2027-02-26, note: On course}
    - due: 2027-05-26
  actions:
    - id: start-up-question
      action: Put "what do we know already?" into the start-up template
      towards: [learning.before, assets.reuse]
      due: 2027-04-30
      status: under-way               # idea, planned, under-way, done, set-aside
ignore:
  - {rule: score-without-evidence, outcome: learning.after, because: Held in the case system}
"""


def read(text: str, path: str = "x.kmm.yaml") -> Assessment:
    """The assessment that `text` says."""
    found = read_assessment(Document(path, text.encode()), lambda _: STARTER)
    assert found.value is not None, found.findings
    return found.value


def edited(text: str, change: Change, syntax: Syntax = "yaml") -> str:
    """`text` after a change, which it has to say."""
    path = f"x.kmm.{syntax}"
    before = read(text, path)
    after = change(before)
    new = edit(Source(path, text, syntax), before, after)
    assert read(new, path) == after
    return new


def differences(text: str, change: Change, syntax: Syntax = "yaml") -> str:
    """The lines that a change takes from `text` (`- `) and adds to it (`+ `)."""
    told = list(unified_diff(text.splitlines(), edited(text, change, syntax).splitlines(), n=0))[2:]
    return "\n".join(f"{line[0]} {line[1:]}" for line in told if not line.startswith("@"))


CASES: dict[str, tuple[Change, str]] = {
    "another score": (
        lambda a: a.with_score("learning.before", 2),
        """
-     score: 1
+     score: 2""",
    ),
    "a blank score filled, its comment in its column": (
        lambda a: a.with_score("culture.development-talks", 2),
        """
-     score:                            # blank or left out: not assessed yet
+     score: 2                          # blank or left out: not assessed yet""",
    ),
    "a score within braces": (
        lambda a: a.with_score("assets.care", 1),
        """
-   assets.care: {score: 0}   # nothing yet
+   assets.care: {score: 1}   # nothing yet""",
    ),
    "the first score of a sub-outcome": (
        lambda a: a.with_score("assets.reuse", 0),
        """
+   assets.reuse:
+     score: 0""",
    ),
    "a score taken back leaves its key": (
        lambda a: a.without_score("learning.before"),
        """
-     score: 1
+     score:""",
    ),
    "a score within braces taken back": (
        lambda a: a.without_score("assets.care"),
        """
-   assets.care: {score: 0}   # nothing yet
+   assets.care: {}   # nothing yet""",
    ),
    "a reason taken back leaves a score to give": (
        lambda a: a.without_score("communities.social"),
        """
-     inapplicable: Run by the staff association, open to all
+     score:""",
    ),
    "a score becomes a reason": (
        lambda a: a.with_inapplicable("learning.before", "Others do this: for all of us"),
        """
-     score: 1
+     inapplicable: "Others do this: for all of us\"""",
    ),
    "a blank score becomes a reason": (
        lambda a: a.with_inapplicable("culture.development-talks", "Not ours"),
        """
-     score:                            # blank or left out: not assessed yet
+     inapplicable: Not ours            # blank or left out: not assessed yet""",
    ),
    "a score within braces becomes a reason": (
        lambda a: a.with_inapplicable("assets.care", "Done, and for all, by others"),
        """
-   assets.care: {score: 0}   # nothing yet
+   assets.care: {inapplicable: "Done, and for all, by others"}   # nothing yet""",
    ),
    "a reason becomes a score": (
        lambda a: a.with_score("communities.social", 3),
        """
-     inapplicable: Run by the staff association, open to all
+     score: 3""",
    ),
    "a long reason is folded": (
        lambda a: a.with_inapplicable("learning.before", "words " * 20 + "end"),
        """
-     score: 1
+     inapplicable: >-
+       words words words words words words words words words words words words words words words
+       words words words words words end""",
    ),
    "evidence in a list of lines": (
        lambda a: a.with_evidence("learning.before", "Third: with a colon, and #hash"),
        """
+       - "Third: with a colon, and #hash\"""",
    ),
    "evidence within brackets": (
        lambda a: a.with_evidence("learning.after", "Notes, kept", effect="No meeting twice", dated=date(2026, 9, 1)),
        """
-     evidence: [Weekly debrief]
+     evidence: [Weekly debrief, {note: "Notes, kept", effect: No meeting twice, dated: 2026-09-01}]""",
    ),
    "the first evidence in braces": (
        lambda a: a.with_evidence("assets.care", "A list: of lists"),
        """
-   assets.care: {score: 0}   # nothing yet
+   assets.care: {score: 0, evidence: ["A list: of lists"]}   # nothing yet""",
    ),
    "the first evidence": (
        lambda a: a.with_evidence("culture.development-talks", "One", "Two"),
        """
+     evidence:
+       - One
+       - Two""",
    ),
    "a target moved": (
        lambda a: a.with_target("learning.before", 3),
        """
-     target: 2                         # a year after `assessed`, unless {level: 2, by: 2027-09-30}
+     target: 3                         # a year after `assessed`, unless {level: 2, by: 2027-09-30}""",
    ),
    "a target dated": (
        lambda a: a.with_target("learning.after", 3, date(2027, 9, 30)),
        """
-     target: 3                         # staying put is a target
+     target: {level: 3, by: 2027-09-30} # staying put is a target""",
    ),
    "a target within braces": (
        lambda a: a.with_target("assets.care", 1, date(2027, 9, 30)),
        """
-   assets.care: {score: 0}   # nothing yet
+   assets.care: {score: 0, target: {level: 1, by: 2027-09-30}}   # nothing yet""",
    ),
    "the first target, before the comment that follows": (
        lambda a: a.with_target("communities.social", 1),
        """
+     target: 1""",
    ),
    "a target taken away": (
        lambda a: a.with_target("learning.before", None),
        """
-     target: 2                         # a year after `assessed`, unless {level: 2, by: 2027-09-30}""",
    ),
    "another priority": (
        lambda a: a.with_priority("assets"),
        """
+   - assets""",
    ),
    "another reason for a priority": (
        lambda a: a.with_priority("learning", "Aim 3"),
        """
-     because: Business plan aim 2
+     because: Aim 3""",
    ),
    "a benefit rated again": (
        lambda a: a.with_benefit("learning", "some"),
        """
-   learning: high
+   learning: some""",
    ),
    "a benefit with a reason": (
        lambda a: a.with_benefit("learning", "some", "It is: so"),
        """
-   learning: high
+   learning:
+     rate: some
+     because: "It is: so\"""",
    ),
    "a benefit within braces without its reason": (
        lambda a: a.with_benefit("culture.development-talks", "low"),
        """
-   culture.development-talks: {rate: not-now, because: The HR review ends in 2028}
+   culture.development-talks: {rate: low}""",
    ),
    "a review held": (
        lambda a: a.with_review(date(2027, 5, 26), held=date(2027, 5, 27), note="On course"),
        """
+       held: 2027-05-27
+       note: On course""",
    ),
    "a review before the others": (
        lambda a: a.with_review(date(2027, 1, 12)),
        """
+     - due: 2027-01-12""",
    ),
    "an action": (
        lambda a: a.with_action("Try a pause", towards="learning.during", owner="Project Lead"),
        """
+     - action: Try a pause
+       towards:
+         - learning.during
+       owner: Project Lead""",
    ),
    "a field in the middle of an action gone": (
        lambda a: evolve(a, plan=evolve(a.plan, actions=[evolve(a.plan.actions[0], due=None)])),
        """
-       due: 2027-04-30""",
    ),
    "the field beside the dash gone": (
        lambda a: evolve(a, plan=evolve(a.plan, actions=[evolve(a.plan.actions[0], id=None)])),
        """
-     - id: start-up-question
-       action: Put "what do we know already?" into the start-up template
+     - action: Put "what do we know already?" into the start-up template""",
    ),
    "a name out of brackets": (
        lambda a: evolve(a, plan=evolve(a.plan, actions=[evolve(a.plan.actions[0], towards=["assets.reuse"])])),
        """
-       towards: [learning.before, assets.reuse]
+       towards: [assets.reuse]""",
    ),
    "a section gone": (
        lambda a: evolve(a, priorities=()),
        """
- priorities:                           # one or two outcomes
-   - outcome: learning
-     because: Business plan aim 2""",
    ),
    "a section not there yet": (
        lambda a: evolve(a, handling="OFFICIAL"),
        """
+ handling: OFFICIAL""",
    ),
    "other notes": (
        lambda a: evolve(a, notes="First\nthen"),
        """
- notes: >-
-   Workshop, nine of fourteen people: scored alone first, then agreed together.
+ notes: |-
+   First
+   then""",
    ),
    "another unit": (
        lambda a: evolve(a, unit=["UK Example Agency", "Data: and more"]),
        """
-   - Science, Data and Surveillance Directorate
+   - "Data: and more\"""",
    ),
    "an answer gone, the comment below it kept": (
        lambda a: evolve(a, scores=a.scores.without("communities.social")),
        """
-   communities.social:
-     inapplicable: Run by the staff association, open to all""",
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES.keys())
def test_cases(change: Change, expected: str, newline: str) -> None:
    """One change touches the lines that it is about and no others, whatever the line endings."""
    text = SAMPLE.replace("\n", newline)
    assert differences(text, change) == expected.removeprefix("\n")
    assert edited(text, change).count("\n") == edited(text, change).count(newline)


SMALL = """\
kmmaturity: 1
model: starter@1.0
unit:
- A team
assessed: 2026-11-24
scores:
  learning.before:
"""


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        pytest.param(
            SMALL,
            lambda a: a.with_score("learning.before", 1),
            "+     score: 1",
            id="an entry that is all blank",
        ),
        pytest.param(
            SMALL.removesuffix("  learning.before:\n"),
            lambda a: a.with_score("learning.before", 1),
            "+   learning.before:\n+     score: 1",
            id="a section that is all blank",
        ),
        pytest.param(
            SMALL.replace("  learning.before:\n", "  learning.before: ~ # later\n"),
            lambda a: a.with_score("learning.before", 1),
            "-   learning.before: ~ # later\n+   learning.before: # later\n+     score: 1",
            id="a tilde with a comment",
        ),
        pytest.param(
            SMALL.replace("before:\n", "before: {score: , target: 1}"),
            lambda a: a.with_score("learning.before", 1),
            "-   learning.before: {score: , target: 1}\n+   learning.before: {score: 1, target: 1}",
            id="a blank in braces",
        ),
        pytest.param(
            SMALL.replace("before:\n", "before: {score, target: 1}"),
            lambda a: a.with_score("learning.before", 1),
            "-   learning.before: {score, target: 1}\n+   learning.before: {score: 1, target: 1}",
            id="a key without a colon in braces",
        ),
        pytest.param(
            SMALL.replace(
                "before:\n", "before:\n    target: {\n      level: 1, # soon\n      by: 2027-01-01,\n    }\n"
            ),
            lambda a: a.with_target("learning.before", 2, date(2027, 2, 2)),
            "-       level: 1, # soon\n-       by: 2027-01-01,\n+       level: 2, # soon\n+       by: 2027-02-02,",
            id="braces over several lines",
        ),
        pytest.param(
            SMALL.replace("before:\n", "before:\n    evidence: [\n      one, # first\n    ]\n"),
            lambda a: a.with_evidence("learning.before", "two"),
            "+       two,",
            id="brackets over several lines",
        ),
        pytest.param(
            SMALL,
            lambda a: evolve(a, unit=["An agency", "A team"]),
            "+ - An agency",
            id="a list without indent",
        ),
        pytest.param(
            SMALL.removesuffix("\n"),
            lambda a: evolve(a, notes="two\nlines\n"),
            "+ notes: |\n+   two\n+   lines",
            id="a file that does not end its last line",
        ),
        pytest.param(
            SMALL.replace("unit", "notes: |+\n  kept\n\n\nunit"),
            lambda a: evolve(a, notes="gone"),
            "- notes: |+\n-   kept\n- \n- \n+ notes: gone",
            id="a text that keeps its blank lines",
        ),
        pytest.param(
            SMALL.replace("before:\n", "before:\n    evidence:\n    - one\n      # about one\n  # about others\n"),
            lambda a: a.with_evidence("learning.before", "long " * 30 + "end"),
            f"+     - >-\n+       {'long ' * 18}long\n+       {'long ' * 11}end",
            id="a folded text does not take in the comments around it",
        ),
        pytest.param(
            SMALL.replace("before:\n", "before:\n    evidence:\n    - one\n        # about one\n"),
            lambda a: evolve(a, scores=a.scores.without("learning.before")).with_evidence(
                "learning.before", "word " * 30 + "end"
            ),
            f"-     - one\n+     - {'word ' * 30}end",
            id="a text that would run into a comment stays on its line",
        ),
        pytest.param(
            SMALL.replace(
                "before:\n", "before:\n    score: 1\n    target: 2\n      # about the target\n    # about all\n"
            ),
            lambda a: a.with_target("learning.before", None),
            "-     target: 2\n-       # about the target",
            id="the comment under what is taken away goes with it",
        ),
        pytest.param(
            SMALL.replace("  learning.before:", "  learning.before: {}"),
            lambda a: a.with_evidence("learning.before", "Some"),
            "-   learning.before: {}\n+   learning.before:\n+     evidence:\n+       - Some",
            id="empty braces",
        ),
        pytest.param(
            SMALL.replace("  learning.before:", "  'learning.before' :  {score:   1}"),
            lambda a: a.with_score("learning.before", 2),
            "-   'learning.before' :  {score:   1}\n+   'learning.before' :  {score:   2}",
            id="a quoted key and odd spaces",
        ),
        pytest.param(
            SMALL.replace("model", "digest: sha256:00\nmodel"),
            lambda a: a.with_score("learning.before", 1),
            "+     score: 1",
            id="a digest is left alone",
        ),
    ],
)
def test_corners(text: str, change: Change, expected: str) -> None:
    """Blanks, odd layouts and comments in awkward places are met line by line, too."""
    assert differences(text, change) == expected


# Every change on every layout


@pytest.mark.parametrize("layout", ["ours", "json", "one line", "tabs"])
@pytest.mark.parametrize("change", [change for change, _ in CASES.values()], ids=CASES.keys())
def test_on_other_layouts(change: Change, layout: str) -> None:
    """Whatever changes in the sample can change in what `dump` wrote, and in JSON however it is laid out."""
    sample = read(SAMPLE)
    data = json.loads(dump(sample, "json"))
    text = {
        "ours": dump(sample, "yaml").decode(),
        "json": dump(sample, "json").decode(),
        "one line": json.dumps(data),
        "tabs": json.dumps(data, indent="\t", ensure_ascii=False),
    }[layout]
    edited(text, change, "yaml" if layout == "ours" else "json")


def test_one_year_into_the_next() -> None:
    """The first example can be edited into the second, all of it, and keeps its own comments."""
    first, second = example(1), example(2)
    before, after = read(first.data.decode()), read(second.data.decode())
    text = edit(first.source, before, after)
    assert read(text) == after
    assert [line for line in first.source.text.splitlines() if line.startswith("#")] == [
        line for line in text.splitlines() if line.startswith("#")
    ]


# JSON

PRETTY = """\
{
    "kmmaturity": 1,
    "model": "starter@1.0",
    "unit": ["A team"],
    "assessed": "2026-11-24",
    "scores": {
        "learning.before": {"score": 1},
        "learning.after": {
            "score": 2
        }
    }
}
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            lambda a: a.with_score("learning.before", 2),
            '-         "learning.before": {"score": 1},\n+         "learning.before": {"score": 2},',
            id="a score",
        ),
        pytest.param(
            lambda a: a.with_target("learning.before", 2),
            '-         "learning.before": {"score": 1},\n'
            '+         "learning.before": {"score": 1, "target": {"level": 2}},',
            id="a field on the same line",
        ),
        pytest.param(
            lambda a: a.with_evidence("learning.after", "Ünï “quoted”\nlines"),
            '-             "score": 2\n+             "score": 2,\n+             "evidence": [\n+                 {\n'
            '+                     "note": "Ünï “quoted”\\nlines"\n+                 }\n+             ]',
            id="a field on lines of its own",
        ),
        pytest.param(
            lambda a: a.without_score("learning.before"),
            '-         "learning.before": {"score": 1},\n+         "learning.before": {},',
            id="a score taken back",
        ),
        pytest.param(
            lambda a: evolve(a, ignore=[Suppression("plan", "Later")]),
            '-     }\n+     },\n+     "ignore": [\n+         {\n'
            '+             "rule": "plan",\n+             "because": "Later"\n+         }\n+     ]',
            id="a section",
        ),
    ],
)
def test_json(change: Change, expected: str) -> None:
    """JSON keeps its indent, and what shares a line goes on sharing it."""
    assert differences(PRETTY, change, "json") == expected


def test_compact_json_stays_compact() -> None:
    """JSON on one line without spaces stays so."""
    text = json.dumps(json.loads(PRETTY), separators=(",", ":"))
    new = edited(text, lambda a: a.with_target("learning.before", 2), "json")
    assert '{"score":1,"target":{"level":2}}' in new


# What is left alone, and what is refused


def test_nothing_changed() -> None:
    """A text that says it already stays the same, to the character."""
    before = read(SAMPLE)
    assert edit(Source("x", SAMPLE, "yaml"), before, before) == SAMPLE


def test_the_model_is_named_anew_when_it_changed() -> None:
    """Another model is named in the file, and its digest replaces the old one where there is one."""
    before = read(SMALL)
    other = evolve(STARTER, version="1.1")
    after = evolve(before, model=other)
    assert "model: starter@1.1\nunit" in edit(Source("x", SMALL, "yaml"), before, after)
    pinned = SMALL.replace("unit", f"digest: {digest(STARTER)}\nunit")
    assert f"model: starter@1.1\ndigest: {digest(other)}\nunit" in edit(Source("x", pinned, "yaml"), before, after)


def test_a_pin_that_differs_is_left_alone() -> None:
    """A file written against an older version of the model still says so after a change."""
    text = SMALL.replace("starter@1.0", "starter@0.9")
    before = read(text)
    assert "model: starter@0.9\n" in edit(Source("x", text, "yaml"), before, before.with_score("learning.before", 1))


def test_what_cannot_be_done_in_place_is_refused() -> None:
    """A mapping without braces within brackets cannot grow; the refusal names the file, the place and the way out."""
    text = SMALL.replace("before:\n", "before:\n    evidence: [note: one]\n")
    before = read(text)
    first = before.scores["learning.before"].evidence[0]
    scores = before.scores.with_item(
        "learning.before", evolve(before.scores["learning.before"], evidence=[evolve(first, ref="r")])
    )
    with pytest.raises(CannotWrite) as caught:
        edit(Source("team.kmm.yaml", text, "yaml"), before, evolve(before, scores=scores))
    assert str(caught.value) == (
        "team.kmm.yaml: /scores/learning.before/evidence cannot be changed in place, because of how the file is "
        "laid out there; save the assessment under another name"
    )


def test_a_change_that_would_break_the_text_is_refused() -> None:
    """A key written with a question mark cannot be left without its value; the file is not touched."""
    text = SMALL.replace("before:\n", "before:\n    ? score\n    : 1\n")
    before = read(text)
    with pytest.raises(CannotWrite, match=r"^x: /scores/learning\.before/score cannot be changed in place"):
        edit(Source("x", text, "yaml"), before, before.without_score("learning.before"))


def test_a_list_in_the_place_of_a_mapping_is_refused() -> None:
    """A text that is not what the assessment was read from is refused, and not written over."""
    before = read(SMALL)
    with pytest.raises(CannotWrite, match="cannot be changed in place"):
        edit(Source("x", "- a\n", "yaml"), before, before)


def test_half_a_character_is_refused() -> None:
    """Text that no file can hold is refused as such, and not as a matter of layout."""
    before = read(SMALL)
    with pytest.raises(CannotWrite, match="half a character"):
        edit(Source("x", SMALL, "yaml"), before, evolve(before, notes="\ud83d"))
