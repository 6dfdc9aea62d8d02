"""The policies that come with the checker: sound, complete, and each rule with a source."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from checker.domain.freedoms import ClauseKind, Freedom, Outcome
from checker.domain.policy import AllOf, AnyOf, ClauseIs, Not
from checker.knowledge import Knowledge, store
from checker.knowledge.policies import check_shipped, shipped

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = Knowledge()
NEUTRAL = {"non-transferable"}
"""Limitations without effect of their own (policies/RULES.md, rule 8)."""
DEFINITIONS = re.compile(
    r"OSD-(?:[1-9]|10)|FSF-[0-3]|OSAID-(?:use|study|modify|share|\w+)|DFSG-\d+|MOF-[\w-]+"
)


def asked(condition: Any) -> set[str]:
    """Every clause id that a condition asks for."""
    if isinstance(condition, ClauseIs):
        return {condition.id}
    if isinstance(condition, (AllOf, AnyOf)):
        return {name for part in condition.parts for name in asked(part)}
    return asked(condition.part) if isinstance(condition, Not) else set()


def test_no_shipped_policy_has_a_mistake() -> None:
    assert check_shipped(KNOWLEDGE.taxonomy) == ()


def test_the_default_speaks_of_every_condition_and_limitation() -> None:
    spoken = {name for rule in KNOWLEDGE.policy("four-freedoms").rules for name in asked(rule.when)}
    weighty = {
        one.id
        for one in KNOWLEDGE.taxonomy.values()
        if one.kind in {ClauseKind.CONDITION, ClauseKind.LIMITATION}
    }
    assert weighty - spoken - NEUTRAL == set()


@pytest.mark.parametrize("name", shipped())
def test_every_rule_names_its_source(name: str) -> None:
    for rule in KNOWLEDGE.policy(name).rules:
        assert rule.claims or rule.see, rule.id


@pytest.mark.parametrize("name", ["four-freedoms", "osd", "permissive"])
def test_published_definitions_are_named_as_they_number_themselves(name: str) -> None:
    for rule in KNOWLEDGE.policy(name).rules:
        for definition in rule.see:
            assert DEFINITIONS.fullmatch(definition), f"{rule.id}: {definition}"


@pytest.mark.parametrize("name", shipped())
def test_what_fails_says_how_to_fix_it(name: str) -> None:
    for rule in KNOWLEDGE.policy(name).rules:
        if rule.outcome is not None and rule.outcome < Outcome.CONDITIONAL:
            assert rule.fix, rule.id


@pytest.mark.parametrize("name", shipped())
def test_the_freedom_in_a_rules_name_is_among_those_it_falls_on(name: str) -> None:
    names = {freedom.value for freedom in Freedom}
    for rule in KNOWLEDGE.policy(name).rules:
        topic = rule.id.partition("/")[0]
        if topic in names and rule.freedoms is not None:
            assert Freedom(topic) in rule.freedoms, rule.id


def schema(name: str) -> Any:
    content = json.loads((ROOT / "policies/schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)


@pytest.mark.parametrize("path", sorted((ROOT / "policies").glob("*.yaml")), ids=lambda path: path.name)
def test_policies_fit_their_schema(path: Path) -> None:
    first, content = path.read_text(encoding="utf-8").split("\n", maxsplit=1)
    assert first == "# yaml-language-server: $schema=schema/policy.schema.json"
    assert [error.message for error in schema("policy").iter_errors(store.parse(content).data)] == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "policies/clauses").glob("*.yaml")), ids=lambda path: path.name
)
def test_clause_types_fit_their_schema(path: Path) -> None:
    content = store.parse(path.read_text(encoding="utf-8")).data
    kind = "clauses" if "clauses" in content else "words"
    assert [error.message for error in schema(kind).iter_errors(content)] == []


def test_project_files_and_policies_share_their_schema() -> None:
    policy, project = schema("policy").schema, schema("config").schema
    assert policy["properties"] == project["properties"]
    assert policy["$defs"] == project["$defs"]


@pytest.mark.parametrize("case", sorted((ROOT / "fixtures/policies").iterdir()), ids=lambda case: case.name)
def test_the_schema_accepts_what_the_loader_accepts(case: Path) -> None:
    file = case / "policy.yaml"
    expected = yaml.safe_load((case / "expected.yaml").read_text(encoding="utf-8"))
    if "problems" not in expected and file.is_file():
        content = store.parse(file.read_text(encoding="utf-8")).data
        assert [error.message for error in schema("config").iter_errors(content)] == []


@pytest.mark.parametrize(
    "case",
    [
        "unknown-keys-name-the-nearest",
        "unknown-freedom",
        "unknown-outcome-level-verdict",
        "rule-that-does-nothing",
        "empty-lists",
        "wrong-types-are-all-reported",
        "waiver-needs-reason-and-day",
        "a-list-is-no-policy",
        "empty-file",
    ],
)
def test_the_schema_refuses_mistakes_of_shape(case: str) -> None:
    content = store.parse(
        (ROOT / "fixtures/policies" / case / "policy.yaml").read_text(encoding="utf-8")
    ).data
    assert list(schema("config").iter_errors(content))


def test_the_rule_of_the_guide_is_the_rule_itself() -> None:
    guide = (ROOT / "policies/README.md").read_text(encoding="utf-8")
    example = guide.partition("## A rule")[2].partition("```yaml\n")[2].partition("```")[0]
    shown = store.parse(example).data
    rules = store.parse((ROOT / "policies/four-freedoms.yaml").read_text(encoding="utf-8")).data["rules"]
    (rule,) = [rule for rule in rules if rule["id"] == "use/user-cap"]
    assert shown[0].keys() == rule.keys()
    assert {**rule, "claims": 0} == {**shown[0], "claims": 0}
