"""No license of the SPDX list is left in dispute, and what OSI approved reads as open."""

from __future__ import annotations

from datetime import date

import pytest

from checker.domain.freedoms import Verdict
from checker.evaluate import evaluate_profile
from checker.knowledge import Knowledge

KNOWLEDGE = Knowledge()
AS_OF = date(2026, 11, 22)
LISTED = [name for name in KNOWLEDGE.authorities.names if name not in KNOWLEDGE.authorities.deprecated]


@pytest.mark.parametrize("name", ["four-freedoms", "osd"])
def test_no_listed_license_is_disputed(name: str) -> None:
    policy = KNOWLEDGE.policy(name)
    disputed = []
    for license_id in LISTED:
        profile = KNOWLEDGE.profile(license_id)
        if profile is not None:
            result = evaluate_profile(profile, policy, KNOWLEDGE.taxonomy, as_of=AS_OF)
            disputed += [license_id for finding in result.findings if finding.rule == "license/disputed"]
    assert disputed == []


@pytest.mark.parametrize("name", ["four-freedoms", "osd"])
def test_what_osi_approved_is_open(name: str) -> None:
    policy = KNOWLEDGE.policy(name)
    verdicts = {}
    for license_id in LISTED:
        profile = KNOWLEDGE.profile(license_id)
        if profile is not None and profile.facts.get("osi-approved") is True:
            result = evaluate_profile(profile, policy, KNOWLEDGE.taxonomy, as_of=AS_OF)
            verdicts[license_id] = result.verdict
    assert len(verdicts) > 100
    assert {name: verdict.value for name, verdict in verdicts.items() if verdict is not Verdict.OPEN} == {}
