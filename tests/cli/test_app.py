"""The command itself: versions, help, what it refuses, and how every failure is told."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from checker import __version__
from checker.cli.app import COMMANDS, INTERRUPTED, main
from checker.cli.common import EXIT_CODES
from checker.errors import CheckerError, IndexDamaged, InputRefused, PolicyInvalid, UsageProblem
from checker.reports.text_details import DETAILS


def run(*args: str, **more: object):
    return CliRunner().invoke(main, args, **more)


def test_version():
    assert run("--version").output == f"openverdict {__version__}\n"


def test_help_lists_every_command_with_examples_and_exit_codes():
    text = run("--help").output
    for name, (_, line) in COMMANDS.items():
        assert name in text
        assert line in text
    assert "Examples:" in text
    assert "4  could not run" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str):
    command = import_module(COMMANDS[name][0]).command
    assert isinstance(command, click.Command)
    assert command.name == name
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.output


@pytest.mark.parametrize("name", ["license", "requirements", "model", "scan"])
def test_commands_that_judge_state_the_exit_codes_and_take_the_common_options(name: str):
    text = run(name, "--help").output
    assert "Exit codes:" in text
    for option in (
        "--policy",
        "--format",
        "--output",
        "--report",
        "--as-of",
        "--offline",
        "--quiet",
        "--verbose",
        "--color",
    ):
        assert option in text


def test_exit_codes_are_those_of_the_errors():
    stated = {int(line.split()[0]) for line in EXIT_CODES.splitlines() if line.strip()[:1].isdigit()}
    raised = {
        error.exit_code for error in (CheckerError, UsageProblem, PolicyInvalid, IndexDamaged, InputRefused)
    }
    assert stated == raised | {0, 1}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("licnse", "LICENSE"), "openverdict license ..."),
        (("license", "--frmat", "json"), "--format"),
        (("license", "--format", "yaml"), "text"),
        (("license", "--as-of", "tomorrow"), "2026-11-21"),
        (("license", "--report", "sarif"), "FORMAT=FILE"),
        (("license", "--report", "yaml=x"), "jsonl"),
        (("license", "--color", "sometimes"), "always"),
        (("license", "--max-size", "0"), "openverdict license --help"),
        (("completion", "tcsh"), "bash"),
    ],
)
def test_a_wrong_command_line_is_told_in_three_sentences(args: tuple[str, ...], said: str):
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert "\n  why: " in result.stderr
    assert "\n  fix: " in result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_failure_keeps_its_exit_code_and_shows_no_control_characters(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object, **__: object) -> None:
        raise CheckerError("it \x1b[31mbroke", why="first\nsecond", fix="mend it")

    monkeypatch.setattr("checker.cli.license.Search", fail)
    result = run("license", "LICENSE")
    assert result.exit_code == 4
    assert result.stderr == "error: it \\x1b[31mbroke\n  why: first\n       second\n  fix: mend it\n"


def test_ctrl_c_is_no_traceback(monkeypatch: pytest.MonkeyPatch):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("checker.cli.license.Search", stop)
    result = run("license", "LICENSE")
    assert result.exit_code == INTERRUPTED
    assert result.stderr.strip() == "interrupted"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(shell: str):
    assert "_OPENVERDICT_COMPLETE" in run("completion", shell).output


def test_completion_completes():
    found = subprocess.run(
        [sys.executable, "-m", "checker"],
        env={"_OPENVERDICT_COMPLETE": "bash_complete", "COMP_WORDS": "openverdict lic", "COMP_CWORD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "license" in found.stdout


def test_starting_up_loads_nothing_heavy():
    heavy = ("numpy", "rich", "jsonschema", "yaml", "jinja2", "license_expression", "packaging", "rapidfuzz")
    code = f"import sys, checker.cli; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("words", [(), ("policy",), ("knowledge",)])
def test_a_command_that_wants_another_shows_its_help(words: tuple[str, ...]):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Usage: openverdict")


def test_every_command_module_is_registered(root: Path):
    commanding = {
        f"checker.cli.{path.stem}"
        for path in (root / "checker" / "cli").glob("*.py")
        if "\ndef command(" in path.read_text(encoding="utf-8")
    }
    assert commanding == {module for module, _ in COMMANDS.values()}


def test_every_kind_of_details_can_be_loaded():
    for module, function in DETAILS.values():
        assert callable(getattr(import_module(module), function))
