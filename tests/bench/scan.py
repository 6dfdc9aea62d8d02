"""Files per second of `openverdict scan`, ScanCode and reuse on the same tree, in the same run.

    python -m venv peers && peers/bin/pip install scancode-toolkit-mini reuse "pluggy<1.6"
    python tests/bench/scan.py TREE --peers peers

ScanCode is measured on a random sample of the tree (a whole one takes it hours), the two others on the sample
and on the whole. What each tool needs to start is measured on a tree of one file and taken off, for all
of them alike. ScanCode runs with one process a core and looks for licenses only.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Command = Callable[[Path], list[str]]
SEED = 20261121


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("tree", type=Path)
    parser.add_argument("--peers", type=Path, help="virtual environment with scancode and reuse")
    parser.add_argument("--sample", type=int, default=400, help="files of the sample")
    asked = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    ours = Path(sys.executable).with_name("openverdict")
    tools: dict[str, Command] = {"openverdict": lambda folder: [str(ours), "scan", "-q", str(folder)]}
    if asked.peers:
        programs = asked.peers / "bin"
        tools["reuse"] = lambda folder: [str(programs / "reuse"), "--root", str(folder), "lint", "--quiet"]
        options = ["--license", "--quiet", "-n", str(cores), "--json", str(asked.peers / "scancode.json")]
        tools["scancode"] = lambda folder: [str(programs / "scancode"), *options, str(folder)]
    everything = list(_files(asked.tree))
    print(f"{len(everything):,} files in {asked.tree}, a sample of {asked.sample}, {cores} cores\n")
    with tempfile.TemporaryDirectory() as place:
        sample, one = Path(place, "sample"), Path(place, "one")
        random.Random(SEED).shuffle(everything)  # noqa: S311  (a sample, no secret)
        _copy(everything[: asked.sample], asked.tree, sample)
        one.mkdir()
        (one / "a.py").write_text("print(1)\n", encoding="utf-8")
        start = {name: _seconds(command(one)) for name, command in tools.items()}
        part = {name: _seconds(command(sample)) for name, command in tools.items()}
    whole = {name: _seconds(command(asked.tree)) for name, command in tools.items() if name != "scancode"}
    _table(start, part, whole, sample=asked.sample, total=len(everything))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nlargest process of all runs: {peak:,.0f} MB")


def _files(tree: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(tree):
        yield from (Path(folder, name) for name in names if not Path(folder, name).is_symlink())


def _copy(files: list[Path], tree: Path, sample: Path) -> None:
    for file in files:
        target = sample / file.relative_to(tree)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)


def _seconds(command: list[str]) -> float:
    """Run to the end, whatever it answers."""
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in {0, 1} or b"Traceback" in done.stderr:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
    return time.perf_counter() - started


def _table(
    start: dict[str, float], part: dict[str, float], whole: dict[str, float], *, sample: int, total: int
) -> None:
    print("| tool | start s | sample s | sample files/s | whole s | whole files/s |")
    print("|---|---|---|---|---|---|")
    rates = {}
    for name, begun in start.items():
        rates[name] = sample / max(part[name] - begun, 0.001)
        line = f"| {name} | {begun:.2f} | {part[name]:.2f} | {rates[name]:,.1f} |"
        if name in whole:
            rates[name] = total / max(whole[name] - begun, 0.001)
            line += f" {whole[name]:.1f} | {rates[name]:,.0f} |"
        else:
            line += " - | - |"
        print(line)
    for name, rate in rates.items():
        if name != "openverdict":
            times = rates["openverdict"] / rate
            print(f"\nopenverdict reads {times:,.0f} x the files of {name} a second")


if __name__ == "__main__":
    main()
