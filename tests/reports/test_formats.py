"""What each format promises its readers, on runs made by hand."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest
import samples
from jsonschema import Draft202012Validator
from sarif_shape import SHAPE

from checker.domain.clauses import Evidence
from checker.domain.freedoms import Level
from checker.domain.judgement import Finding, Judgement
from checker.reports import renderer
from checker.reports.run import RunReport
from checker.reports.sarif import FINGERPRINT


def _render(name: str, report: RunReport) -> str:
    return renderer(name)(report, samples.OPTIONS)


def _sarif(report: RunReport) -> dict[str, Any]:
    log = json.loads(_render("sarif", report))
    Draft202012Validator(SHAPE).validate(log)
    (run,) = log["runs"]
    return dict(run)


def test_sarif_results_are_what_the_policy_flags_and_nothing_else() -> None:
    run = _sarif(samples.mixed())
    assert [(result["ruleId"], result["level"]) for result in run["results"]] == [
        ("use/user-cap", "error"),
        ("use/user-cap", "error"),
        ("license/refers-elsewhere", "error"),
        ("verdict/unknown", "error"),
    ]
    suppressed = [result.get("suppressions", [{}])[0].get("justification") for result in run["results"]]
    assert suppressed == [None, "reviewed by counsel", None, None]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "permission denied" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_points_at_the_very_lines_by_relative_path() -> None:
    place = _sarif(samples.run((samples.restricted("./a b/LICENSE"),)))["results"][0]["locations"][0]
    assert place["physicalLocation"]["artifactLocation"] == {"uri": "a%20b/LICENSE", "uriBaseId": "%SRCROOT%"}
    region = place["physicalLocation"]["region"]
    assert (region["startLine"], region["endLine"]) == (40, 44)
    assert region["snippet"]["text"] == "more than 700 million\nmonthly active users"


def test_sarif_rules_explain_themselves() -> None:
    rules = {rule["id"]: rule for rule in _sarif(samples.mixed())["tool"]["driver"]["rules"]}
    assert list(rules) == sorted(rules)
    cap = rules["use/user-cap"]
    assert cap["fullDescription"]["text"] == samples.POLICY.rules[0].why
    assert samples.POLICY.rules[0].fix in cap["help"]["text"]
    assert all(rule["help"]["text"].count("Fix: ") == 1 for rule in rules.values())


def _prints(judgement: Judgement) -> list[str]:
    results = _sarif(samples.run((judgement,)))["results"]
    return [result["partialFingerprints"][FINGERPRINT] for result in results]


def test_fingerprints_survive_inserted_lines_and_not_changed_words() -> None:
    before = samples.restricted(line=40)
    assert _prints(samples.restricted(line=90)) == _prints(before)
    rewrapped = replace(
        before.findings[0],
        evidence=(
            Evidence(
                source=before.name,
                start_line=1,
                end_line=1,
                quote="more than 700 million monthly  active users",
            ),
        ),
    )
    assert _prints(replace(before, findings=(rewrapped,))) == _prints(before)
    other = replace(
        rewrapped,
        evidence=(Evidence(source=before.name, start_line=1, end_line=1, quote="more than 1 user"),),
    )
    assert _prints(replace(before, findings=(other,))) != _prints(before)


def test_the_same_words_twice_have_two_fingerprints() -> None:
    judgement = samples.restricted()
    twice = _prints(replace(judgement, findings=(judgement.findings[0],) * 2))
    assert len(set(twice)) == 2


def test_sarif_always_has_a_file_to_show_a_result_at() -> None:
    for report in (samples.run((samples.requirement(),)), samples.mixed()):
        for result in _sarif(report)["results"]:
            assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_annotations_stand_at_their_lines_worst_first() -> None:
    warning = Finding(
        rule="share/x",
        level=Level.WARNING,
        message="100% sure, a:b",
        evidence=(Evidence(source="a,b:c", start_line=3, end_line=3),),
    )
    report = samples.run((replace(samples.opened(), findings=(warning,)), samples.restricted()))
    first, second, last = _render("github", report).splitlines()
    assert first.startswith(
        "::error file=vendor/LICENSE,line=40,endLine=44,title=vendor/LICENSE%3A use/user-cap::"
    )
    assert second == "::warning file=a%2Cb%3Ac,line=3,endLine=3,title=LICENSE%3A share/x::100%25 sure, a:b"
    assert last.startswith("::notice title=openverdict::1 of 2 subjects does not pass")


def test_what_github_would_drop_is_counted() -> None:
    report = samples.run(tuple(samples.restricted(f"f{number}/LICENSE") for number in range(12)))
    assert "2 more error(s)" in _render("github", report).splitlines()[-1]


def test_junit_tells_failures_errors_and_skips_apart() -> None:
    listed = replace(samples.opened("NOTICE"), judged=False)
    root = ET.fromstring(_render("junit", samples.run((*samples.mixed().judgements, listed))))  # noqa: S314
    kinds = {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")}
    assert kinds == {
        "LICENSE": ["system-out"],
        "vendor/LICENSE": ["failure", "system-out"],
        "old/LICENSE": ["system-out"],
        "broken/LICENSE": ["error", "system-out"],
        "NOTICE": ["skipped", "system-out"],
        "demo 1.2": ["failure", "system-out"],
    }
    failure = root.find(".//failure")
    assert failure is not None
    assert "    | monthly active users" in (failure.text or "")


def test_markdown_says_the_verdict_first_and_folds_the_rest() -> None:
    page = _render("markdown", samples.mixed())
    assert page.splitlines()[0] == "### ❌ 3 of 5 subjects do not pass policy four-freedoms 1."
    table, _, details = page.partition("<details>")
    assert "`vendor/LICENSE`" in table
    assert "old/LICENSE" not in table
    assert "  more than 700 million\n  monthly active users\n" in details
    assert page.rstrip().endswith("A reading of words, not legal advice.</sub>")


def test_markdown_of_thousands_can_still_be_posted() -> None:
    page = _render("markdown", samples.many(3_000))
    assert len(page) < 65_536
    assert "more: see the full report" in page
    assert page.count("<details>") == page.count("</details>")


def test_csv_has_one_row_a_subject() -> None:
    rows = list(csv.DictReader(io.StringIO(_render("csv", samples.mixed()))))
    assert [row["name"] for row in rows] == [
        "LICENSE",
        "vendor/LICENSE",
        "old/LICENSE",
        "broken/LICENSE",
        "demo",
    ]
    assert rows[1]["where"] == "vendor/LICENSE:40-44"
    assert rows[2]["waived"] == "use/user-cap"
    assert rows[3]["errors"] == "cannot read broken/LICENSE: permission denied"


@pytest.mark.parametrize(
    ("judgements", "says"),
    [
        ((samples.opened(),), "open"),
        ((samples.restricted(),), "restricted"),
        ((samples.restricted(waived=True),), "restricted (passes)"),
        ((samples.opened(), samples.restricted()), "1 open, 1 restricted"),
        ((replace(samples.opened(), passed=False),), "open, 1 against policy"),
        ((samples.unreadable(),), "1 unreadable"),
        ((), "nothing judged"),
    ],
)
def test_badge(judgements: tuple[Judgement, ...], says: str) -> None:
    root = ET.fromstring(_render("badge", samples.run(judgements)))  # noqa: S314
    assert root.get("aria-label") == f"license: {says}"


@pytest.mark.parametrize("name", ["sarif", "html", "markdown", "junit", "csv", "badge", "github"])
def test_the_same_run_gives_the_same_report(name: str) -> None:
    assert _render(name, samples.mixed()) == _render(name, samples.mixed())


def test_the_page_shows_plots_only_where_there_is_something_to_show() -> None:
    page = _render("html", samples.run(()))
    assert "<figure>" not in page
    assert "Nothing to judge was found." in page


def test_a_requirement_is_shown_where_it_is_asked_for() -> None:
    inside = Evidence(source="demo.whl!/LICENSE", start_line=7, end_line=8, quote="no commercial use")
    finding = Finding(rule="use/non-commercial", level=Level.ERROR, message="m", evidence=(inside,))
    asked = {"requirement": {"file": "requirements.txt", "line": 3}}
    judgement = replace(samples.requirement(), findings=(finding,), extra=asked)
    report = samples.run((judgement, replace(samples.unreadable("demo"), kind="requirement", extra=asked)))
    result = _sarif(report)["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "requirements.txt"
    assert place["region"] == {"startLine": 3, "endLine": 3}
    (beside,) = result["relatedLocations"]
    assert beside["logicalLocations"][0]["fullyQualifiedName"] == "demo.whl!/LICENSE:7-8"
    assert beside["message"]["text"] == "no commercial use"
    lines = _render("github", report).splitlines()
    assert all(
        line.startswith("::error file=requirements.txt,line=3,endLine=3,title=demo") for line in lines[:2]
    )
