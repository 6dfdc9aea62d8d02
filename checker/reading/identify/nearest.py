"""The known license whose words a text shares most, whether or not the text is that license."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.knowledge.index.anchors import anchors, run_hashes

if TYPE_CHECKING:
    from checker.knowledge.index import KnownTexts
    from checker.reading.document import Document

_LOUDEST = 2_000
"""A run in more texts than this says nothing."""
_MOST_RUNS = 20_000
"""Runs asked for, taken evenly from a longer text: no known text has more."""
_LEAST = 0.1
"""Least share of runs in common for a license to be called near."""


def nearest(document: Document, known: KnownTexts) -> tuple[str, float] | None:
    """Return the nearest known license and the share of runs it has in common with a text.

    Returns:
        License id and a share (0.0 to 1.0, Dice's), or None where nothing known is near.
    """
    sequence = known.tokenize(document.cleaned.text).sequence
    positions = anchors(sequence)
    hashes = set(run_hashes(sequence, positions[:: 1 + len(positions) // _MOST_RUNS]))
    if not hashes:
        return None
    counts = known.anchor_counts
    best = max(
        (
            (2 * votes / (len(hashes) + counts[number]), known.license_of(number))
            for number, votes in known.vote(list(hashes), _LOUDEST).items()
            if " " not in known.license_of(number)
        ),
        default=None,
    )
    return (best[1], round(best[0], 4)) if best is not None and best[0] >= _LEAST else None
