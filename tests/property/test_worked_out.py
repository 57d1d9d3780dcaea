"""The law: what a report works out from its rows is what is worked out from the assessment, whatever was left out."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from kmmaturity.domain.assessment import Assessment
from kmmaturity.domain.outlook import outlook
from kmmaturity.domain.profile import profile
from kmmaturity.domain.redaction import REDACTABLE, bare
from kmmaturity.domain.report import redacted, report
from kmmaturity.testing.strategies import assessments


@given(value=assessments(), parts=st.sets(st.sampled_from(REDACTABLE)), later=st.sets(st.sampled_from(REDACTABLE)))
def test_worked_out(value: Assessment, parts: set[str], later: set[str]) -> None:
    """Profile, outcomes and outlook follow from the answers alone, which are all there however a report is redacted."""
    before = evolve(value, assessed=value.assessed.replace(day=1), scores=dict(list(value.scores.items())[:2]))
    shown = redacted(report(value, previous=before, redact=parts), later)
    assert shown.profile == profile(value)
    assert [each.tally for each in shown.outcomes] == list(profile(value).groups.values())
    assert shown.outlook == outlook(bare(value), previous=bare(before))
