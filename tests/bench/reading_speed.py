"""How quickly words are read for clauses, from 1 KB to 10 MB: `python tests/bench/reading_speed.py`.

Prints, for each size, MB of text per second of processor time and the peak memory so far. Every sentence is
numbered, so that no sentence repeats and nothing that was kept of one helps with the next.
"""

from __future__ import annotations

import itertools
import resource
import time

from checker.knowledge import Knowledge
from checker.reading.clauses.load import readings_of
from checker.reading.cold import read_cold
from checker.reading.document import Document

SENTENCES = (
    "You may use, copy and change part {} of the software for any purpose.",
    "Copies of part {} must keep this notice and the list of authors.",
    "You may not sell part {} without written permission of its authors.",
    "Part {} comes as it is, and nobody answers for damage that its use may cause.",
    "The history of part {} is told in its handbook, together with the names of those who wrote it.",
    "If you pass on part {} in changed form, mark the changes and the day on which you made them.",
)
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def text_of(size: int) -> str:
    """Return about so many characters of sentences that all differ."""
    parts: list[str] = []
    length = 0
    for number in itertools.count():
        part = SENTENCES[number % len(SENTENCES)].format(number)
        parts.append(part)
        length += len(part) + 1
        if length >= size:
            return "\n".join(parts)
    raise AssertionError


def main() -> None:
    """Measure every size; small ones often enough to be measured."""
    knowledge = Knowledge()
    start = time.process_time()
    readings = readings_of(knowledge)
    print(f"readings made ready in {1000 * (time.process_time() - start):.0f} ms")
    read_cold(Document("warm", text_of(20_000)), readings, knowledge.taxonomy)
    for size in SIZES:
        text = text_of(size)
        times = max(1, 200_000 // size)
        start = time.process_time()
        for _ in range(times):
            read_cold(Document("bench", text), readings, knowledge.taxonomy)
        speed = times * len(text) / 1e6 / (time.process_time() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{size:>10,} characters  {speed:6.2f} MB/s  peak {peak} MB")


if __name__ == "__main__":
    main()
