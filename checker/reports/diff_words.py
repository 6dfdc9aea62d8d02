"""What the text and the Markdown form of a comparison say alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.reports.clause_words import clause_words, lines_of, shown
from checker.reports.plain import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.domain.clauses import Clause
    from checker.domain.judgement import Judgement
    from checker.evaluate.differences import Changed, Difference

_QUOTE = 160
"""Characters of a clause's words that are shown."""


def side(judgement: Judgement) -> str:
    """Name one side: what was given, and what it was found to be."""
    name = visible(judgement.name)
    concluded = judgement.concluded or "no license"
    return name if concluded == name else f"{name} ({concluded})"


def verdicts(found: Difference) -> str:
    """Say how the verdict changed."""
    before, after = found.before.verdict.value, found.after.verdict.value
    return f"{before}, as before" if before == after else f"{before} -> {after}"


def outcomes(found: Difference) -> Iterator[str]:
    """Say how the outcome of each freedom changed."""
    for freedom in found.freedoms:
        before, after = found.before.freedoms[freedom], found.after.freedoms[freedom]
        yield f"{freedom.value}: {before.outcome.value} -> {after.outcome.value}"


def clause_line(clause: Clause) -> str:
    """Say one clause: kind, meaning, place."""
    place = lines_of(clause)
    return f"{clause.kind.value} {clause.id}" + _detail(clause) + (f" at {place}" if place else "")


def _detail(clause: Clause) -> str:
    words = clause_words(clause)
    return "" if words == clause.id.replace("-", " ") else f": {visible(words)}"


def change_lines(changed: Changed) -> Iterator[str]:
    """Say what a clause said before and says now, value by value where both say it once."""
    named = changed.values
    if named:
        for name, before, after in named:
            old = "not said" if before is None else visible(shown(before))
            new = "not said" if after is None else visible(shown(after))
            yield f"{name.replace('_', ' ')}: {old} -> {new}"
        return
    for sign, clauses in (("before", changed.before), ("now", changed.after)):
        yield f"{sign}: {'; '.join(visible(clause_words(clause)) for clause in clauses)}"


def quote(clause: Clause) -> str:
    """Return the first words of a clause on one line; empty where a license is known by name only."""
    text = " ".join(visible(next((item.quote for item in clause.evidence if item.quote), "")).split())
    return text if len(text) <= _QUOTE else f"{text[: _QUOTE - 3].rstrip()}..."


def same_words(found: Difference) -> str:
    """Say on how much both agree."""
    return f"{found.same} clause{'' if found.same == 1 else 's'} unchanged"


CLOSING = "A reading of words, not legal advice."
