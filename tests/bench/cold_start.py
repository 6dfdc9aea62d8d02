"""One license file, whole process: median, best and peak memory, beside other programs on the same file.

    python tests/bench/cold_start.py [--file LICENSE] [--runs 10] [--peers licenseclassifier,osslili,scancode]

Every program is started anew for every run, by its own command where it has one, and reads the same file. The
programs take turns, so that a busy moment of the machine meets all of them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from identification import PEERS, fetch_wheel, peer_python

ROOT = Path(__file__).resolve().parents[2]
ONE_CALL = {
    "licenseclassifier": (
        "import sys, licenseclassifier as l; print(l.identify_license(open(sys.argv[1]).read()))"
    ),
}
"""Programs without a command of their own: the shortest script that does the job."""
COMMANDS = {
    "osslili": ["osslili", "{file}"],
    "scancode": ["scancode", "--license", "--quiet", "--json", os.devnull, "{file}"],
}


def command_of(name: str, python: Path, file: Path) -> list[str]:
    """Return how a program is asked about one file."""
    if name in ONE_CALL:
        return [str(python), "-c", ONE_CALL[name], str(file)]
    first, *rest = (part.format(file=file) for part in COMMANDS[name])
    return [str(python.with_name(first)), *rest]


def once(command: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds and its peak memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - began, used.ru_maxrss / 1024


def main() -> None:
    """Take turns, then print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--file", type=Path, default=ROOT / "LICENSE")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--peers", default="licenseclassifier,osslili,scancode", help="or none")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "openverdict-bench")
    parser.add_argument("--wheel", type=Path, help="wheel of ScanCode; downloaded if it takes part")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    commands = {
        "openverdict": [str(Path(sys.executable).with_name("openverdict")), "license", str(options.file)]
    }
    for name in options.peers.split(","):
        if name in PEERS:
            wheel = (options.wheel or fetch_wheel(options.work)) if name == "scancode" else Path()
            commands[name] = command_of(name, peer_python(name, options.work, wheel), options.file)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for command in commands.values():
        once(command)  # the first run writes caches
    for _ in range(options.runs):
        for name, command in commands.items():
            taken[name].append(once(command))
    print(f"{'program':18} {'median ms':>10} {'best ms':>8} {'peak MB':>8} {'median / ours':>14}")
    ours = statistics.median(seconds for seconds, _ in taken["openverdict"])
    for name, runs in taken.items():
        median = statistics.median(seconds for seconds, _ in runs)
        best = min(seconds for seconds, _ in runs)
        peak = max(memory for _, memory in runs)
        print(f"{name:18} {1000 * median:10.0f} {1000 * best:8.0f} {peak:8.0f} {median / ours:14.2f}")


if __name__ == "__main__":
    main()
