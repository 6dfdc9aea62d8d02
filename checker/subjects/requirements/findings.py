"""Findings about requirements, made from their codes."""

from __future__ import annotations

from checker.domain.clauses import Evidence
from checker.domain.freedoms import Level
from checker.domain.judgement import Finding
from checker.domain.requirement_codes import REQUIREMENT_CODES


def finding(
    rule: str, message: str, *evidence: Evidence, level: Level | None = None, fix: str | None = None
) -> Finding:
    """Make a finding.

    Args:
        rule: A key of `REQUIREMENT_CODES`.
        message: What was found, in one sentence.
        evidence: Where.
        level: Another level than the code's own.
        fix: Another way out than the code's own.
    """
    code = REQUIREMENT_CODES[rule]
    return Finding(
        rule=rule, level=level or code.level, message=message, fix=fix or code.fix, evidence=evidence
    )
