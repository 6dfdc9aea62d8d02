"""fixtures/policies: a policy file in; what it came to, or every mistake with its line, out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

import pytest
from cases import cases, given

from checker.domain.policy import Rule
from checker.domain.values import Values
from checker.errors import PolicyInvalid
from checker.knowledge import Knowledge

if TYPE_CHECKING:
    from pathlib import Path

    from checker.domain.policy import Policy
    from checker.errors import Problem

CASES = cases("policies")
NAMES = ("policy.yaml", "pyproject.toml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_policy(case: Path, golden: Any) -> None:
    given(case)
    file = next(case / name for name in NAMES if (case / name).is_file())
    try:
        golden.check(case, shown(Knowledge().policy(file), case))
    except PolicyInvalid as invalid:
        golden.check(case, {"problems": [told(problem, case) for problem in invalid.problems]})


def told(problem: Problem, case: Path) -> dict[str, str]:
    where = f"{problem.file.removeprefix(case.as_posix() + '/')}:{problem.line}"
    return {"where": where, "what": problem.what, "fix": problem.fix}


def shown(policy: Policy, case: Path) -> dict[str, Any]:
    """Say what is special about a policy: rules that come from a shipped one are only counted."""
    base = {rule for name in ("four-freedoms", "osd") for rule in Knowledge().policy(name).rules}
    return {
        "name": policy.name,
        "version": policy.version,
        "title": policy.title,
        "authority": policy.authority,
        "source": policy.source.removeprefix(case.as_posix() + "/"),
        "fail_on": sorted(verdict.value for verdict in policy.fail_on),
        "allow": list(policy.allow),
        "deny": list(policy.deny),
        "project_license": policy.project_license,
        "waivers": [f"{w.rule} for {w.subject} until {w.expires}, line {w.line}" for w in policy.waivers],
        "clarify": [f"{c.subject} is {c.license}, line {c.line}" for c in policy.clarify],
        "own_rules": [plain(rule) for rule in policy.rules if rule not in base],
        "inherits": len([rule for rule in policy.rules if rule in base]) > 0,
    }


def plain(value: Any) -> Any:
    """Turn a rule into what YAML can show: each condition under the name of its kind."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Values):
        return {name: plain(item) for name, item in value.items()}
    if not is_dataclass(value):
        return value
    content = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return content if isinstance(value, Rule) else {type(value).__name__: content}
