"""The compiled readings of policies/clauses/, made once for each knowledge in use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.domain.freedoms import ClauseKind
from checker.knowledge import store
from checker.reading.clauses import needs
from checker.reading.clauses.patterns import Reading, Readings, parse_reading

if TYPE_CHECKING:
    from checker.knowledge import Knowledge

WORDS_FILE = "words"


@lru_cache(maxsize=4)
def readings_of(knowledge: Knowledge) -> Readings:
    """Compile all readings; the same knowledge gets the same object."""
    files: dict[str, Any] = knowledge.clause_files  # type: ignore[assignment]
    maker = Path(needs.__file__)
    return Readings(
        parse_readings(files),
        files[WORDS_FILE],
        kept=lambda material, make: store.derived(maker, material, make),
    )


def parse_readings(files: dict[str, Any]) -> tuple[Reading, ...]:
    """Parse the readings of all files, in order."""
    return tuple(
        parse_reading(clause["id"], ClauseKind(clause["kind"]), data, file=f"policies/clauses/{name}.yaml")
        for name, content in files.items()
        if name != WORDS_FILE
        for clause in content.get("clauses", ())
        for data in clause.get("readings", ())
    )
