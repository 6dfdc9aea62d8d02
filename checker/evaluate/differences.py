"""What changed between two licenses, clause by clause: gained, lost, changed values. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.domain.dataclass import dataclass
from checker.domain.freedoms import ClauseKind, Freedom
from checker.domain.values import Value, Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checker.domain.clauses import Clause
    from checker.domain.judgement import Judgement

_VIA = "via"
"""The value that says how a license was found; no matter of what the license says."""
_ORDER = (ClauseKind.LIMITATION, ClauseKind.PERMISSION, ClauseKind.CONDITION, ClauseKind.TERM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A clause that both say, with other values or touching other freedoms."""

    id: str
    kind: ClauseKind
    before: tuple[Clause, ...]
    after: tuple[Clause, ...]

    @property
    def values(self) -> tuple[tuple[str, Value, Value], ...]:
        """(name, before, after) of each value that differs; None where one of them does not say it."""
        if len(self.before) != 1 or len(self.after) != 1:
            return ()
        before, after = _values(self.before[0]), _values(self.after[0])
        names = dict.fromkeys((*before, *after))
        return tuple(
            (name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two licenses side by side."""

    before: Judgement
    after: Judgement
    gained: tuple[Clause, ...]
    """Clauses of ids that only the second says: limitations first, then permissions, conditions, terms."""
    lost: tuple[Clause, ...]
    changed: tuple[Changed, ...]
    same: int
    """Number of clause ids on which both agree."""

    @property
    def differs(self) -> bool:
        """True when any clause was gained, lost or changed."""
        return bool(self.gained or self.lost or self.changed)

    @property
    def freedoms(self) -> tuple[Freedom, ...]:
        """The freedoms whose outcome differs."""
        return tuple(
            freedom
            for freedom in Freedom
            if freedom in self.before.freedoms
            and freedom in self.after.freedoms
            and self.before.freedoms[freedom].outcome is not self.after.freedoms[freedom].outcome
        )


def difference(before: Judgement, after: Judgement) -> Difference:
    """Compare two judged licenses clause by clause.

    Args:
        before: The license to start from.
        after: The license to compare with it.
    """
    old, new = _by_id(before.clauses), _by_id(after.clauses)
    both = [name for name in old if name in new]
    changed = tuple(
        Changed(id=name, kind=new[name][0].kind, before=old[name], after=new[name])
        for name in both
        if _said(old[name]) != _said(new[name])
    )
    return Difference(
        before=before,
        after=after,
        gained=_sorted(clause for name, clauses in new.items() if name not in old for clause in clauses),
        lost=_sorted(clause for name, clauses in old.items() if name not in new for clause in clauses),
        changed=tuple(sorted(changed, key=lambda item: _ORDER.index(item.kind))),
        same=len(both) - len(changed),
    )


def _by_id(clauses: Iterable[Clause]) -> dict[str, tuple[Clause, ...]]:
    """Group clauses by id, each with the same values and freedoms once."""
    grouped: dict[str, dict[object, Clause]] = {}
    for clause in clauses:
        grouped.setdefault(clause.id, {}).setdefault(_values(clause), clause)
    return {name: tuple(found.values()) for name, found in grouped.items()}


def _said(clauses: tuple[Clause, ...]) -> frozenset[Values]:
    return frozenset(map(_values, clauses))


def _values(clause: Clause) -> Values:
    if _VIA not in clause.values:
        return clause.values
    return Values({name: value for name, value in clause.values.items() if name != _VIA})


def _sorted(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    return tuple(sorted(clauses, key=lambda clause: _ORDER.index(clause.kind)))
