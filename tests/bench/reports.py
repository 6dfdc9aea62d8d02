"""Seconds and memory for 10,000 subjects in every format.

    python tests/bench/reports.py [COUNT]

Each format is rendered in a process of its own, so that its memory is its own; the memory includes the run.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))
FORMATS = ("sarif", "html", "json", "junit", "csv", "markdown", "github", "badge")


def main() -> None:
    """Measure each format, or the one named."""
    if len(sys.argv) > 2:
        _measure(sys.argv[1], int(sys.argv[2]))
        return
    count = sys.argv[1] if len(sys.argv) > 1 else "10000"
    print("| format | seconds | MB written | MB of memory |\n|---|---|---|---|", flush=True)
    for name in FORMATS:
        subprocess.run([sys.executable, __file__, name, count], check=True)


def _measure(name: str, count: int) -> None:
    import samples  # noqa: PLC0415  (found by the path above)

    from checker.reports import renderer  # noqa: PLC0415

    report = samples.many(count)
    started = time.perf_counter()
    page = renderer(name)(report, samples.OPTIONS)
    taken = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {name} | {taken:.2f} | {len(page.encode()) / 1e6:.1f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
