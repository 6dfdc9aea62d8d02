"""Releases, folders, lists and bills of materials, judged end to end: one folder of fixtures/models/ a case.

case.yaml: `why`, then `ask` (names) or `path` (a file or folder of the case); `policy` (default
four-freedoms), `mof`, `for` (circumstances), and `must`: what has to come out whatever expected.yaml says.
"""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from cases import cases, given

from checker.domain.freedoms import ClauseKind, Freedom, Level
from checker.domain.judgement import Judgement
from checker.domain.values import thaw
from checker.knowledge import Knowledge
from checker.subjects.models.ask import Asker
from checker.subjects.models.asking import read_circumstances
from checker.subjects.models.judge import ModelJudge

CASES = cases("models")
AS_OF = date(2026, 11, 22)


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return Knowledge()


def judged(case: Path, about: dict[str, Any]) -> list[Judgement]:
    circumstances = about.get("for", {})
    judge = ModelJudge(
        knowledge=knowledge(),
        policy=knowledge().policy(about.get("policy", "four-freedoms")),
        as_of=AS_OF,
        mof_reading=about.get("mof", "spec"),
        circumstances=read_circumstances(None, **circumstances) if circumstances else None,
    )
    asker = Asker(judge=judge)
    before = Path.cwd()
    os.chdir(case)  # evidence names paths as they were given
    try:
        asked = about.get("ask") or [about["path"]]
        return [found for one in asked for found in asker.ask(one)]
    finally:
        os.chdir(before)


def shape(judgement: Judgement) -> dict[str, Any]:
    """What a case holds on to: answers, rules, clauses with values, the chain."""
    release = judgement.extra.get("release")
    found: dict[str, Any] = {
        "name": judgement.name,
        "verdict": judgement.verdict.value,
        "pass": judgement.passed,
        "declared": judgement.declared,
        "concluded": judgement.concluded,
        "freedoms": {
            freedom.value: judgement.freedoms[freedom].outcome.value
            for freedom in Freedom
            if judgement.freedoms
        },
        "rules": sorted(
            {f"{each.level.value} {each.rule}" for each in judgement.findings if each.level is not Level.NOTE}
        ),
        "limits": sorted({each.id for each in judgement.clauses if each.kind is ClauseKind.LIMITATION}),
        "errors": [each.what for each in judgement.errors],
    }
    if isinstance(release, dict):
        found |= {
            "verdicts": release["verdicts"],
            "osaid": release["osaid"]["verdict"] if release["osaid"] else None,
            "mof": release["mof"]["class"] if release["mof"] else None,
            "quadrant": release["quadrant"],
            "lineage": [
                f"{link['relation']} of {link['name']}: {link['verdict']}" for link in release["lineage"]
            ],
        }
    if "use" in judgement.extra:
        use: Any = judgement.extra["use"]
        found["use"] = {
            "summary": use["summary"],
            "limits": {limit["clause"]: limit["answer"] for limit in use["limits"]},
        }
    return found


def hold(must: dict[str, Any], found: Judgement) -> None:
    """Check what a case says must come out."""
    release: Any = found.extra.get("release")
    if "weights" in must:
        assert found.verdict.value == must["weights"]
    if "osaid" in must:
        assert release["osaid"]["verdict"] in must["osaid"]
    if "mof" in must:
        assert release["mof"]["class"] == must["mof"]
    for rule in must.get("rules", ()):
        assert rule in {finding.rule for finding in found.findings}
    for clause_id, values in must.get("clauses", {}).items():
        held = [thaw(clause.values) for clause in found.clauses if clause.id == clause_id]
        assert held, f"no clause {clause_id}"
        assert any(values.items() <= one.items() for one in held if isinstance(one, dict)), held
    for who in must.get("says", ()):
        assert who in {said.who for said in found.authorities}
    if "openness" in must:
        assert release["quadrant"]["openness"] == must["openness"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_model(case: Path, golden: Any) -> None:
    about = given(case)
    found = judged(case, about)
    for one in found:
        hold(about.get("must", {}), one)
    golden.check(case, [shape(one) for one in found])


def test_every_case_asks_something() -> None:
    for case in CASES:
        about = given(case)
        assert ("ask" in about) != ("path" in about), f"{case.name} asks for names or for a path"
        assert (case / "expected.yaml").is_file(), f"{case.name} has no expectation"
