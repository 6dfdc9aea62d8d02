"""`openverdict diff`: what was gained, lost and changed, in three forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.app import main

OURS = """\
Heron Community License

You may use, copy, modify and distribute the Heron software, in source and binary form, free of charge.
Copies must retain this license.
"""
CAPPED = f"""{OURS}
If your products have more than 700 million monthly active users, you must request a license from us.
"""
HIGHER = CAPPED.replace("700 million", "900 million").replace("Copies must retain this license.", "")


def compare(*words: str, given: str | None = None) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["diff", *words], input=given)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.fixture
def texts(tmp_path: Path) -> dict[str, str]:
    paths = {}
    for name, text in (("ours", OURS), ("capped", CAPPED), ("higher", HIGHER)):
        (tmp_path / name).write_text(text)
        paths[name] = str(tmp_path / name)
    return paths


def test_a_gained_limit_is_told_with_its_words(texts: dict[str, str]):
    code, output = compare(texts["ours"], texts["capped"])
    assert code == 0
    assert "verdict: open -> restricted" in output
    assert "+ limitation user-cap" in output
    assert "700,000,000" in output
    assert "at line 6" in output


def test_lost_and_changed_clauses_in_json(texts: dict[str, str]):
    code, output = compare(texts["capped"], texts["higher"], "--format", "json")
    told = json.loads(output)
    assert code == 0
    assert told["schema_version"] == 1
    cap = next(item for item in told["changed"] if item["id"] == "user-cap")
    assert cap["values"]["threshold"] == {"before": 700_000_000, "after": 900_000_000}
    assert "include-license-text" in {item["id"] for item in told["lost"]}
    assert told["differs"] is True


def test_markdown_lists_what_differs(texts: dict[str, str]):
    _, output = compare(texts["capped"], texts["higher"], "--format", "markdown")
    assert output.startswith("### ")
    assert "**Changed**" in output
    assert "threshold: 700,000,000 -&gt; 900,000,000" in output


def test_known_licenses_are_compared_by_name():
    code, output = compare("MIT", "MIT", "--exit-code")
    assert code == 0
    assert "gained" not in output
    code, output = compare("MIT", "GPL-3.0-only", "--exit-code")
    assert code == 1
    assert "condition disclose-source" in output


def test_a_text_alone_is_compared_with_the_license_it_was_made_from():
    code, output = compare(
        "-", given="SPDX-License-Identifier: MIT\n\nThe software may not be used for commercial purposes.\n"
    )
    assert code == 0
    assert "--- MIT" in output
    assert "+ limitation non-commercial" in output


def test_output_to_a_file(texts: dict[str, str], tmp_path: Path):
    target = tmp_path / "diff.md"
    code, output = compare(texts["ours"], "MIT", "--format", "markdown", "--output", str(target))
    assert (code, output) == (0, "")
    assert target.read_text().startswith("### ")


@pytest.mark.parametrize(
    ("words", "code"), [(("no-such-thing", "MIT"), 4), (("MIT", "BSD"), 2), (("MIT",), 2), ((".", "MIT"), 4)]
)
def test_what_cannot_be_compared_is_said(words: tuple[str, ...], code: int):
    got, output = compare(*words)
    assert got == code, output
    for part in ("error:", "why:", "fix:"):
        assert part in output


def test_a_text_near_nothing_is_refused():
    code, output = compare("-", given="Quokka wombat numbat bilby potoroo quoll dunnart. " * 5)
    assert code == 4
    assert "near no known license" in output
