"""Candidates -> the bytes of a shard."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

from checker.knowledge.aliases import normal
from checker.knowledge.index.anchors import SHORT_RUN, anchors, run_hashes, short_hashes
from checker.knowledge.index.build.texts import SHORT, Candidate, Entry
from checker.knowledge.index.build.thin import thin
from checker.knowledge.index.container import pack
from checker.knowledge.index.known import DIGEST, TextKind
from checker.knowledge.index.word_sets import DISCLAIMING, GRANTING, NAMING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LEAST_ALIGNED = 12


def shard_bytes(header: Mapping[str, object], entries: Sequence[Entry], found: Sequence[Candidate]) -> bytes:
    """Return the bytes of a shard; equal inputs give equal bytes."""
    candidates, spoken = thin(found, SHORT)
    expressions = sorted({candidate.license for candidate in candidates})
    numbers = {expression: number for number, expression in enumerate(expressions)}
    rows, required, sequences = array("I"), array("H"), []
    start = 0
    for candidate in candidates:
        rows.extend(
            (
                start,
                len(candidate.sequence),
                numbers[candidate.license],
                int(candidate.kind),
                len(set(run_hashes(candidate.sequence, anchors(candidate.sequence)))),
                len(required) // 2,
                len(candidate.required),
            )
        )
        for span in candidate.required:
            required.extend(span)
        sequences.append(candidate.sequence)
        start += len(candidate.sequence)
    digest_keys, digest_texts = _digests(candidates, spoken)
    run_keys, run_texts = _runs(candidates)
    short_keys, short_texts = _shorts(candidates)
    return pack(
        {**header, "texts": len(candidates), "licenses": len(entries)},
        {
            "digests": digest_keys,
            "digest_texts": digest_texts,
            "expressions": "\n".join(expressions).encode(),
            "texts": rows.tobytes(),
            "required": required.tobytes(),
            "sequences": "".join(sequences).encode("utf-16-le"),
            "run_keys": run_keys,
            "run_texts": run_texts,
            "short_keys": short_keys,
            "short_texts": short_texts,
            "names": _names(entries),
            "licenses": "\n".join(
                _line(entry) for entry in sorted(entries, key=lambda entry: (entry.id, entry.key))
            ).encode(),
        },
    )


def _names(entries: Sequence[Entry]) -> bytes:
    """Return the names of the licenses of the SPDX list, as names are compared; the id itself is one."""
    names: dict[str, str] = {}
    for entry in sorted(entries, key=lambda entry: entry.id):
        if not entry.id.startswith("LicenseRef-"):
            names[normal(entry.id)] = entry.id
            names.setdefault(normal(entry.name), entry.id)
    return "\n".join(f"{name}\t{license_id}" for name, license_id in sorted(names.items())).encode()


def _line(entry: Entry) -> str:
    fields = (
        entry.id,
        entry.key,
        entry.name,
        entry.category,
        entry.language,
        str(int(entry.is_exception)),
        str(entry.words),
    )
    return "\t".join(" ".join(field.split()) for field in fields)


def _digests(candidates: Sequence[Candidate], spoken: Sequence[tuple[Candidate, int]]) -> tuple[bytes, bytes]:
    """Whole texts name their license; a core does so only where no other license has the same one."""
    named = [*((candidate, number) for number, candidate in enumerate(candidates)), *spoken]
    table: dict[bytes, int] = {}
    for candidate, number in named:
        table.setdefault(candidate.digests[0], number)
    cores: dict[bytes, int] = {}
    ambiguous: set[bytes] = set()
    for candidate, number in named:
        for digest in candidate.digests[1:]:
            first = cores.setdefault(digest, number)
            if candidates[first].license != candidate.license:
                ambiguous.add(digest)
    for digest, number in cores.items():
        if digest not in ambiguous:
            table.setdefault(digest, number)
    ordered = sorted(table.items())
    return b"".join(digest[:DIGEST] for digest, _ in ordered), array(
        "H", [number for _, number in ordered]
    ).tobytes()


def _runs(candidates: Sequence[Candidate]) -> tuple[bytes, bytes]:
    """Return the hashes of all runs at anchors, sorted, and the text of each."""
    pairs: set[int] = set()
    for number, candidate in enumerate(candidates):
        if len(candidate.sequence) < _LEAST_ALIGNED or candidate.kind is TextKind.REFERENCE:
            continue
        if not _is_bare_disclaimer(candidate):
            pairs.update(
                hashed << 16 | number
                for hashed in run_hashes(candidate.sequence, anchors(candidate.sequence))
            )
    ordered = sorted(pairs)
    return array("I", [pair >> 16 for pair in ordered]).tobytes(), array(
        "H", [pair & 0xFFFF for pair in ordered]
    ).tobytes()


def _is_bare_disclaimer(candidate: Candidate) -> bool:
    """Tell whether a text only disclaims: it is no sign of its license inside another text."""
    return (GRANTING | NAMING).isdisjoint(candidate.sequence) and not DISCLAIMING.isdisjoint(
        candidate.sequence
    )


def _shorts(candidates: Sequence[Candidate]) -> tuple[bytes, bytes]:
    """Return, for each short text, the hash of its rarest short run."""
    short = [
        (number, candidate, short_hashes(candidate.sequence))
        for number, candidate in enumerate(candidates)
        if SHORT_RUN <= len(candidate.sequence) < SHORT and not _is_bare_disclaimer(candidate)
    ]
    common = Counter(hashed for _, _, hashes in short for hashed in set(hashes))
    pairs = sorted(
        (min(hashes, key=lambda hashed: (common[hashed], hashed)), number) for number, _, hashes in short
    )
    return array("I", [hashed for hashed, _ in pairs]).tobytes(), array(
        "H", [number for _, number in pairs]
    ).tobytes()
