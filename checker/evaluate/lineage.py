"""What a release inherits from what it was made of: the chain of bases, and where each clause enters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from checker.domain.dataclass import dataclass
from checker.domain.freedoms import ClauseKind, Outcome, Verdict

if TYPE_CHECKING:
    from checker.domain.clauses import Clause
    from checker.domain.release import Base, Release
    from checker.evaluate.expressions import ExpressionResult

MAX_LINKS: Final = 200
"""How many ancestors are followed; a chain beyond this is called broken."""
_COPYLEFT: Final = frozenset({"same-license", "no-further-restrictions"})
_TOLERANT: Final = frozenset({"pass-through-restrictions"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One ancestor."""

    base: Base
    child: str
    """Id of what was made from it."""
    depth: int
    """1 for the direct base."""
    release: Release | None
    """None for one that nobody knows."""
    result: ExpressionResult | None
    """What the policy makes of the ancestor's own license; None where none is known."""
    brings: tuple[Clause, ...] = ()
    """Limitations and conditions that nothing below it in the chain carries."""

    @property
    def enters(self) -> tuple[str, ...]:
        """Ids of the clauses that enter the chain here."""
        return tuple(dict.fromkeys(clause.id for clause in self.brings))

    @property
    def verdict(self) -> Verdict:
        """The verdict of the ancestor's own license."""
        return self.result.verdict if self.result else Verdict.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Every ancestor, nearest first, and what is wrong with the chain."""

    links: tuple[Link, ...] = ()
    broken: bool = False
    """The chain leads back to itself or is longer than is followed."""
    incompatible: tuple[str, ...] = ()
    """Licenses of different ancestors that cannot be kept together."""

    @property
    def unknown(self) -> tuple[Link, ...]:
        """Ancestors that nobody knows, or whose license nobody knows."""
        return tuple(link for link in self.links if link.result is None)

    @property
    def restricting(self) -> tuple[Link, ...]:
        """Ancestors whose own license is not open."""
        return tuple(link for link in self.links if link.verdict in {Verdict.RESTRICTED, Verdict.CLOSED})


def trace(
    release: Release,
    own: tuple[Clause, ...],
    find: Callable[[str], Release | None],
    judge: Callable[[Release], ExpressionResult | None],
) -> Lineage:
    """Follow the bases of a release.

    Args:
        release: Where the chain starts.
        own: Clauses of its own license; what they hold does not enter again.
        find: Known release of a base id.
        judge: What the policy makes of an ancestor's own license; None where none is known.
    """
    links: list[Link] = []
    broken = False
    held = {_identity(clause) for clause in own}
    waiting: list[tuple[Base, str, int, tuple[str, ...]]] = [
        (base, release.id, 1, (release.id.lower(),)) for base in release.base
    ]
    seen: set[str] = set()
    while waiting:
        base, child, depth, path = waiting.pop(0)
        name = base.label.lower()
        if name in path or len(links) >= MAX_LINKS:
            broken = True
            continue
        if name in seen:
            continue
        seen.add(name)
        known = find(base.id) if base.id else None
        result = judge(known) if known else None
        fresh = [
            clause
            for clause in (result.clauses if result else ())
            if _weighs(clause) and _identity(clause) not in held
        ]
        held.update(_identity(clause) for clause in fresh)
        links.append(
            Link(
                base=base,
                child=child,
                depth=depth,
                release=known,
                result=result,
                brings=tuple(fresh),
            )
        )
        if known:
            waiting += [(older, known.id, depth + 1, (*path, name)) for older in known.base]
    return Lineage(links=tuple(links), broken=broken, incompatible=_incompatible(links))


def least(links: tuple[Link, ...]) -> dict[str, tuple[Outcome, Link]]:
    """Return for each freedom the worst outcome an ancestor brings, and that ancestor."""
    found: dict[str, tuple[Outcome, Link]] = {}
    for link in links:
        for freedom, result in (link.result.freedoms if link.result else {}).items():
            if freedom.value not in found or result.outcome < found[freedom.value][0]:
                found[freedom.value] = (result.outcome, link)
    return found


def _incompatible(links: list[Link]) -> tuple[str, ...]:
    """Return the licenses of direct parents where one demands its own terms and another adds limits."""
    parents = [link for link in links if link.depth == 1 and link.result is not None]
    for strict in parents:
        for other in parents:
            mine, theirs = strict.result, other.result
            if mine is None or theirs is None or mine.expression == theirs.expression:
                continue
            demands = any(clause.id in _COPYLEFT for clause in mine.clauses)
            limits = any(
                clause.kind is ClauseKind.LIMITATION and clause.id not in _TOLERANT
                for clause in theirs.clauses
            )
            if demands and limits:
                return (mine.expression, theirs.expression)
    return ()


def _weighs(clause: Clause) -> bool:
    return clause.kind in {ClauseKind.LIMITATION, ClauseKind.CONDITION}


def _identity(clause: Clause) -> tuple[str, object]:
    return clause.id, clause.values
