"""Every rule answers to a claim or a published definition, and every claim leads somewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from checker.knowledge import Knowledge, store
from checker.knowledge.claims import Claims

ROOT = Path(__file__).parents[2]


@cache
def claims() -> Claims:
    return Knowledge().claims


@cache
def rules() -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for policy in store.data("policies").values():
        for rule in policy.get("rules") or ():
            found.setdefault(rule["id"], []).append(rule)
    return found


def test_every_rule_names_a_claim_or_a_published_definition() -> None:
    bare = [
        name
        for name, forms in rules().items()
        for rule in forms
        if not rule.get("claims") and not rule.get("see")
    ]
    assert bare == []


def test_every_claim_that_a_rule_names_exists() -> None:
    named = {claim for forms in rules().values() for rule in forms for claim in rule.get("claims") or ()}
    assert sorted(named - set(claims().all)) == []


def test_every_definition_that_a_rule_names_is_a_published_one() -> None:
    named = {part for forms in rules().values() for rule in forms for part in rule.get("see") or ()}
    assert sorted(named - set(claims().definitions)) == []


def test_a_rule_and_its_claim_name_each_other() -> None:
    for name, forms in rules().items():
        for rule in forms:
            for claim in rule.get("claims") or ():
                assert name in claims().all[claim].rules, (name, claim)


def test_every_rule_that_a_claim_names_exists() -> None:
    assert [
        (claim.id, rule) for claim in claims().all.values() for rule in claim.rules if rule not in rules()
    ] == []


def test_every_claim_leads_somewhere_and_comes_from_a_document() -> None:
    for claim in claims().all.values():
        assert claim.rules or claim.features or claim.subjects, claim.id
        assert claim.title, claim.id


def test_every_feature_is_described_and_serves_a_claim() -> None:
    named = {feature for claim in claims().all.values() for feature in claim.features}
    assert sorted(named - set(claims().features)) == []


def test_every_fixture_that_a_claim_names_exists() -> None:
    named = [(claim.id, one) for claim in claims().all.values() for one in claim.fixtures]
    assert [pair for pair in named if not (ROOT / "fixtures" / pair[1] / "case.yaml").is_file()] == []


def test_every_subject_that_a_claim_names_is_a_release_we_know() -> None:
    known = {
        release["id"]
        for producer in store.data("models").values()
        for release in producer.get("releases") or ()
    }
    named = [(claim.id, one) for claim in claims().all.values() for one in claim.subjects]
    assert [pair for pair in named if pair[1] not in known] == []


def test_ids_of_claims_are_unique() -> None:
    listed = [claim["id"] for claim in store.data("claims")["claims"]]
    assert len(listed) == len(set(listed))


def test_the_claims_of_a_rule() -> None:
    assert "interview-llama-cap" in {claim.id for claim in claims().of_rule("use/user-cap")}
    assert claims().definitions["OSD-5"].title == "The Open Source Definition, 5"
    assert not claims().all["mozilla-ai-transparency"].stated


def test_every_policy_still_loads_with_what_it_names() -> None:
    knowledge = Knowledge()
    assert {knowledge.policy(name).name for name in ("four-freedoms", "osd", "osaid", "mof", "public-ai")}
