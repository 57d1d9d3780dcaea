"""The file that a team fills in: nothing but blanks and comments beside what is known, and right when it is filled in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from attrs import evolve
from hypothesis import given, settings

import kmmaturity as km
from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.model import Level, MaturityModel, Outcome, Scope, SubOutcome
from kmmaturity.files.document import Document
from kmmaturity.files.reading import read_assessment
from kmmaturity.files.template import spelled_out, template
from kmmaturity.testing.awkward import AWKWARD_TEXTS
from kmmaturity.testing.strategies import assessments

LAW = settings(max_examples=60, deadline=None)


def read(data: bytes, like: Assessment) -> Assessment:
    """The assessment in a file, which has to be read without a word."""
    found = read_assessment(Document("x.kmm.yaml", data), lambda _: like.model)
    assert found.findings == ()
    assert found.value is not None
    return found.value


@pytest.fixture
def new() -> Assessment:
    """A team that has scored nothing yet."""
    return km.new(unit=["An Agency", "A team, of many"], scope="team", assessed=date(2026, 11, 24))


def uncommented(text: str) -> str:
    """`text` with every sample in use: a line that begins with # and not with a comment's single space."""
    return re.sub(r"^#(?! \S)", "", text, flags=re.MULTILINE)


@LAW
@given(assessments())
def test_reads_back(assessment: Assessment) -> None:
    """Whatever the model and the answers say, the file reads back as they are, with a blank for what was left out."""
    assert read(template(assessment), assessment) == spelled_out(assessment)


@LAW
@given(assessments())
def test_last_time_is_a_comment(assessment: Assessment) -> None:
    """Last time's answers change nothing in what the file says."""
    assert read(template(assessment, assessment), assessment) == spelled_out(assessment)


def test_spelled_out(new: Assessment) -> None:
    """An answer is blank where there was none, and stays where there was one."""
    scored = new.with_score("learning.before", 0)
    every = spelled_out(scored)
    assert list(every.scores) == list(new.model.subs)
    assert all(every.answer(sub) == scored.answer(sub) for sub in new.model.subs)


def test_checks_clean(new: Assessment) -> None:
    """A new file has nothing wrong with it but that nothing is assessed yet."""
    assert [each.code for each in km.check(template(new))] == ["KMM205"]


def test_every_question_is_there(new: Assessment) -> None:
    """Each sub-outcome stands below its title, its question and its levels in words, blank."""
    text = template(new).decode()
    flat = " ".join(re.sub(r"^ *# *", "", line) for line in text.splitlines())
    flat = " ".join(flat.split())
    for outcome in new.model.outcomes.values():
        assert f"# {outcome.title.upper()}\n" in text
    for sub, value in new.model.subs.items():
        assert f"  # {value.title}\n" in text
        assert " ".join((value.question or "").split()) in flat
        assert all(f"{level}: {' '.join(wording.split())}" in flat for level, wording in value.levels.items())
        assert re.search(rf"^  {re.escape(sub)}:\n    score:\n    evidence:.*\n    target:\n", text, re.MULTILINE)


def test_width(new: Assessment) -> None:
    """No line is longer than 100 columns."""
    assert max(map(len, template(new).decode().splitlines())) <= 100


def test_three_lines_of_help(new: Assessment) -> None:
    """The file begins with three lines on how to fill it in, and then says what it is."""
    lines = template(new).decode().splitlines()
    assert [line[:1] for line in lines[:4]] == ["#", "#", "#", "k"]
    for word in ("score", "evidence", "target", "not assessed", "inapplicable"):
        assert word in " ".join(lines[:3])


def test_notes_say_what_to_write(new: Assessment) -> None:
    """The sample of notes is a text of its own below words on what to write; notes that are there take their place."""
    text = template(new).decode()
    question, *sample = text[text.index("# Who took part") : text.index("scores:")].splitlines()
    assert "your own words" in question
    assert all(line.startswith("#") for line in sample)
    assert km.load(uncommented(text).encode()).notes == " ".join(line[1:].strip() for line in sample[1:])
    assert "# Who took part" not in template(evolve(new, notes="All of us")).decode()


def test_samples_stay_right_beside_what_commands_add(new: Assessment, tmp_path: Path) -> None:
    """What a command adds stands below the key that the file has, so that each sample can still be put to use."""
    path = tmp_path / "team.kmm.yaml"
    path.write_bytes(template(new))
    team = km.load(path)
    changed = team.with_priority("culture", "Aim 1").with_benefit("culture", "some").with_action("Ask").with_review(
        date(2027, 1, 1)
    )  # fmt: skip
    km.update(path, changed)
    text = path.read_text("utf-8")
    assert km.load(path) == changed
    assert [line for line in template(new).decode().splitlines() if "#" in line and line not in text] == []
    found = km.load(uncommented(text).encode())
    assert [each.outcome for each in found.priorities] == ["culture", "leadership"]
    assert list(found.benefit) == ["culture", "leadership"]
    assert (len(found.plan.actions), len(found.plan.reviews)) == (2, 3)


def test_outcomes_may_be_called_as_parts_of_the_file() -> None:
    """A model whose outcomes are called plan, reviews or actions has samples that are right as well."""
    subs = {"s": SubOutcome("S", levels={0: "no", 1: "yes"})}
    for name in ("actions", "reviews", "plan", "priorities"):
        model = MaturityModel(
            id="m", version="1", title="M", scale=[Level(0, "no"), Level(1, "yes")], outcomes={name: Outcome("O", subs=subs)}
        )  # fmt: skip
        team = km.new(model, unit="A team", assessed=date(2026, 1, 1))
        assert read(template(team), team) == spelled_out(team)
        found = read(uncommented(template(team).decode()).encode(), team)
        assert (list(found.benefit), len(found.priorities), len(found.plan.actions)) == ([name], 1, 1)


@pytest.mark.parametrize("scope", list(Scope))
def test_samples_are_right(scope: Scope, new: Assessment) -> None:
    """With every sample's # taken away, the file still has nothing wrong with it, and says what the samples say."""
    text = uncommented(template(evolve(new, scope=scope)).decode())
    assert [each.code for each in km.check(text.encode()) if each.severity.name != "INFO"] == []
    found = km.load(text.encode())
    assert found.notes
    assert len(found.priorities) == len(found.benefit) == len(found.plan.actions) == 1
    assert [review.due for review in found.plan.reviews] == [date(2027, 2, 23), date(2027, 5, 25)]


def test_scope(new: Assessment) -> None:
    """A question for other scopes says whom it is for, when the unit's own scope is known."""
    asked = "(Asked of a directorate or organisation. You score as a team"
    assert asked in template(new).decode()
    for scope in (Scope.ORGANISATION, None):
        assert asked not in template(evolve(new, scope=scope)).decode()


def test_last_time(new: Assessment) -> None:
    """Beside each question stands what was said of it last time, in words, with the target."""
    text = template(new, km.example()).decode()
    assert "  # Last time, 2026-11-24: 1, Starting. The target then: 2.\n  assets.capture:\n" in text
    assert "  # Last time, 2026-11-24: not applicable.\n  leadership.sponsorship:\n" in text
    assert "Last time" not in template(new).decode()


def test_what_is_known_stays(new: Assessment) -> None:
    """Answers, priorities and plan that are there already stand as they are, without a sample beside them."""
    team = km.example()
    text = template(team).decode()
    assert not re.search(r"^#(?! \S)", text, re.MULTILINE)
    assert read(text.encode(), team) == spelled_out(team)
    part = template(new.with_target("learning.before", 2)).decode()
    assert "  learning.before:\n    score:\n    target: 2\n    evidence:\n" in part


def test_answers_beyond_the_model(new: Assessment) -> None:
    """An answer that the model does not ask for stays in the file, apart, and says so."""
    odd = evolve(new, scores={"learning.other": km.example().answer("learning.before")})
    text = template(odd).decode()
    assert text.index("starter@1.0 does not ask this") > text.index("capability.toolkit:")
    assert read(text.encode(), odd) == spelled_out(odd)


@pytest.mark.parametrize("text", [*AWKWARD_TEXTS, "a\r\nscores: {}", "x\u2028y: 1", "nul\x00", "\x1b[2J", "\ud83d"])
def test_text_stays_in_its_comment(text: str) -> None:
    """Nothing that a model says can leave its comment, or bring in what YAML or an editor stumbles over."""
    model = MaturityModel(
        id="m", version="1", title=text, scale=[Level(0, text), Level(1, text)],
        outcomes={"o": Outcome(text, subs={"s": SubOutcome(text, question=text, levels={0: text})})},
    )  # fmt: skip
    team = km.new(model, unit="A team", assessed=date(2026, 1, 1))
    content = template(team, team.with_score("o.s", 1))
    assert read(content, team) == spelled_out(team)
    plain = yaml.safe_load(content)  # any YAML reader takes it for the same
    assert plain["scores"] == {"o.s": {"score": None, "evidence": None, "target": None}}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", content.decode())


def test_last_days_of_the_calendar(new: Assessment) -> None:
    """Samples on the last day that there is are dated that day, rather than ending the run."""
    assert b"due: 9999-12-31" in template(evolve(new, assessed=date(9999, 12, 31)))
