"""The JSON contract: its schema holds for every run, its fields are those that were promised."""

from __future__ import annotations

import json
from pathlib import Path

import hostile
import pytest
import samples
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from checker.domain.judgement import Judgement
from checker.reports import REPORTS, renderer
from checker.reports.run import RunReport, exit_code

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "policies" / "schema" / "report.schema.json").read_text(encoding="utf-8")
)
CHECK = Draft202012Validator(SCHEMA)
PROMISED = {
    "top": {"schema_version", "tool", "policy", "as_of", "subjects", "summary"},
    "subject": {
        "kind", "name", "version", "sha256", "declared", "concluded", "matches", "verdict", "category",
        "alternative", "freedoms", "clauses", "findings", "authorities", "errors", "pass",
    },
    "match": {
        "license", "how", "score", "start_line", "end_line", "added_words", "missing_words", "profile",
    },
    "finding": {"rule", "level", "freedom", "message", "causes", "evidence", "waived"},
    "summary": {"open", "restricted", "closed", "unknown", "failed", "pass"},
}  # fmt: skip


def rendered(report: RunReport) -> dict[str, object]:
    text = renderer("json")(report, samples.OPTIONS)
    return json.loads(text.encode("utf-8", errors="backslashreplace"))


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_holds_for_every_kind_of_answer():
    CHECK.validate(rendered(samples.mixed()))


@given(hostile.judgements)
@settings(max_examples=60, deadline=None)
def test_the_schema_holds_for_hostile_words(judgement: Judgement):
    CHECK.validate(rendered(samples.run((judgement,))))


def test_the_fields_promised_are_there():
    report = rendered(samples.mixed())
    assert set(report) >= PROMISED["top"]
    assert set(report["summary"]) >= PROMISED["summary"]
    for subject in report["subjects"]:
        assert set(subject) >= PROMISED["subject"]
        assert list(subject["freedoms"]) == ["use", "study", "modify", "share"]
        for match in subject["matches"]:
            assert set(match) >= PROMISED["match"]
        for finding in subject["findings"]:
            assert set(finding) >= PROMISED["finding"]


@pytest.mark.parametrize("name", ["subject", "match", "finding", "summary"])
def test_the_schema_promises_the_same(name: str):
    assert set(SCHEMA["$defs"][name]["required"]) >= PROMISED[name]


def test_a_number_stays_a_number():
    (subject,) = rendered(samples.run((samples.restricted(),)))["subjects"]
    assert subject["clauses"][0]["values"] == {"metric": "monthly-active-users", "threshold": 700_000_000}


def test_jsonl_is_one_subject_a_line():
    lines = renderer("jsonl")(samples.mixed(), samples.OPTIONS).splitlines()
    assert [json.loads(line)["name"] for line in lines] == [item.name for item in samples.mixed().judgements]
    assert {json.loads(line)["policy"]["name"] for line in lines} == {"four-freedoms"}


def test_what_could_not_be_read_wins_over_what_does_not_pass():
    assert exit_code(samples.run((samples.opened(),))) == 0
    assert exit_code(samples.run((samples.opened(), samples.restricted()))) == 1
    assert exit_code(samples.run((samples.restricted(), samples.unreadable()))) == 4


def test_every_format_has_its_module_and_every_module_its_format():
    for name in REPORTS:
        assert callable(renderer(name))
    folder = Path(__file__).parents[2] / "checker" / "reports"
    rendering = {
        f"checker.reports.{path.stem}"
        for path in folder.glob("*.py")
        if "\ndef render(report: RunReport, options: RenderOptions)" in path.read_text(encoding="utf-8")
    }
    assert rendering == set(REPORTS.values())
