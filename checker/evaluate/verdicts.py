"""Four outcomes -> one verdict (README), and the category of an open license."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checker.domain.freedoms import Category, Freedom, Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checker.domain.clauses import Clause
    from checker.domain.judgement import FreedomResult

_COPY_MATTERS: Final = (Freedom.STUDY, Freedom.MODIFY, Freedom.SHARE)
_CLOSED_FROM: Final = 2
"""How many of study, modify and share must be denied for a text to be closed."""
_NARROW: Final = frozenset({"file", "library", "source", "source form", "source code form", "module"})
"""Scopes of a copyleft that leave the larger work alone."""


def verdict_of(outcomes: Mapping[Freedom, Outcome]) -> Verdict:
    """Return the verdict that four outcomes come to; a freedom that is missing counts as unknown."""
    found = {freedom: outcomes.get(freedom, Outcome.UNKNOWN) for freedom in Freedom}
    worst = min(found.values())
    if worst >= Outcome.CONDITIONAL:
        return Verdict.OPEN
    if worst is Outcome.UNKNOWN:
        return Verdict.UNKNOWN
    denied = sum(found[freedom] is Outcome.DENIED for freedom in _COPY_MATTERS)
    return Verdict.CLOSED if denied >= _CLOSED_FROM else Verdict.RESTRICTED


def outcomes_of(freedoms: Mapping[Freedom, FreedomResult]) -> dict[Freedom, Outcome]:
    """Return the bare outcomes of freedoms with their rules."""
    return {freedom: result.outcome for freedom, result in freedoms.items()}


def category_of(clauses: Iterable[Clause], outcomes: Mapping[Freedom, Outcome]) -> Category | None:
    """Return what an open license asks in return, from its clauses; None where it is not open.

    Source on request over a network is network copyleft; source of the whole work, or the duty to pass the
    whole on under the same license with its source, is strong; a copyleft that stops at files, a library or
    the source form, or that asks for no source, is weak.
    """
    if verdict_of(outcomes) is not Verdict.OPEN:
        return None
    found = tuple(clauses)
    disclosing = [clause for clause in found if clause.id == "disclose-source"]
    same = [
        clause
        for clause in found
        if clause.id == "same-license"
        and clause.values.get("alternative") is not True
        and clause.values.get("scope") != "work unmodified"
    ]
    if any("network" in (clause.values.get("scope"), clause.values.get("trigger")) for clause in disclosing):
        return Category.NETWORK_COPYLEFT
    if disclosing:
        narrow = all(_is_narrow(clause) for clause in disclosing) or any(
            _is_narrow(clause) for clause in same
        )
        return Category.WEAK_COPYLEFT if narrow else Category.STRONG_COPYLEFT
    if same:
        return Category.WEAK_COPYLEFT
    dedicated = any(clause.id == "public-domain" for clause in found)
    if dedicated and all(outcome is Outcome.GRANTED for outcome in outcomes.values()):
        return Category.PUBLIC_DOMAIN
    return Category.PERMISSIVE


def _is_narrow(clause: Clause) -> bool:
    """Say whether a copyleft clause stops short of the whole work."""
    return any(clause.values.get(name) in _NARROW for name in ("scope", "for"))
