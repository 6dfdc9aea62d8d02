"""Whether the licenses of one alternative are on a policy's `allow` and `deny` lists.

An entry is a category, a license, a license with its exception, or an expression. The more exact entry
wins (license WITH exception, then license, then category); at the same exactness `deny` wins. An entry for
a license covers it with an SPDX exception too, since those only add permissions. In an entry `A OR B`
stands for two entries; `A AND B` speaks of the two only where they apply together.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from checker.domain.dataclass import dataclass
from checker.domain.freedoms import Category, Level
from checker.domain.judgement import Finding
from checker.evaluate.alternatives import written_out
from checker.knowledge.expressions import Term, parse_expression

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.domain.policy import Policy

DENIED: Final = "policy/denied"
NOT_ALLOWED: Final = "policy/not-allowed"
_CATEGORIES: Final = {category.value: category for category in Category}
_CATEGORY, _LICENSE, _EXACT, _TOGETHER = 1, 2, 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """One list of a policy, taken apart."""

    categories: frozenset[Category]
    groups: tuple[frozenset[Term], ...]
    """Each a license alone, or licenses that the entry names together."""

    def strength(self, term: Term, together: frozenset[Term], category: Category | None) -> int:
        """Return how exactly this list speaks of a license beside those that apply with it; 0: not at all."""
        found = _CATEGORY if category in self.categories else 0
        for group in self.groups:
            exact = max((_exactness(entry, term) for entry in group), default=0)
            if len(group) == 1:
                found = max(found, exact)
            elif exact and all(any(_exactness(entry, other) for other in together) for entry in group):
                found = _TOGETHER
        return found


@lru_cache(maxsize=64)
def read_entries(entries: tuple[str, ...]) -> Entries:
    """Take the entries of `allow` or `deny` apart; they were checked when the policy was loaded."""
    groups: list[frozenset[Term]] = []
    for entry in entries:
        if entry not in _CATEGORIES:
            groups += [frozenset(option) for option in written_out(parse_expression(entry))]
    return Entries(
        categories=frozenset(_CATEGORIES[entry] for entry in entries if entry in _CATEGORIES),
        groups=tuple(groups),
    )


def license_findings(
    terms: tuple[Term, ...], categories: Mapping[Term, Category | None], policy: Policy
) -> tuple[Finding, ...]:
    """Return a finding for each license that the policy's lists refuse.

    Args:
        terms: The licenses of one alternative: all of them apply.
        categories: Their categories; None for a license that is not open.
        policy: Its `allow` (empty allows all) and `deny`.
    """
    if not policy.allow and not policy.deny:
        return ()
    allow, deny = read_entries(policy.allow), read_entries(policy.deny)
    together = frozenset(terms)
    findings = []
    for term in dict.fromkeys(terms):
        category = categories.get(term)
        allowed = allow.strength(term, together, category)
        denied = deny.strength(term, together, category)
        if denied and denied >= allowed:
            who = " beside ".join(map(str, terms)) if denied == _TOGETHER else _named(term, category)
            findings.append(_finding(DENIED, f"The policy {policy.name} denies {who}."))
        elif policy.allow and not allowed:
            findings.append(
                _finding(
                    NOT_ALLOWED,
                    f"{_named(term, category)} is not among what the policy {policy.name} allows.",
                )
            )
    return tuple(dict.fromkeys(findings))


def listed_together(policy: Policy) -> frozenset[Term]:
    """Return the licenses that some entry names together with others."""
    groups = (*read_entries(policy.allow).groups, *read_entries(policy.deny).groups)
    return frozenset(term for group in groups if len(group) > 1 for term in group)


def _exactness(entry: Term, term: Term) -> int:
    """Say how exactly an entry names a license: with its exception, by the license alone, or not."""
    if entry.id.casefold() != term.id.casefold():
        return 0
    if entry.exception is None:
        return _LICENSE if term.exception else _EXACT
    same = term.exception is not None and entry.exception.casefold() == term.exception.casefold()
    return _EXACT if same else 0


def _named(term: Term, category: Category | None) -> str:
    return f"{term} ({category.value})" if category else str(term)


def _finding(rule: str, text: str) -> Finding:
    return Finding(
        rule=rule,
        level=Level.ERROR,
        message=text,
        fix="Use another component, or have the owner of the policy change its `allow` and `deny` lists.",
    )
