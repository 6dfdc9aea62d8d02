"""The GitHub Action: its script steps, run as a runner would, with `pip` and `venv` stood in for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
MIT = (
    "Permission is granted, free of charge, to anyone, to use, copy, modify, merge, publish and distribute "
    "this work for any purpose, provided that this notice is kept.\n"
)

PYTHON = """#!/bin/sh
if [ "$1" = -m ]; then
  mkdir -p "$3/bin"
  ln -s "$REAL_OPENVERDICT" "$3/bin/openverdict"
  printf '#!/bin/sh\\necho "$@" > "$RUNNER_TEMP/installed"\\n' > "$3/bin/pip"
  chmod +x "$3/bin/pip"
else
  exec "$REAL_PYTHON" "$@"
fi
"""


class Runner:
    """Runs the steps of the action in a folder, with inputs, as a workflow would."""

    def __init__(self, folder: Path, openverdict: str) -> None:
        self.folder = folder / "work"
        self.temp = folder / "temp"
        self.folder.mkdir()
        self.temp.mkdir()
        tools = folder / "tools"
        tools.mkdir()
        python = tools / "python3"
        python.write_text(PYTHON, encoding="utf-8")
        python.chmod(0o755)
        self.summary = folder / "summary.md"
        self.output = folder / "output.txt"
        self.env = {
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
            "REAL_OPENVERDICT": openverdict,
            "REAL_PYTHON": sys.executable,
        }

    def run(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run one step with these inputs and the defaults of the others."""
        step = STEPS[name]
        values = {
            f"inputs.{key}": inputs.get(key.replace("-", "_"), about.get("default", ""))
            for key, about in ACTION["inputs"].items()
        }
        values["github.action_path"] = "/the/action"
        values |= {f"steps.judge.outputs.{key}": value for key, value in self.outputs().items()}
        env = {
            key: re.sub(r"\$\{\{ (\S+) \}\}", lambda found: values.get(found[1], ""), value)
            for key, value in step["env"].items()
        }
        bash = shutil.which("bash")
        assert bash
        return subprocess.run(
            [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={**self.env, **env},
            capture_output=True,
            text=True,
            check=False,
        )

    def outputs(self) -> dict[str, str]:
        """Return what the steps have written so far."""
        lines = self.output.read_text(encoding="utf-8").splitlines() if self.output.exists() else []
        return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def runner(tmp_path: Path, openverdict: str) -> Runner:
    made = Runner(tmp_path, openverdict)
    assert made.run("Install openverdict").returncode == 0
    return made


def test_it_installs_itself_or_the_version_asked_for(runner: Runner) -> None:
    installed = runner.temp / "installed"
    assert installed.read_text(encoding="utf-8").split()[-2:] == ["--", "/the/action"]
    shutil.rmtree(runner.temp / "openverdict")
    assert runner.run("Install openverdict", version="1.2.3").returncode == 0
    assert installed.read_text(encoding="utf-8").split()[-1] == "openverdict==1.2.3"


def test_what_passes_passes_and_tells_its_outputs(runner: Runner) -> None:
    (runner.folder / "LICENSE").write_text(MIT, encoding="utf-8")
    done = runner.run("Judge", job="license", paths="LICENSE")
    assert done.returncode == 0, done.stderr
    outputs = runner.outputs()
    assert outputs["passed"] == "true"
    assert outputs["exit-code"] == "0"
    assert json.loads(outputs["verdicts"]) == {"open": 1, "restricted": 0, "closed": 0, "unknown": 0}
    for name in ("sarif", "html", "json", "markdown"):
        assert (runner.folder / outputs[name]).is_file()
    assert "All clear" in runner.summary.read_text(encoding="utf-8")
    assert done.stdout.splitlines()[-1].startswith("::notice title=openverdict::All clear")
    assert runner.run("Result").returncode == 0


def test_what_does_not_pass_fails_unless_that_is_switched_off(runner: Runner) -> None:
    (runner.folder / "LICENSE").write_text("All rights reserved.\n", encoding="utf-8")
    done = runner.run("Judge", job="license", paths="LICENSE")
    assert done.returncode == 0, "the reports are uploaded before the job fails"
    assert "::error file=LICENSE" in done.stdout
    assert runner.outputs()["passed"] == "false"
    assert runner.outputs()["failed"] == "1"
    assert runner.run("Result").returncode == 1
    assert runner.run("Result", fail="false").returncode == 0


def test_what_cannot_be_judged_always_fails(runner: Runner) -> None:
    assert runner.run("Judge", job="license", paths="no such file").returncode == 0
    assert runner.run("Result", fail="false").returncode == 4


def test_an_unknown_job_and_a_wrong_option_are_refused(runner: Runner) -> None:
    assert runner.run("Judge", job="rm").returncode == 2
    runner.run("Judge", job="license", arguments="--no-such-option")
    assert runner.run("Result", fail="false").returncode == 2


def test_scan_takes_policy_and_baseline(runner: Runner, openverdict: str) -> None:
    (runner.folder / "LICENSE").write_text("All rights reserved.\n", encoding="utf-8")
    (runner.folder / "own.yaml").write_text("policy: own\nversion: 1\nextends: osd\n", encoding="utf-8")
    command = [openverdict, "scan", "--policy", "own.yaml", "--write-baseline", "known.json", "-q"]
    subprocess.run(command, cwd=runner.folder, capture_output=True, check=False)
    done = runner.run("Judge", policy="own.yaml", baseline="known.json")
    assert runner.outputs()["exit-code"] == "0", done.stdout + done.stderr


def test_text_in_inputs_never_becomes_a_command(runner: Runner) -> None:
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")
    runner.run(
        "Judge", job="license", paths='"; touch pwned; $(touch pwned) `touch pwned`', policy="$(touch pwned)"
    )
    assert not list(runner.folder.glob("**/pwned"))


def test_every_output_is_written_and_every_input_is_used() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name in ACTION["inputs"]:
        assert f"inputs.{name}" in text
    for name, about in ACTION["outputs"].items():
        assert about["value"] == f"${{{{ steps.judge.outputs.{name} }}}}"
