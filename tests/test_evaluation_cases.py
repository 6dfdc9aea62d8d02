"""fixtures/evaluation: clauses, an expression and a policy in; freedoms, findings and verdict out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from cases import cases, given

from checker.domain.clauses import Basis, Clause, Decided, Evidence, Profile
from checker.domain.freedoms import ClauseKind, Freedom
from checker.domain.judgement import Judgement
from checker.domain.values import Values
from checker.evaluate import conclude, evaluate_expression
from checker.knowledge import Knowledge

if TYPE_CHECKING:
    from pathlib import Path

    from checker.domain.judgement import Finding

CASES = cases("evaluation")
AS_OF = date(2026, 11, 22)
KNOWLEDGE = Knowledge()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_evaluation(case: Path, golden: Any) -> None:
    content = given(case)
    own = case / "openverdict.yaml"
    policy = KNOWLEDGE.policy(own if own.is_file() else content.get("policy", "four-freedoms"))
    policy = replace(policy, source=policy.source.removeprefix(f"{case.as_posix()}/"))
    as_of = date.fromisoformat(str(content["as_of"])) if "as_of" in content else AS_OF
    profiles = {name: profile(name, entry) for name, entry in content["licenses"].items()}
    expression = content.get("expression", next(iter(profiles)))
    result = evaluate_expression(expression, profiles.get, policy, KNOWLEDGE.taxonomy, as_of=as_of)
    judgement = Judgement(
        **{"kind": "license-file", "name": "LICENSE", **content.get("subject", {})},
        concluded=expression,
        verdict=result.verdict,
        category=result.category,
        alternative=result.alternative,
        freedoms=result.freedoms,
        findings=result.findings,
    )
    golden.check(case, shown(conclude(judgement, policy, as_of=as_of)))


def profile(name: str, entry: dict[str, Any]) -> Profile:
    facts = {"text-kind": "license", "language": "en", **entry.get("facts", {})}
    return Profile(
        license=name,
        clauses=tuple(clause(line, item) for line, item in enumerate(entry.get("clauses", ()), start=1)),
        decided=Decided(entry.get("decided", "read")),
        facts=Values(facts),
        category=entry.get("category"),
    )


def clause(line: int, item: str | dict[str, Any]) -> Clause:
    """Build a clause; its evidence is the line given by its place in the list."""
    entry = {"id": item} if isinstance(item, str) else item
    known = KNOWLEDGE.taxonomy.get(entry["id"])
    return Clause(
        id=entry["id"],
        kind=known.kind if known else ClauseKind.LIMITATION,
        values=Values(entry.get("values")),
        freedoms=frozenset(Freedom(name) for name in entry.get("freedoms", ())),
        basis=Basis(entry.get("basis", "express")),
        evidence=(Evidence(source="LICENSE", start_line=line, end_line=line),),
    )


def shown(judgement: Judgement) -> dict[str, Any]:
    return {
        "verdict": judgement.verdict.value,
        "category": judgement.category.value if judgement.category else None,
        "alternative": judgement.alternative,
        "freedoms": {
            freedom.value: " ".join([result.outcome.value, *result.rules])
            for freedom, result in judgement.freedoms.items()
        },
        "findings": [told(finding) for finding in judgement.findings],
        "pass": judgement.passed,
    }


def told(finding: Finding) -> str:
    lines = [f"{place.source}:{place.start_line}" for place in finding.evidence]
    parts = [
        finding.level.value,
        finding.rule,
        finding.freedom.value if finding.freedom else "-",
        " ".join(lines) or "-",
        f"waived ({finding.waiver_reason})" if finding.waived else "",
        finding.message,
    ]
    return " | ".join(part for part in parts if part)


def test_every_case_is_complete() -> None:
    allowed = {"case.yaml", "expected.yaml", "openverdict.yaml"}
    for case in CASES:
        names = {path.name for path in case.iterdir()}
        assert {"case.yaml", "expected.yaml"} <= names <= allowed, case.name
