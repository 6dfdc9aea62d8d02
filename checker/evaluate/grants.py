"""What a text grants: the outcome of each freedom before any rule speaks.

Grants are collected over the whole text, then judged (policies/RULES.md, rules 1, 2 and "grants that stand for
others"): permission to modify and to share stand for use; permission to use, modify or share stands for
study. Silence grants nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checker.domain.clauses import Basis
from checker.domain.dataclass import dataclass
from checker.domain.freedoms import ClauseKind, Freedom, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checker.domain.clauses import Clause, Profile
    from checker.domain.taxonomy import ClauseType

READ_LANGUAGES: Final = frozenset({"en", "und"})
"""Languages the readings cover; `und` is a text too short to tell."""

_STRENGTH: Final = {Basis.MENTIONED: 0, Basis.PRESUPPOSED: 1, Basis.EXPRESS: 2}
_OUTCOMES: Final = {
    Basis.EXPRESS: Outcome.GRANTED,
    Basis.PRESUPPOSED: Outcome.CONDITIONAL,
    Basis.MENTIONED: Outcome.UNKNOWN,
}
_NO_GRANT_EXPECTED: Final = frozenset({"none", "pointer", "exception", "attributions"})
"""Kinds of text whose silence says nothing: they are no license, or only part of one."""

BY_FACTS: Final = "release"
"""The `text-kind` of a subject judged by its facts alone: everything stands until a rule lowers it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """How firmly each freedom stands before the rules, and how silence is to be read."""

    firmness: Mapping[Freedom, Basis]
    """The firmest permission for each freedom that has one."""
    silence: Outcome
    """Outcome of a freedom that no permission names: denied in a license that can be read, else unknown."""

    def outcome(self, freedom: Freedom) -> Outcome:
        """Return the outcome of one freedom before any rule."""
        basis = self.firmness.get(freedom)
        return self.silence if basis is None else _OUTCOMES[basis]

    def missing(self, freedom: Freedom) -> bool:
        """Say whether a text that ought to grant this freedom does not so much as name it."""
        return freedom not in self.firmness and self.silence is Outcome.DENIED

    def unsettled(self, freedom: Freedom) -> bool:
        """Say whether the freedom is named and neither granted nor presupposed."""
        return self.firmness.get(freedom) is Basis.MENTIONED


def touched(clause: Clause, taxonomy: Mapping[str, ClauseType]) -> frozenset[Freedom]:
    """Return the freedoms a clause touches: as it says itself, else by its type; all for an unknown id."""
    if clause.freedoms:
        return clause.freedoms
    known = taxonomy.get(clause.id)
    return known.freedoms if known else frozenset(Freedom)


def collect_grants(profile: Profile, clauses: Iterable[Clause], taxonomy: Mapping[str, ClauseType]) -> Grants:
    """Collect what the permissions of a text come to."""
    firmness: dict[Freedom, Basis] = {}
    for clause in clauses:
        if clause.kind is ClauseKind.PERMISSION and (clause.freedoms or clause.id in taxonomy):
            for freedom in touched(clause, taxonomy):
                _firmer(firmness, freedom, clause.basis)
    if Freedom.MODIFY in firmness and Freedom.SHARE in firmness:
        _firmer(firmness, Freedom.USE, _weaker(firmness[Freedom.MODIFY], firmness[Freedom.SHARE]))
    granted = [basis for basis in firmness.values() if basis is not Basis.MENTIONED]
    if granted:
        firmness[Freedom.STUDY] = Basis.EXPRESS
    elif firmness:
        _firmer(firmness, Freedom.STUDY, Basis.MENTIONED)
    return Grants(firmness=firmness, silence=_silence(profile))


def _silence(profile: Profile) -> Outcome:
    """Say what it means that a text does not name a freedom."""
    kind = profile.facts.get("text-kind")
    if kind == BY_FACTS:
        return Outcome.GRANTED
    language = profile.facts.get("language")
    unread = isinstance(language, str) and language not in READ_LANGUAGES
    elsewhere = profile.facts.get("terms-elsewhere") is True
    return Outcome.UNKNOWN if kind in _NO_GRANT_EXPECTED or unread or elsewhere else Outcome.DENIED


def _firmer(firmness: dict[Freedom, Basis], freedom: Freedom, basis: Basis) -> None:
    """Raise a freedom's basis, never lower it."""
    known = firmness.get(freedom)
    if known is None or _STRENGTH[known] < _STRENGTH[basis]:
        firmness[freedom] = basis


def _weaker(first: Basis, second: Basis) -> Basis:
    return min(first, second, key=_STRENGTH.__getitem__)
