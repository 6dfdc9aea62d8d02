"""The pre-commit hooks, run by pre-commit from a local clone, without network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "checker",
    "policies",
    "seeds",
    "pyproject.toml",
    "hatch_build.py",
    "README.md",
    "LICENSE",
    "NOTICE",
    ".pre-commit-hooks.yaml",
)


def _git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what the hooks are installed from."""
    folder = tmp_path_factory.mktemp("clone")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "everything")
    return folder


def _pre_commit(project: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "PRE_COMMIT_HOME": str(home),
        # Install the clone itself and nothing else; what it needs is what these tests run with.
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path.endswith("site-packages")),
    }
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


def test_the_hooks_judge_what_is_committed(clone: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    _git(project, "init", "--quiet")
    hooks = [
        {"id": "openverdict-license"},
        {"id": "openverdict-requirements", "args": ["--offline"]},
        {"id": "openverdict-scan"},
    ]
    config = {"repos": [{"repo": str(clone), "rev": _git(clone, "rev-parse", "HEAD"), "hooks": hooks}]}
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (project / "LICENSE").write_text((ROOT / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    (project / "license.py").write_text("print('a program about licenses')\n", encoding="utf-8")
    _git(project, "add", "--all")
    home = tmp_path / "home"

    good = _pre_commit(project, home, "run", "--all-files")
    assert good.returncode == 0, good.stdout + good.stderr
    assert good.stdout.count("Passed") == 2
    assert "(no files to check)Skipped" in good.stdout

    (project / "LICENSE").write_text("All rights reserved.\n", encoding="utf-8")
    _git(project, "add", "--all")
    bad = _pre_commit(project, home, "run", "openverdict-license", "--all-files")
    assert bad.returncode == 1
    assert "LICENSE" in bad.stdout
    assert "closed" in bad.stdout

    (project / "LICENSE").write_text((ROOT / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    (project / "requirements.txt").write_text("no-such-package==1.0\n", encoding="utf-8")
    _git(project, "add", "--all")
    audited = _pre_commit(project, home, "run", "openverdict-requirements", "--all-files")
    assert audited.returncode == 1
    assert "no-such-package" in audited.stdout
