"""Every folder below fixtures/licenses is a license text, and the answer expected for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cases import cases, given

from checker.api import Judge
from checker.domain.freedoms import ClauseKind
from checker.domain.judgement import Judgement
from checker.domain.values import thaw
from checker.knowledge import Knowledge
from checker.subjects.license_files import read_license_file

CASES = cases("licenses")
AS_OF = date(2026, 11, 21)
OWN = {"case.yaml", "expected.yaml"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


def answer(judgement: Judgement) -> dict[str, Any]:
    """What a newcomer wants to see of an answer, short enough to be read in a diff."""
    return {
        "concluded": judgement.concluded,
        "verdict": judgement.verdict.value if judgement.judged else "not judged",
        "category": judgement.category.value if judgement.category else None,
        "alternative": judgement.alternative,
        "pass": judgement.passed,
        "freedoms": {
            freedom.value: " ".join([result.outcome.value, *result.rules])
            for freedom, result in judgement.freedoms.items()
        },
        "limits": [
            {
                "clause": clause.id,
                **({"values": thaw(clause.values)} if clause.values else {}),
                "lines": [f"{found.start_line}-{found.end_line}" for found in clause.evidence],
            }
            for clause in judgement.clauses
            if clause.kind is ClauseKind.LIMITATION
        ],
        "duties": sorted({clause.id for clause in judgement.clauses if clause.kind is ClauseKind.CONDITION}),
        "findings": sorted({f"{finding.level.value} {finding.rule}" for finding in judgement.findings}),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_license(case: Path, knowledge: Knowledge, golden: Any):
    settings = given(case)
    (file,) = (path for path in case.iterdir() if path.name not in OWN)
    judge = Judge.make(policy=settings.get("policy", "four-freedoms"), as_of=AS_OF, knowledge=knowledge)
    read = read_license_file(str(file), max_size=1_000_000)
    golden.check(case, answer(judge.license_file(read)))


def test_every_case_is_whole():
    for case in CASES:
        names = {path.name for path in case.iterdir()}
        assert names >= OWN, f"{case.name} lacks {OWN - names}: run pytest --regen and read what it writes"
        assert len(names) == 3, f"{case.name} holds more than one input"
