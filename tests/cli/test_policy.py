"""`openverdict policy`: list, show, check, init."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli.app import main

GOOD = "extends: four-freedoms\nallow: [permissive]\n"
BAD = "extends: four-freedom\nalow: [MIT]\nfail_on: [sometimes]\n"


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["policy", *args])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project folder that the command is run in."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_list_names_every_shipped_policy_and_the_default() -> None:
    result = run("list")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)
    assert any(line.startswith("four-freedoms ") and line.endswith("(the default)") for line in lines)
    assert all("version" in line for line in lines)


def test_show_tells_rule_by_rule() -> None:
    result = run("show", "permissive")
    assert result.exit_code == 0
    assert "allows: permissive, public-domain" in result.stdout
    assert "use/user-cap  (error; touched freedoms restricted)" in result.stdout
    assert "from interview-llama-cap" in result.stdout
    assert "modify/same-license  (silent; touched freedoms conditional)" in result.stdout
    assert "modify/disclose-source-private  (warning; modify, share conditional)" in result.stdout


def test_show_tells_what_a_project_adds(project: Path) -> None:
    (project / "mine.yaml").write_text(
        "extends: osd\nproject-license: MIT\ndeny: [GPL-3.0-only]\n"
        "waivers:\n  - {rule: use/user-cap, subject: demo, reason: small, expires: 2030-01-01}\n"
        f"clarify:\n  - {{subject: other, license: ISC, reason: a scan, sha256: {'0' * 64}}}\n"
    )
    shown = run("show", "mine.yaml").stdout
    assert "mine.yaml (osd) version 1" in shown
    assert "denies: GPL-3.0-only" in shown
    assert "project license: MIT" in shown
    assert "waives use/user-cap for demo until 2030-01-01: small" in shown
    assert "states ISC for other: a scan" in shown


def test_show_of_a_name_that_no_policy_has_is_a_wrong_command_line() -> None:
    result = run("show", "four-freedom")
    assert result.exit_code == 2
    assert "four-freedoms" in result.stderr


def test_check_of_good_files(project: Path) -> None:
    (project / "one.yaml").write_text(GOOD)
    result = run("check", "one.yaml")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "1 file(s) checked, no problem(s)" in result.stderr


def test_check_says_every_mistake_of_every_file_with_its_line(project: Path) -> None:
    (project / "bad.yaml").write_text(BAD)
    (project / "pyproject.toml").write_text('[tool.openverdict]\nallow = ["permissve"]\n')
    result = run("check", "bad.yaml", "pyproject.toml")
    assert result.exit_code == 3
    for told in (
        "bad.yaml:1: extends: no policy named 'four-freedom'",
        "bad.yaml:2: alow: unknown key",
        "did you mean `allow`?",
        "bad.yaml:3: fail_on[0]: 'sometimes' is not a verdict",
        "pyproject.toml:2: allow[0]: 'permissve'",
        "2 file(s) checked, 4 problem(s)",
    ):
        assert told in result.stderr


@pytest.mark.usefixtures("project")
def test_check_of_a_missing_file_is_a_wrong_command_line() -> None:
    result = run("check", "nowhere.yaml")
    assert result.exit_code == 2
    assert "no such file" in result.stderr


@pytest.mark.usefixtures("project")
def test_check_without_files_checks_what_the_checker_brings() -> None:
    result = run("check")
    assert result.stderr.endswith("no problem(s)\n")
    assert result.exit_code == 0


def test_check_without_files_checks_the_projects_own_policy(project: Path) -> None:
    (project / "openverdict.yaml").write_text(BAD)
    result = run("check")
    assert result.exit_code == 3
    assert "openverdict.yaml:2: alow: unknown key" in result.stderr


def test_init_writes_a_starter_that_passes_the_check_and_never_overwrites(project: Path) -> None:
    assert run("init").exit_code == 0
    assert run("check", "openverdict.yaml").exit_code == 0
    before = (project / "openverdict.yaml").read_text()
    again = run("init")
    assert again.exit_code == 2
    assert "there is a file of that name" in again.stderr
    assert (project / "openverdict.yaml").read_text() == before


def test_the_starter_passes_with_every_example_switched_on(project: Path) -> None:
    run("init", "starter.yaml")
    text = (project / "starter.yaml").read_text()
    lines = text.splitlines()
    switched = [
        line[2:]
        if line.startswith("# ")
        and (line[2:].startswith((" ", "- ")) or line.rstrip().endswith(":") or ": A" in line)
        else line
        for line in lines
    ]
    (project / "starter.yaml").write_text("\n".join(switched))
    result = run("check", "starter.yaml")
    assert result.exit_code == 0, result.stderr
    shown = run("show", "starter.yaml").stdout
    assert "denies: network-copyleft, GPL-3.0-or-later" in shown
    assert "waives use/field-of-use for some-package>=1.4,<2" in shown


def test_init_where_nothing_can_be_written(project: Path) -> None:
    result = run("init", str(project / "no" / "such" / "folder.yaml"))
    assert result.exit_code == 4
    assert "was not written" in result.stderr
