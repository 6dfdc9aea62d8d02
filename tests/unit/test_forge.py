"""Where a forge's CI says that sources can be read, and where a job summary goes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from checker.cli.forge import append_summary, source_links
from checker.errors import CheckerError


def github(folder: Path) -> dict[str, str]:
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "o/r",
        "GITHUB_SHA": "abc",
        "GITHUB_WORKSPACE": str(folder),
    }


def test_sources_are_at_the_commit_that_is_built(tmp_path: Path) -> None:
    gitlab = {
        "GITLAB_CI": "true",
        "CI_PROJECT_URL": "https://gitlab.example/g/p",
        "CI_COMMIT_SHA": "def",
        "CI_PROJECT_DIR": str(tmp_path),
    }
    (tmp_path / "sub").mkdir()
    assert source_links(github(tmp_path), tmp_path) == "https://github.com/o/r/blob/abc"
    assert source_links(github(tmp_path), tmp_path / "sub") == "https://github.com/o/r/blob/abc/sub"
    assert source_links(gitlab, tmp_path) == "https://gitlab.example/g/p/-/blob/def"


def test_elsewhere_links_stay_beside_the_report(tmp_path: Path) -> None:
    assert source_links({}, tmp_path) == ""
    assert source_links(github(tmp_path), tmp_path.parent) == ""
    assert source_links({**github(tmp_path), "GITHUB_SHA": ""}, tmp_path) == ""


def test_the_summary_of_other_steps_stays(
    tmp_path: Path, openverdict: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    (tmp_path / "LICENSE").write_text("SPDX-License-Identifier: MIT\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    command = [openverdict, "license", "LICENSE", "--format", "github"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    written = summary.read_text(encoding="utf-8")
    assert written.startswith("before\n### ")
    assert "All clear" in written


def test_a_summary_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CheckerError) as problem:
        append_summary(str(tmp_path / "no" / "file"), "x")
    assert problem.value.fix


def test_a_report_in_a_folder_links_back_to_the_sources(
    tmp_path: Path, openverdict: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("GITLAB_CI", raising=False)
    (tmp_path / "LICENSE").write_text("All rights reserved.\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    command = [openverdict, "license", "LICENSE", "--report", "html=out/page.html", "-q"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert '"../LICENSE#L1"' in (tmp_path / "out/page.html").read_text(encoding="utf-8")
