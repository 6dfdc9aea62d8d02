"""The clause types: what ids exist and what each means, from `policies/clauses/*.yaml`."""

from __future__ import annotations

from dataclasses import field

from checker.domain.dataclass import dataclass
from checker.domain.freedoms import ClauseKind, Freedom
from checker.domain.values import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseType:
    """One id of the taxonomy."""

    id: str
    kind: ClauseKind
    meaning: str
    """One sentence in plain words; shown by `explain`."""
    freedoms: frozenset[Freedom]
    """Freedoms touched unless the clause itself says otherwise. For a permission: what it grants."""
    values: Values = field(default_factory=Values)
    """Name of each value it may carry -> what it means."""
    source: str = ""
