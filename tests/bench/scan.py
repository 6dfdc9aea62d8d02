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
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

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
        start = {name: _run(command(one)) for name, command in tools.items()}
        part = {name: _run(command(sample)) for name, command in tools.items()}
    whole = {name: _run(command(asked.tree)) for name, command in tools.items() if name != "scancode"}
    _table(start, part, whole, sample=asked.sample, total=len(everything))


def _files(tree: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(tree):
        yield from (Path(folder, name) for name in names if not Path(folder, name).is_symlink())


def _copy(files: list[Path], tree: Path, sample: Path) -> None:
    for file in files:
        target = sample / file.relative_to(tree)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)


class Run(NamedTuple):
    """One run of one tool."""

    seconds: float
    memory: float
    """Megabytes of its largest process."""


def _run(command: list[str]) -> Run:
    """Run to the end, whatever it answers."""
    with tempfile.TemporaryFile() as told:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)
        _, status, usage = os.wait4(process.pid, 0)
        taken = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        problem = told.read().decode(errors="replace")
    if process.returncode not in {0, 1} or "Traceback" in problem:
        sys.exit(f"{command[0]} ended with {process.returncode}: {problem[-400:]}")
    return Run(taken, usage.ru_maxrss / 1024)


def _table(
    start: dict[str, Run], part: dict[str, Run], whole: dict[str, Run], *, sample: int, total: int
) -> None:
    print("| tool | start s | sample s | sample files/s | whole s | whole files/s | MB |")
    print("|---|---|---|---|---|---|---|")
    rates = {}
    for name, begun in start.items():
        rates[name] = sample / max(part[name].seconds - begun.seconds, 0.001)
        line = f"| {name} | {begun.seconds:.2f} | {part[name].seconds:.2f} | {rates[name]:,.1f} |"
        if name in whole:
            rates[name] = total / max(whole[name].seconds - begun.seconds, 0.001)
            line += f" {whole[name].seconds:.1f} | {rates[name]:,.0f} | {whole[name].memory:,.0f} |"
        else:
            line += f" - | - | {part[name].memory:,.0f} |"
        print(line)
    for name, rate in rates.items():
        if name != "openverdict":
            times = rates["openverdict"] / rate
            print(f"\nopenverdict reads {times:,.0f} x the files of {name} a second")


if __name__ == "__main__":
    main()
