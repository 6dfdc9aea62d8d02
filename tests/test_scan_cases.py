"""Every folder below fixtures/scan is a project, and the answer expected for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cases import cases, given

from checker.api import Judge
from checker.domain.judgement import Judgement
from checker.knowledge import Knowledge
from checker.subjects.scan.project import judge_project
from checker.subjects.scan.survey import declared_in, survey
from checker.subjects.scan.texts import judge_texts

CASES = cases("scan")
AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


def answer(judgement: Judgement) -> dict[str, Any]:
    """What is said of one subject, with the findings that scanning adds."""
    return {
        "kind": judgement.kind,
        "name": judgement.name,
        "declared": judgement.declared,
        "concluded": judgement.concluded,
        "verdict": judgement.verdict.value,
        "pass": judgement.passed,
        "summary": judgement.summary,
        "findings": [
            f"{found.level.value} {found.rule}: {found.message} [{_where(found.evidence)}]"
            for found in judgement.findings
            if found.rule.startswith("project/")
        ],
        **({"extra": judgement.extra} if judgement.extra else {}),
    }


def _where(evidence: Any) -> str:
    return ", ".join(f"{each.source}:{each.start_line}" for each in evidence)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_project(case: Path, knowledge: Knowledge, golden: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(case)
    monkeypatch.chdir(case)
    judge = Judge.make(as_of=AS_OF, knowledge=knowledge)
    found = survey("tree", workers=1)
    declared, unread = declared_in(found.manifests)
    found.unread += unread
    texts = tuple(judge_texts(found.license_files, judge, workers=1))
    joined = judge_project(found, declared, texts, judge)
    golden.check(
        case,
        {
            "texts": {text.name: f"{text.verdict.value} {text.concluded}" for text in texts},
            "subjects": [answer(each) for each in joined],
        },
    )


def test_every_case_is_whole() -> None:
    for case in CASES:
        assert {path.name for path in case.iterdir()} == {"case.yaml", "expected.yaml", "tree"}
