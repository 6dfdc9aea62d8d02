"""Real license texts: those that the packages of this environment carry, as they stand and altered."""

from __future__ import annotations

from importlib.metadata import Distribution, distribution

import pytest

from checker.api import Judge
from checker.domain.freedoms import Freedom, Outcome, Verdict

DECLARED = {
    "attrs": "MIT",
    "click": "BSD-3-Clause",
    "hatchling": "MIT",
    "hypothesis": "MPL-2.0",
    "iniconfig": "MIT",
    "jinja2": "BSD-3-Clause",
    "jsonschema": "MIT",
    "markupsafe": "BSD-3-Clause",
    "platformdirs": "MIT",
    "pluggy": "MIT",
    "pytest": "MIT",
    "referencing": "MIT",
    "rich": "MIT",
    "rpds-py": "MIT",
    "ruff": "MIT",
}
"""Package -> the license it declares, of those that a test run needs anyway."""


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge.make()


def license_text(name: str) -> str:
    """The first license file that a package brings."""
    found: Distribution = distribution(name)
    inside = (file for file in found.files or () if "dist-info" in str(file))
    files = [file for file in inside if file.name.lower().startswith(("licen", "copying"))]
    return files[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "declared"), DECLARED.items())
def test_the_license_declared_is_the_license_found(name: str, declared: str, judge: Judge):
    text = license_text(name)
    judgement = judge.text(text, name=name)
    named = {match.license for match in judgement.matches}
    assert declared in named
    assert judgement.verdict is Verdict.OPEN
    assert {said.who for said in judgement.authorities} >= {"OSI", "FSF"}


def test_one_sentence_more_is_another_license(judge: Judge):
    text = license_text("attrs") + "\nThe Software may not be used for commercial purposes.\n"
    judgement = judge.text(text, name="LICENSE")
    assert judgement.concluded
    assert judgement.concluded != "MIT"
    assert judgement.verdict is Verdict.RESTRICTED
    assert judgement.freedoms[Freedom.USE].outcome is Outcome.RESTRICTED
    (bar,) = (clause for clause in judgement.clauses if clause.id == "non-commercial")
    assert bar.evidence[0].start_line == len(text.splitlines())
    assert judgement.matches[0].license == "MIT"


def test_thanks_and_another_owner_leave_it_what_it_is(judge: Judge):
    text = "Copyright (c) 2026 Somebody Else\n\n" + license_text("attrs") + "\nThanks to all who helped.\n"
    judgement = judge.text(text, name="LICENSE")
    assert judgement.concluded == "MIT"
    assert judgement.verdict is Verdict.OPEN


def test_the_same_words_wrapped_anew_are_the_same_license(judge: Judge):
    text = " ".join(license_text("attrs").split())
    judgement = judge.text(text, name="LICENSE")
    assert judgement.concluded == "MIT"
    assert judgement.matches[0].score == 1.0


def test_two_texts_in_one_file_are_two_licenses(judge: Judge):
    text = license_text("attrs") + "\n\n" + license_text("click")
    judgement = judge.text(text, name="LICENSE")
    assert {match.license for match in judgement.matches} == {"MIT", "BSD-3-Clause"}
    assert judgement.concluded
    assert " AND " in judgement.concluded
