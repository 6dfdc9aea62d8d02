"""A policy as values: rules that turn clauses and facts into outcomes, and what fails the run."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from checker.domain.dataclass import dataclass
from checker.domain.freedoms import Freedom, Level, Outcome, Verdict
from checker.domain.values import Value, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseIs:
    """True for each clause with this id whose values satisfy `values`.

    A test is a scalar (equal), a list (one of), or a mapping with any of `min`, `max`, `present`, `not`.
    """

    id: str
    values: Values = field(default_factory=Values)
    touches: Freedom | None = None
    """Only clauses that touch this freedom; None for any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotGranted:
    """True when no permission in the text grants this freedom, not even by implication."""

    freedom: Freedom


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """True when the freedom is mentioned but nothing grants or bars it."""

    freedom: Freedom


@dataclass(frozen=True, slots=True, kw_only=True)
class FactIs:
    """True when the subject's fact passes the test (same test forms as `ClauseIs.values`)."""

    name: str
    test: Value
    component: str | None = None
    """For releases: the component whose fact is asked, e.g. `parameters`; None for the subject itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """True when every part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """True when at least one part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """True when its part is not."""

    part: Condition


Condition = ClauseIs | NotGranted | Unsettled | FactIs | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: when this holds, these freedoms fare no better than `outcome`, and a finding says why."""

    id: str
    freedoms: frozenset[Freedom] | None
    """Which freedoms the outcome falls on; None means: those the clause that matched touches."""
    when: Condition
    outcome: Outcome | None
    """None for a rule that only reports (a note or a warning that changes nothing)."""
    level: Level | None
    """None for a rule that changes an outcome silently (a notice duty makes share conditional)."""
    why: str
    fix: str = ""
    claims: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    if_unknown: bool = False
    """True when the rule speaks, with outcome `unknown`, where its condition lacks a fact to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """An accepted finding: exact subject, reason, last day, hash of the text reviewed."""

    rule: str
    subject: str
    """Name as reported, or `name==version`, or `name` with a PEP 440 range."""
    reason: str
    expires: date
    """Last day it applies, inclusive."""
    sha256: str | None
    line: int = 0
    """Line in the policy file, for findings about the waiver itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarification:
    """A license stated by hand for one subject, pinned to the hash of its license file."""

    subject: str
    license: str
    sha256: str
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a run is judged by."""

    name: str
    version: int
    title: str
    rules: tuple[Rule, ...]
    fail_on: frozenset[Verdict]
    allow: tuple[str, ...] = ()
    """SPDX expressions, LicenseRefs and categories; empty allows whatever passes the rules."""
    deny: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    clarify: tuple[Clarification, ...] = ()
    authority: str | None = None
    """Whose list counts under this policy where authorities differ: `OSI`, `FSF` or None."""
    project_license: str | None = None
    source: str = ""
    """File it was read from, for findings that point at it."""
    levels: tuple[tuple[str, Level | None], ...] = ()
    """Levels set for findings that no rule makes; None takes them out."""
