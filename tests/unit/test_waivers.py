"""Entries of a policy that were not needed, and licenses stated by hand."""

from __future__ import annotations

from datetime import date

import pytest

from checker.domain.freedoms import Level, Verdict
from checker.domain.judgement import Finding, Judgement, SubjectError
from checker.domain.policy import Clarification, Policy, Waiver
from checker.evaluate import clarification_for, conclude, idle_entries
from checker.evaluate.waivers import CLARIFY_UNUSED, UNUSED

HASH = "a" * 64
AS_OF = date(2026, 11, 22)


def policy(*, waivers: tuple[Waiver, ...] = (), clarify: tuple[Clarification, ...] = ()) -> Policy:
    return Policy(
        name="ours",
        version=1,
        title="",
        rules=(),
        fail_on=frozenset({Verdict.UNKNOWN}),
        waivers=waivers,
        clarify=clarify,
        source="openverdict.yaml",
    )


def waiver(subject: str, line: int = 3) -> Waiver:
    return Waiver(
        rule="use/user-cap", subject=subject, reason="read", expires=date(2027, 1, 1), sha256=None, line=line
    )


def stated(subject: str) -> Clarification:
    return Clarification(subject=subject, license="ISC", sha256=HASH, reason="a scan", line=7)


def test_entries_for_subjects_that_were_not_judged_are_findings_of_the_run() -> None:
    ours = policy(
        waivers=(waiver("Demo.Pkg>=1"), waiver("gone", line=9)), clarify=(stated("demo_pkg"), stated("lost"))
    )
    found = idle_entries(ours, [Judgement(kind="requirement", name="demo-pkg", version="1.0")])
    assert [(one.rule, one.evidence[0].start_line) for one in found] == [(UNUSED, 9), (CLARIFY_UNUSED, 7)]
    assert all(one.evidence[0].source == "openverdict.yaml" and one.fix for one in found)


@pytest.mark.parametrize(
    ("subject", "name", "version", "sha256", "applies"),
    [
        ("demo", "demo", None, HASH, True),
        ("Demo.Pkg", "demo-pkg", "3.0", HASH, True),
        ("demo==2.1", "demo", "2.1", HASH, True),
        ("demo==2.1", "demo", "2.2", HASH, False),
        ("demo>=2,<3", "demo", "2.9.post1", HASH, True),
        ("demo>=2", "demo", None, HASH, False),
        ("demo===odd-one", "demo", "odd-one", HASH, True),
        ("demo", "demo", None, "b" * 64, False),
        ("demo", "demo", None, None, False),
        ("demo", "other", None, HASH, False),
        ("a/LICENSE", "a/LICENSE", None, HASH, True),
        ("a/LICENSE", "a/license", None, HASH, False),
    ],
)
def test_a_stated_license_is_for_one_subject_and_one_text(
    subject: str, name: str, version: str | None, sha256: str | None, *, applies: bool
) -> None:
    found = clarification_for(policy(clarify=(stated(subject),)), name=name, version=version, sha256=sha256)
    assert (found is not None) == applies


def test_a_subject_that_could_not_be_read_never_passes() -> None:
    error = SubjectError(what="not read", why="a device", fix="name a file")
    judgement = Judgement(kind="license-file", name="x", verdict=Verdict.OPEN, errors=(error,))
    assert conclude(judgement, policy(), as_of=AS_OF).passed is False


def test_concluding_twice_changes_nothing() -> None:
    ours = policy(waivers=(waiver("x"),), clarify=(stated("x"),))
    finding = Finding(rule="use/user-cap", level=Level.ERROR, message="a cap")
    once = conclude(
        Judgement(kind="license-file", name="x", verdict=Verdict.UNKNOWN, findings=(finding,)),
        ours,
        as_of=AS_OF,
    )
    assert conclude(once, ours, as_of=AS_OF) == once
