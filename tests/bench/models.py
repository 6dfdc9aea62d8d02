"""Releases, whole process: a known id, the page of all releases, a local folder; beside a bare Python.

    python tests/bench/models.py [--runs 7]

Peers: `python -c pass` (what any program in Python costs), and one card read by `ModelCard` of
huggingface_hub (what a card costs with the Hub's own library, where it is installed). All take turns.
Limits: a known id 0.35 s, all releases as one HTML page 3 s, a folder with a card of 200 lines and three
texts 0.5 s.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMITS = {"known id": 0.35, "all as one page": 3.0, "folder": 0.5}
CARD_LINES = 200
ROOT = Path(__file__).resolve().parents[2]
READ_CARD = (
    "import sys; from huggingface_hub import ModelCard; print(ModelCard.load(sys.argv[1]).data.license)"
)


def folder_in(work: Path) -> Path:
    """Make a model folder: a card of 200 lines, a license of the fixtures, a policy and a notice."""
    folder = work / "model"
    folder.mkdir()
    front = "---\nlicense: other\nlicense_name: demo\nbase_model: meta-llama/Llama-3.1-8B\n---\n"
    lines = "".join(f"- line {number} of a card in our own words\n" for number in range(CARD_LINES - 5))
    (folder / "README.md").write_text(front + lines)
    case = ROOT / "fixtures" / "licenses" / "community-license-stops-at-a-user-cap" / "LICENSE"
    (folder / "LICENSE").write_text(case.read_text())
    (folder / "USE_POLICY.md").write_text(
        "# Use policy\n\nYou may not use the model for military purposes.\n"
    )
    (folder / "NOTICE").write_text("Demo, copyright by its authors.\n")
    return folder


def once(command: list[str]) -> float:
    """Run a command; return its seconds."""
    began = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=environment
    )
    return time.perf_counter() - began


def main() -> None:
    """Take turns, then print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    tool = [str(Path(sys.executable).with_name("openverdict")), "model"]
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        folder = folder_in(work)
        commands = {
            "known id": [*tool, "meta-llama/Llama-3.1-8B"],
            "all as one page": [*tool, "--all", "--format", "html", "--output", str(work / "all.html")],
            "folder": [*tool, str(folder)],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        if importlib.util.find_spec("huggingface_hub"):
            card = str(folder / "README.md")
            commands["huggingface_hub reads the card"] = [sys.executable, "-c", READ_CARD, card]
        for command in commands.values():
            once(command)  # the first run writes caches
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(options.runs):
            for name, command in commands.items():
                taken[name].append(once(command))
    bare = statistics.median(taken["python -c pass"])
    print(f"{'what':32} {'median s':>9} {'best s':>7} {'limit s':>8} {'/ bare python':>14}")
    for name, runs in taken.items():
        median, limit = statistics.median(runs), LIMITS.get(name)
        print(f"{name:32} {median:9.3f} {min(runs):7.3f} {limit or '':>8} {median / bare:14.1f}")


if __name__ == "__main__":
    main()
