"""Leave out texts that another text of the same license finds anyway; their digests stay."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.knowledge.index.align import align
from checker.knowledge.index.anchors import anchors, run_hashes
from checker.knowledge.index.known import TextKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.knowledge.index.build.texts import Candidate

_COMPARED = 6
"""Texts of the same license that a new one is compared with, those that share most runs first."""
_LEAST_DIFFERENCE = 3
_NEAR = 0.6
"""Share of a wording that must stand in the main text for a part of the wording to count as the license."""
_SHARE = 0.02
"""Share of words in which a text must differ from every other of its license to be kept."""


def thin(candidates: Sequence[Candidate], short: int) -> tuple[list[Candidate], list[tuple[Candidate, int]]]:
    """Keep the texts that add something.

    Args:
        candidates: best first.
        short: texts of fewer words are all kept.

    Returns:
        The texts kept, and for each one left out the place in that list of the text that stands for it.
    """
    kept: list[Candidate] = []
    spoken: list[tuple[Candidate, int]] = []
    runs: dict[str, dict[int, list[int]]] = {}
    tables: dict[int, dict[int, list[int]]] = {}
    mains: dict[str, list[int]] = {}
    for given in candidates:
        candidate = given
        if candidate.kind is TextKind.REFERENCE or len(candidate.sequence) < short:
            kept.append(candidate)
            continue
        positions = anchors(candidate.sequence)
        seeds = list(zip(positions, run_hashes(candidate.sequence, positions), strict=True))
        same = runs.setdefault(candidate.license, {})
        if candidate.kind is not TextKind.MAIN:
            votes = Counter(
                number for hashed in {hashed for _, hashed in seeds} for number in same.get(hashed, ())
            )
            like = _like(
                candidate, seeds, [number for number, _ in votes.most_common(_COMPARED)], kept, tables
            )
            if like is not None:
                spoken.append((candidate, like))
                continue
        if candidate.kind is TextKind.MAIN:
            mains.setdefault(candidate.license, []).append(len(kept))
        elif candidate.kind is TextKind.VARIANT and not _is_near(candidate, seeds, mains, kept, tables):
            candidate = replace(candidate, kind=TextKind.APART)
        table: dict[int, list[int]] = {}
        for at, hashed in seeds:
            table.setdefault(hashed, []).append(at)
        tables[len(kept)] = table
        for hashed in table:
            same.setdefault(hashed, []).append(len(kept))
        kept.append(candidate)
    return kept, spoken


def _is_near(
    candidate: Candidate,
    seeds: list[tuple[int, int]],
    mains: dict[str, list[int]],
    kept: list[Candidate],
    tables: dict[int, dict[int, list[int]]],
) -> bool:
    """Tell whether most of a wording stands in the license's main text."""
    for number in mains.get(candidate.license, ()):
        found = align(candidate.sequence, seeds, kept[number].sequence, tables[number])
        if found is not None and found.matched >= _NEAR * len(candidate.sequence):
            return True
    return False


def _like(
    candidate: Candidate,
    seeds: list[tuple[int, int]],
    numbers: list[int],
    kept: list[Candidate],
    tables: dict[int, dict[int, list[int]]],
) -> int | None:
    for number in numbers:
        known = kept[number]
        if (known.kind is TextKind.NOTICE) != (candidate.kind is TextKind.NOTICE):
            continue
        found = align(candidate.sequence, seeds, known.sequence, tables[number])
        if found is None:
            continue
        unsaid = len(candidate.sequence) - (found.end - found.start)
        different = found.added_words + found.missing_words + unsaid
        if different <= max(_LEAST_DIFFERENCE, int(_SHARE * len(known.sequence))):
            return number
    return None
