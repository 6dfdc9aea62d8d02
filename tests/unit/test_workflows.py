"""Workflows: actions pinned by hash, no rights by default, no credentials left behind, hooks that match."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_workflows_are_locked_down(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"]
        for step in job["steps"]:
            used = step.get("uses", "./")
            assert used.startswith("./") or re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", used), used
            if used.startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize(
    ("hook", "yes", "no"),
    [
        (
            "openverdict-license",
            [
                "LICENSE",
                "a/COPYING.LESSER",
                "LICENCE.md",
                "LICENSES/MIT.txt",
                "x.LICENSE",
                "UNLICENSE",
                "LICENSE-MIT",
            ],
            ["license.py", "src/licenses.go", "README.md", "relicensed.md", "licenses/mit.yaml"],
        ),
        (
            "openverdict-requirements",
            [
                "requirements.txt",
                "dev-requirements.txt",
                "requirements/../requirements-test.in",
                "uv.lock",
                "a/pylock.dev.toml",
            ],
            ["requirements.md", "Cargo.lock", "my_uv.locked"],
        ),
    ],
)
def test_hooks_run_for_the_files_they_are_for(hook: str, yes: list[str], no: list[str]) -> None:
    wanted = re.compile(HOOKS[hook]["files"])
    unwanted = re.compile(HOOKS[hook].get("exclude", "^$"))
    assert [name for name in yes if not wanted.search(name) or unwanted.search(name)] == []
    assert [name for name in no if wanted.search(name) and not unwanted.search(name)] == []
