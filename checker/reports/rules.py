"""What is known of the rules and finding codes that a report names."""

from __future__ import annotations

from typing import NamedTuple

from checker.domain.finding_codes import FINDING_CODES, FindingCode
from checker.domain.policy import Policy
from checker.domain.project_codes import PROJECT_CODES
from checker.domain.requirement_codes import REQUIREMENT_CODES


class Told(NamedTuple):
    """Why a rule exists, how to fix what it finds, where to read on; empty where nothing is known."""

    why: str = ""
    fix: str = ""
    see: tuple[str, ...] = ()


def told(policy: Policy) -> dict[str, Told]:
    """Return what is known of every rule of a policy and every code of the engine, by id."""
    codes: dict[str, FindingCode] = {**REQUIREMENT_CODES, **PROJECT_CODES, **FINDING_CODES}
    known = {name: Told(code.meaning, code.fix) for name, code in codes.items()}
    return known | {rule.id: Told(rule.why, rule.fix, rule.see) for rule in policy.rules}
