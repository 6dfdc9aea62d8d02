"""Ids that a policy may name beside its own rules: findings that the engine and the subjects make."""

from __future__ import annotations

from functools import cache

from checker.knowledge import store


@cache
def finding_codes() -> frozenset[str]:
    """Return the ids of findings that no rule makes; `levels:` and `waivers:` may name them."""
    from checker.domain.finding_codes import FINDING_CODES  # noqa: PLC0415 - few policies name any
    from checker.domain.project_codes import PROJECT_CODES  # noqa: PLC0415 - as above
    from checker.domain.requirement_codes import REQUIREMENT_CODES  # noqa: PLC0415 - as above

    return frozenset({*FINDING_CODES, *REQUIREMENT_CODES, *PROJECT_CODES})


@cache
def shipped_rules() -> frozenset[str]:
    """Return the ids of the rules of every shipped policy: some are always asked, whatever the policy."""
    content = store.data("policies")
    policies = content.values() if isinstance(content, dict) else ()
    rules = [policy.get("rules") for policy in policies if isinstance(policy, dict)]
    return frozenset(
        str(rule["id"])
        for listed in rules
        if isinstance(listed, list)
        for rule in listed
        if isinstance(rule, dict) and "id" in rule
    )
