"""Runs made by hand for the tests of reports: one with every kind of answer, and any number of subjects."""

from __future__ import annotations

from datetime import date

from checker.domain.clauses import Clause, Decided, Evidence
from checker.domain.freedoms import Category, ClauseKind, Freedom, Level, Outcome, Verdict
from checker.domain.judgement import AuthoritySays, Finding, FreedomResult, Judgement, SubjectError
from checker.domain.matches import How, Match
from checker.domain.policy import ClauseIs, Policy, Rule
from checker.domain.values import Values
from checker.reports.run import RenderOptions, RunReport

OPTIONS = RenderOptions()

POLICY = Policy(
    name="four-freedoms",
    version=1,
    title="The four freedoms of the interview",
    rules=(
        Rule(
            id="use/user-cap",
            freedoms=frozenset({Freedom.USE}),
            when=ClauseIs(id="user-cap"),
            outcome=Outcome.RESTRICTED,
            level=Level.ERROR,
            why="A license that stops at a number of users leaves somebody out.",
            fix="Ask the licensor for unconditional terms, or choose a release without a cap.",
            see=("OSD-5",),
        ),
    ),
    fail_on=frozenset({Verdict.RESTRICTED, Verdict.CLOSED, Verdict.UNKNOWN}),
)

_CYCLE = (Verdict.OPEN, Verdict.OPEN, Verdict.OPEN, Verdict.RESTRICTED, Verdict.UNKNOWN, Verdict.CLOSED)
_LICENSES = ("MIT", "Apache-2.0", "GPL-3.0-only", "LicenseRef-cap", "LicenseRef-unknown-0", "LicenseRef-all")
_CATEGORIES = (Category.PERMISSIVE, Category.PERMISSIVE, Category.STRONG_COPYLEFT)


def run(judgements: tuple[Judgement, ...], **more: object) -> RunReport:
    """Make a run of these judgements."""
    given: dict[str, object] = {
        "policy": POLICY,
        "as_of": date(2026, 11, 21),
        "judgements": judgements,
        "version": "0.1.0",
        "knowledge": "2026.11-abc",
        "command": "license",
        **more,
    }
    return RunReport(**given)  # type: ignore[arg-type]


def restricted(name: str = "vendor/LICENSE", *, line: int = 40, waived: bool = False) -> Judgement:
    """A text with a cap on users."""
    evidence = Evidence(
        source=name, start_line=line, end_line=line + 4, quote="more than 700 million\nmonthly active users"
    )
    good = FreedomResult(outcome=Outcome.GRANTED)
    return Judgement(
        kind="license-file",
        name=name,
        sha256="0f" * 32,
        size=7_000,
        concluded="LicenseRef-cap",
        matches=(
            Match(
                license="LicenseRef-cap",
                how=How.EXACT,
                score=1.0,
                start_line=1,
                end_line=80,
                profile=Decided.READ,
            ),
        ),
        verdict=Verdict.RESTRICTED,
        freedoms={
            Freedom.USE: FreedomResult(outcome=Outcome.RESTRICTED, rules=("use/user-cap",)),
            Freedom.STUDY: good,
            Freedom.MODIFY: good,
            Freedom.SHARE: FreedomResult(outcome=Outcome.CONDITIONAL, rules=("share/notice",)),
        },
        clauses=(
            Clause(
                id="user-cap",
                kind=ClauseKind.LIMITATION,
                values=Values(metric="monthly-active-users", threshold=700_000_000),
                evidence=(evidence,),
            ),
        ),
        findings=(
            Finding(
                rule="use/user-cap",
                level=Level.ERROR,
                freedom=Freedom.USE,
                message="use stops at 700,000,000 monthly active users",
                fix="Ask the licensor for unconditional terms.",
                evidence=(evidence,),
                waived=waived,
                waiver_reason="reviewed by counsel" if waived else "",
            ),
            Finding(
                rule="verdict/restricted",
                level=Level.ERROR,
                message="the verdict is restricted",
                causes=("use/user-cap",),
                waived=waived,
            ),
        ),
        authorities=(AuthoritySays(who="OSI", says="not approved", date="2025-02-18", agrees=True),),
        passed=waived,
        summary="a license with a cap on users",
    )


def opened(name: str = "LICENSE") -> Judgement:
    """A plain open text with a note that no report but the long ones repeats."""
    good = FreedomResult(outcome=Outcome.GRANTED)
    return Judgement(
        kind="license-file",
        name=name,
        sha256="ab" * 32,
        size=1_000,
        concluded="MIT",
        verdict=Verdict.OPEN,
        category=Category.PERMISSIVE,
        freedoms=dict.fromkeys(Freedom, good),
        findings=(Finding(rule="share/no-sale", level=Level.NOTE, message="a note and no more"),),
        passed=True,
        summary="MIT",
    )


def unreadable(name: str = "broken/LICENSE") -> Judgement:
    """A file that could not be read."""
    error = SubjectError(what=f"cannot read {name}", why="permission denied", fix="give read access")
    return Judgement(kind="license-file", name=name, errors=(error,))


def requirement(name: str = "demo", version: str = "1.2") -> Judgement:
    """A package whose license no text settles."""
    return Judgement(
        kind="requirement",
        name=name,
        version=version,
        declared="see LICENSE",
        findings=(
            Finding(
                rule="license/refers-elsewhere", level=Level.ERROR, message="the metadata points elsewhere"
            ),
            Finding(
                rule="verdict/unknown", level=Level.ERROR, message="not settled", causes=("license/none",)
            ),
        ),
    )


def mixed() -> RunReport:
    """One run with every kind of answer."""
    return run((opened(), restricted(), restricted("old/LICENSE", waived=True), unreadable(), requirement()))


def many(count: int) -> RunReport:
    """A run with this many different subjects, three findings with quotes for each that does not pass."""
    return run(tuple(_numbered(number) for number in range(count)))


def _numbered(number: int) -> Judgement:
    turn = number % len(_CYCLE)
    verdict = _CYCLE[turn]
    name = f"vendor/package-{number:05d}/component/LICENSE.txt"
    good = verdict is Verdict.OPEN
    findings = tuple(
        Finding(
            rule=rule,
            level=Level.WARNING if good else Level.ERROR,
            freedom=Freedom.USE,
            message=f"rule {rule} spoke about package {number} and says who, what, which number and line",
            fix="Ask the licensor for unconditional terms, or choose another release.",
            evidence=(
                Evidence(
                    source=name, start_line=at, end_line=at + 3, quote=f"words {number} of the text " * 12
                ),
            ),
        )
        for at, rule in ((10, "use/user-cap"), (30, "use/field-of-use"), (60, "share/notice"))[
            : 1 if good else 3
        ]
    )
    outcome = FreedomResult(outcome=Outcome.GRANTED if good else Outcome.RESTRICTED, rules=("use/user-cap",))
    return Judgement(
        kind="license-file",
        name=name,
        sha256=f"{number:064x}",
        size=5_000 + number,
        concluded=_LICENSES[turn],
        matches=(Match(license=_LICENSES[turn], how=How.SIMILAR, score=0.98, start_line=1, end_line=90),),
        verdict=verdict,
        category=_CATEGORIES[turn] if good else None,
        freedoms=dict.fromkeys(Freedom, outcome),
        findings=findings,
        passed=good,
        summary=f"{_LICENSES[turn]}, in package {number}",
    )
