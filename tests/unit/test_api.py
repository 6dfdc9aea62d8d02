"""The programming interface: typed answers for texts, files and expressions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import checker
from checker import judge_expression, judge_file, judge_text
from checker.domain.freedoms import Category, Freedom, Outcome, Verdict
from checker.errors import InputRefused, UsageProblem

GRANT = "Anyone may use, copy, modify and distribute this work for any purpose."


def test_a_text_is_judged():
    judgement = judge_text(GRANT)
    assert judgement.verdict is Verdict.OPEN
    assert judgement.category is Category.PERMISSIVE
    assert judgement.passed
    assert judgement.name == "-"
    assert judgement.freedoms[Freedom.USE].outcome is Outcome.GRANTED
    assert judgement.concluded
    assert judgement.concluded.startswith("LicenseRef-unknown-")


def test_evidence_carries_the_name_given():
    judgement = judge_text(GRANT, name="LICENSE")
    assert {found.source for clause in judgement.clauses for found in clause.evidence} == {"LICENSE"}


def test_a_file_is_judged(root: Path):
    judgement = judge_file(root / "LICENSE")
    assert judgement.concluded == "Apache-2.0"
    assert judgement.matches[0].score == 1.0
    assert judgement.sha256


def test_a_file_that_cannot_be_read_has_errors_and_does_not_pass():
    judgement = judge_file("no/such/file")
    assert judgement.errors
    assert not judgement.passed
    assert judgement.verdict is Verdict.UNKNOWN


def test_an_expression_is_judged_and_its_choice_named():
    judgement = judge_expression("GPL-3.0-only OR MIT")
    assert judgement.verdict is Verdict.OPEN
    assert judgement.alternative in {"MIT", "GPL-3.0-only"}
    assert judge_expression("LicenseRef-nobody-knows").verdict is Verdict.UNKNOWN


def test_what_is_no_expression_is_refused():
    with pytest.raises(InputRefused):
        judge_expression("MIT AND (")


def test_a_policy_is_named_or_refused():
    assert judge_text(GRANT, policy="osd").passed
    with pytest.raises(UsageProblem):
        judge_text(GRANT, policy="no-such-policy")


def test_the_day_is_an_argument():
    assert judge_text(GRANT, as_of=date(2020, 1, 1)).passed


def test_known_texts_can_be_left_out(root: Path):
    text = (root / "LICENSE").read_text(encoding="utf-8")
    cold = judge_text(text, identify=False)
    assert cold.matches == ()
    assert cold.concluded
    assert cold.concluded.startswith("LicenseRef-unknown-")


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError):
        checker.judge_nothing  # noqa: B018
