"""`openverdict model ID --online` against a server that speaks the Hub's API: what is fetched and refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from hub_server import COMMIT, OTHER_COMMIT, FakeHub, Repository

TOKEN = "hf_" + "secret" * 4
CARD = b"---\nlicense: %s\n---\n# Card\n"
WEIGHTS = b"these bytes are the weights"
OWN_TERMS = (
    b"You may use, copy, modify and distribute the model free of charge for non-commercial purposes only.\n"
    b"You may not use the model or its outputs for any commercial purpose.\n"
)

REPOSITORIES = {
    "demo/open": Repository(
        {
            "README.md": CARD % b"mit",
            "LICENSE": b"SPDX-License-Identifier: MIT\n",
            "model.safetensors": WEIGHTS,
        },
        older={"README.md": CARD % b"cc-by-nc-4.0", "model.safetensors": WEIGHTS},
    ),
    "demo/tuned": Repository({"README.md": b"---\nlicense: mit\nbase_model: demo/bound\n---\n"}),
    "demo/bound": Repository({"README.md": CARD % b"other", "LICENSE": OWN_TERMS}),
    "demo/one": Repository({"README.md": b"---\nlicense: mit\nbase_model: demo/two\n---\n"}),
    "demo/two": Repository({"README.md": b"---\nlicense: mit\nbase_model: demo/one\n---\n"}),
    "demo/orphan": Repository({"README.md": b"---\nlicense: mit\nbase_model: demo/nowhere\n---\n"}),
    "demo/empty": Repository({"model.safetensors": WEIGHTS}),
    "demo/gated": Repository({"README.md": CARD % b"mit"}, gated="manual"),
    "demo/half": Repository({"README.md": CARD % b"mit" + b"x" * 500}, half=True),
    "demo/moved": Repository({"README.md": CARD % b"mit"}, elsewhere="http://elsewhere.example/README.md"),
    "demo/huge": Repository({"README.md": CARD % b"mit" + b"x" * 3_000_000}),
    **{f"demo/says-{status}": Repository({}, status=status) for status in (401, 403, 404, 429, 500)},
}


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    with FakeHub(REPOSITORIES) as running:
        yield running


class Run:
    """Runs the command against the server, in a process of its own: the library reads its settings once."""

    def __init__(self, hub: FakeHub, home: Path) -> None:
        self._hub = hub
        self._home = home

    def all(self, *args: str, token: str | None = TOKEN) -> tuple[int, list[dict[str, Any]]]:
        """Return exit code and subjects; no traceback and no token is ever printed."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HF_")},
            "HF_ENDPOINT": self._hub.endpoint,
            "HF_HOME": str(self._home),
            **({"HF_TOKEN": token} if token else {}),
        }
        command = [sys.executable, "-m", "checker", "model", *args, "--online", "--format", "json"]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        printed = done.stdout + done.stderr
        assert "Traceback" not in printed, printed
        assert TOKEN not in printed
        return done.returncode, json.loads(done.stdout)["subjects"]

    def __call__(self, *args: str, token: str | None = TOKEN) -> tuple[int, dict[str, Any]]:
        """Return exit code and the only subject."""
        code, (subject,) = self.all(*args, token=token)
        return code, subject


@pytest.fixture
def run(hub: FakeHub, tmp_path: Path) -> Run:
    return Run(hub, tmp_path / "hf")


def test_card_and_license_are_fetched_at_a_commit_and_weights_never(hub: FakeHub, run: Run) -> None:
    hub.asked.clear()
    code, subject = run("demo/open")
    assert (code, subject["verdict"]) == (0, "open")
    assert (subject["name"], subject["version"]) == ("demo/open", COMMIT)
    assert subject["concluded"] == "MIT"
    assert any(f"/resolve/{COMMIT}/LICENSE" in asked for asked in hub.asked)
    assert not any("safetensors" in asked for asked in hub.asked)


def test_a_revision_is_judged_by_its_own_files(run: Run) -> None:
    code, subject = run("demo/open", "--revision", "v1")
    assert (code, subject["verdict"], subject["version"]) == (1, "restricted", OTHER_COMMIT)


def test_what_was_fetched_is_kept(hub: FakeHub, run: Run) -> None:
    run("demo/open")
    hub.asked.clear()
    run("demo/open")
    assert not any(asked.startswith("GET /demo/open/resolve") for asked in hub.asked)


def test_base_models_are_looked_up_and_bind(run: Run) -> None:
    code, subject = run("demo/tuned")
    assert (code, subject["verdict"]) == (1, "restricted")
    (link,) = subject["release"]["lineage"]
    assert (link["id"], link["verdict"]) == ("demo/bound", "restricted")
    assert "non-commercial" in link["enters"]


def test_bases_that_lead_back_to_themselves_end(run: Run) -> None:
    code, subject = run("demo/one")
    assert (code, subject["verdict"]) == (1, "unknown")
    assert subject["release"]["lineage_broken"]


def test_a_base_that_the_hub_does_not_show_is_unknown(run: Run) -> None:
    code, subject = run("demo/orphan")
    assert (code, subject["verdict"]) == (1, "unknown")
    assert "lineage/base-unknown" in {finding["rule"] for finding in subject["findings"]}


def test_a_repository_without_a_card_says_nothing(run: Run) -> None:
    code, subject = run("demo/empty")
    assert (code, subject["verdict"]) == (1, "unknown")


REFUSED = {
    "demo/says-401": "asks who is there",
    "demo/says-403": "lets only some people in",
    "demo/says-404": "knows no such repository",
    "demo/says-429": "asks to slow down",
    "demo/says-500": "answers 500",
    "demo/never-there": "asks who is there",
    "demo/half": "without sending",
    "demo/moved": "to another place, elsewhere.example",
}


def test_what_the_hub_refuses_is_an_error_and_never_open(run: Run) -> None:
    code, subjects = run.all(*REFUSED)
    assert code == 4
    for subject in subjects:
        assert subject["verdict"] == "unknown"
        assert REFUSED[subject["name"]] in subject["errors"][0]["why"]


def test_a_gated_repository_without_access_is_an_error(run: Run) -> None:
    code, subject = run("demo/gated", token=None)
    assert (code, subject["verdict"], subject["release"]["access"]) == (4, "unknown", "gated")


def test_a_gated_repository_with_access_is_judged_and_its_gate_is_told(run: Run) -> None:
    code, subject = run("demo/gated")
    assert (code, subject["verdict"], subject["release"]["access"]) == (0, "open", "gated")
    assert "release/gated" in {finding["rule"] for finding in subject["findings"]}


def test_a_file_that_is_too_large_is_left_alone(run: Run) -> None:
    code, subject = run("demo/huge")
    assert (code, subject["verdict"]) == (1, "unknown")


def test_no_connection_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeHub, "endpoint", "http://127.0.0.1:9")
    code, subject = run("demo/open")
    assert code == 4
    assert subject["verdict"] == "unknown"


def test_ids_that_are_none_are_refused_before_anything_is_asked(hub: FakeHub, run: Run) -> None:
    hub.asked.clear()
    code, subjects = run.all("demo/a..b", "demo/x--y", "demo/\u00e4", "demo/" + "x" * 120)
    assert code == 4
    assert all(subject["errors"] for subject in subjects)
    assert hub.asked == []
