"""What was changed in a known license: words added that carry clauses, and clauses whose words are gone.

Only sentences that differ from the known text are read again. A sentence that still stands word for word
means what the stored profile says; an added name, address or thanks carries no clause and stays silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.domain.clauses import Clause, Profile
from checker.domain.dataclass import dataclass
from checker.domain.freedoms import ClauseKind
from checker.domain.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from checker.domain.stored import StoredClause, StoredProfile
    from checker.reading.clauses.whole import Placed
    from checker.reading.clean import Span
    from checker.reading.document import Document
    from checker.reading.identify import TextMatch

_ALTERING = frozenset({ClauseKind.LIMITATION, ClauseKind.CONDITION})
_LOSABLE = frozenset({ClauseKind.PERMISSION, ClauseKind.CONDITION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """How a text differs from the known license it was made from, where that changes what it says."""

    license: str
    """The known license."""
    added: tuple[Clause, ...]
    lost: tuple[Clause, ...]
    """Clauses of the known license that the text no longer says."""
    added_words: int
    missing_words: int
    line: int
    """Line of the first added words that carry a clause; of the match where only something is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A known license as it stands in one text."""

    profile: Profile
    alteration: Alteration | None
    used: tuple[Placed, ...]
    """Freshly read clauses that went into the profile."""


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Say whether a span shares a character with any of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def compare(
    match: TextMatch,
    stored: StoredProfile,
    document: Document,
    fresh: tuple[Placed, ...],
    changed: tuple[Span, ...],
    place: Callable[[StoredClause], tuple[Span, ...]],
) -> Compared:
    """Put the stored profile of a match beside what the changed words say.

    Args:
        match: The known license in the text.
        stored: Its profile, corrected by hand.
        document: The text.
        fresh: Clauses read in the text itself.
        changed: Spans of words that are not the known license's: added inside, before or after.
        place: Finds a stored clause's words in this text.
    """
    said = {item.clause.id for item in fresh}
    lost: list[Clause] = []
    clauses: list[Clause] = []
    places: dict[str, list[Clause]] = {}
    doubtful = bool(match.added or match.missing_words)
    for item in stored.clauses:
        spans = place(item)
        gone = doubtful and not item.curated and item.clause.kind in _LOSABLE and item.clause.id not in said
        if gone:
            lost.append(item.clause)
            continue
        clause = _placed(item.clause, spans or (match.span,), document)
        clauses.append(clause)
        places.setdefault(clause.id, []).append(clause)
    used = tuple(item for item in fresh if _is_new(item, places, changed))
    added = tuple(item.clause for item in used if item.clause.kind in _ALTERING)
    profile = Profile(
        license=match.license,
        clauses=(*_without_replaced(clauses, added), *(item.clause for item in used)),
        decided=stored.decided,
        facts=stored.facts,
        category=stored.category,
    )
    lost = [clause for clause in lost if clause.id not in {kept.id for kept in clauses}]
    if not added and not lost:
        return Compared(profile=profile, alteration=None, used=used)
    first = min((item.spans[0] for item in used if item.clause.kind in _ALTERING), default=match.span)
    return Compared(
        profile=profile,
        alteration=Alteration(
            license=match.license,
            added=added,
            lost=tuple(dict.fromkeys(lost)),
            added_words=_words(document, changed),
            missing_words=match.missing_words,
            line=document.line(first[0]),
        ),
        used=used,
    )


def _is_new(item: Placed, known: dict[str, list[Clause]], changed: tuple[Span, ...]) -> bool:
    """A clause is new when changed words take part in it and the known license does not say the same."""
    if not any(overlaps(span, changed) for span in item.spans):
        return False
    same = known.get(item.clause.id, [])
    if not same:
        return True
    if item.clause.kind is not ClauseKind.LIMITATION:
        return False
    return all(_differs(item.clause.values, clause.values) for clause in same)


def _differs(one: Values, other: Values) -> bool:
    """Values differ when a number, date or list that both state is not the same."""
    return any(one[key] != other[key] for key in one if key in other and not isinstance(one[key], str))


def _without_replaced(clauses: list[Clause], added: tuple[Clause, ...]) -> list[Clause]:
    """Where new words state the same limitation with other values, the new words count."""
    replaced = {clause.id for clause in added if clause.kind is ClauseKind.LIMITATION}
    return [clause for clause in clauses if clause.id not in replaced]


def _placed(clause: Clause, spans: tuple[Span, ...], document: Document) -> Clause:
    return Clause(
        id=clause.id,
        kind=clause.kind,
        values=clause.values,
        freedoms=clause.freedoms,
        basis=clause.basis,
        evidence=tuple(map(document.evidence_of, spans)),
    )


def _words(document: Document, spans: Iterable[Span]) -> int:
    return sum(len(document.text[start:end].split()) for start, end in spans)
