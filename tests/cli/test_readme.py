"""The documents say what the code does: every command shown is run, every table is compared."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from checker.cli.app import COMMANDS
from checker.cli.common import EXIT_CODES
from checker.reports import REPORTS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    path
    for path in (
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "policies" / "README.md",
        ROOT / "CHANGELOG.md",
    )
    if path.is_file()
]
SHOWN = list(dict.fromkeys(re.findall(r"^\$ (openverdict .*)$", README, re.MULTILINE)))
JUDGES = {"license", "requirements", "model", "scan"}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with the files that the README speaks of."""
    shutil.copy(ROOT / "LICENSE", tmp_path)
    (tmp_path / "vendor").mkdir()
    shutil.copy(ROOT / "LICENSE", tmp_path / "vendor" / "COPYING")
    (tmp_path / "requirements.txt").write_text("click==8.1.7\n")
    (tmp_path / "openverdict.yaml").write_text("extends: four-freedoms\n")
    (tmp_path / "our-licenses").mkdir()
    (tmp_path / "our-licenses" / "LicenseRef-ours.txt").write_text(
        "Our own license. Anyone may use, copy, modify and distribute this work for any purpose. " * 5
    )
    return tmp_path


@pytest.mark.parametrize("line", SHOWN)
def test_every_command_shown_runs(
    line: str, workspace: Path, openverdict: str, monkeypatch: pytest.MonkeyPatch
):
    command, _, source = line.partition(" < ")
    words = shlex.split(command)
    if words[1] in JUDGES:
        words.append("--offline")
    if words[1:3] == ["policy", "init"]:
        (workspace / "openverdict.yaml").unlink()
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(workspace / name))
    done = subprocess.run(
        [openverdict, *words[1:]],
        cwd=workspace,
        input=(workspace / source).read_bytes() if source else b"",
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode in ({0, 1, 4} if words[1] in JUDGES else {0}), done.stderr


def test_the_answer_shown_is_the_answer_given(workspace: Path, openverdict: str):
    found = re.search(r"^\$ openverdict license LICENSE\n(.+?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found is not None
    (workspace / "openverdict.yaml").unlink()
    # Python's own view of the environment: readline, imported by pytest, exports COLUMNS behind its back.
    env = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    done = subprocess.run(
        [openverdict, "license", "LICENSE"], cwd=workspace, env=env, capture_output=True, check=True
    )
    assert done.stdout.decode().startswith(found[1])


def test_the_python_shown_runs(workspace: Path):
    (code,) = re.findall(r"^```python\n(.+?)^```$", README, re.MULTILINE | re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace, capture_output=True, text=True, check=True
    )
    assert "use 1 Anyone may use" in done.stdout


def test_the_two_commands_of_the_set_up_are_there():
    section = README.partition("## Set up")[2].partition("\n## ")[0]
    first, second = re.findall(r"^    (.+)$", section, re.MULTILINE)
    assert first.endswith("openverdict license LICENSE")
    assert second.endswith("pytest -n 2")


def test_exit_codes_are_those_of_the_help():
    table = re.findall(r"^\| (\d) \| (.+) \|$", README, re.MULTILINE)
    stated = re.findall(r"^  (\d)  (.+)$", EXIT_CODES, re.MULTILINE)
    assert table == stated


def test_formats_are_those_of_the_code():
    section = README.partition("| format | for |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (\w+) \|", section, re.MULTILINE) == list(REPORTS)


def test_every_command_is_shown():
    shown = {shlex.split(line)[1] for line in SHOWN} | set(re.findall(r"`openverdict (\w+)", README))
    assert shown >= set(COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_option_named_exists(document: Path, openverdict: str):
    known: set[str] = set()
    for name in COMMANDS:
        known |= options(openverdict, name)
        if name in {"policy", "knowledge"}:
            page = help_of(openverdict, name).partition("Commands:")[2]
            for sub in re.findall(r"^  ([a-z]+) ", page, re.MULTILINE):
                known |= options(openverdict, name, sub)
    text = "\n".join(
        line
        for line in document.read_text(encoding="utf-8").splitlines()
        if "openverdict" in line or "`--" in line
    )
    own = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
    foreign = {"--no-deps", "--only-binary", "--regen", "--extra", "--offline"}
    assert own - known - foreign == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_named_exists(document: Path):
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)[)#]", text)
    paths = re.findall(r"`((?:checker|policies|seeds|tests|fixtures)/[\w/.*-]+)`", text)
    base = document.parent
    missing = [link for link in links if not (base / link).exists()]
    missing += [path for path in paths if "*" not in path and "<" not in path and not (ROOT / path).exists()]
    assert not missing


@cache
def help_of(openverdict: str, *words: str) -> str:
    return subprocess.run([openverdict, *words, "--help"], capture_output=True, text=True, check=True).stdout


def options(openverdict: str, *words: str) -> set[str]:
    return set(re.findall(r"--[a-z][a-z-]+", help_of(openverdict, *words)))


def test_the_policy_shown_is_a_policy(workspace: Path, openverdict: str):
    (shown,) = re.findall(r"^```yaml\n(extends: .+?)^```$", README, re.MULTILINE | re.DOTALL)
    (workspace / "shown.yaml").write_text(shown)
    done = subprocess.run(
        [openverdict, "policy", "check", "shown.yaml"], cwd=workspace, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
