"""Anchors: the runs of words by which texts that share words find each other.

A word is an anchor when its character falls in a fixed part of the code points (about one word in six); a
run of five words that starts at an anchor is hashed. Equal runs give equal hashes wherever they stand.
"""

from __future__ import annotations

import re
import zlib

RUN = 5
"""Words in a run."""
SHORT_RUN = 3
"""Words in a run of the table of short notices, where every word starts one."""

_ANCHOR = re.compile("[\u0000-\u2bff]")


def anchors(sequence: str, start: int = 0, end: int | None = None) -> list[int]:
    """Return the positions in `sequence[start:end]` at which a full run starts at an anchor."""
    stop = len(sequence) if end is None else min(end, len(sequence))
    last = len(sequence) - RUN
    return [at for found in _ANCHOR.finditer(sequence, start, stop) if (at := found.start()) <= last]


def run_hashes(sequence: str, positions: list[int]) -> list[int]:
    """Return the 32-bit hash of the run at each position."""
    packed = sequence.encode("utf-16-le")
    crc = zlib.crc32
    width = 2 * RUN
    return [crc(packed[2 * at : 2 * at + width]) for at in positions]


def short_hashes(sequence: str) -> list[int]:
    """Return the hash of the short run at every position."""
    packed = sequence.encode("utf-16-le")
    crc = zlib.crc32
    width = 2 * SHORT_RUN
    return [crc(packed[at : at + width]) for at in range(0, len(packed) - width + 1, 2)]
