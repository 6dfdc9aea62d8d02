"""One requirement, judged: what was concluded of its artifact, under a policy, with everything it carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from checker.domain.clauses import Evidence, Profile
from checker.domain.freedoms import Category, Freedom, Level, Outcome, Verdict
from checker.domain.judgement import Finding, FreedomResult, Judgement, SubjectError
from checker.domain.policy import Policy
from checker.evaluate import ExpressionResult, clarification_for, conclude, evaluate_expression
from checker.subjects.requirements.declared.roles import Role
from checker.subjects.requirements.declared.spdx import ids_of
from checker.subjects.requirements.evidence import Read
from checker.subjects.requirements.findings import finding
from checker.subjects.requirements.model import InputError, Source, Wanted, redact

if TYPE_CHECKING:
    from checker.knowledge import Knowledge

KIND = "requirement"
NOTHING = "NONE"
"""What SPDX calls it when there is no license."""
MAX_LISTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Knowledge, policy and day: what every requirement of a run is judged by."""

    knowledge: Knowledge
    policy: Policy
    as_of: date
    named: dict[str, Profile | None] = field(default_factory=dict)

    def evaluate(
        self, expression: str, own: Callable[[str], Profile | None] | None = None
    ) -> ExpressionResult:
        """Judge an expression; the artifact's own words count before what is known of a license."""
        return evaluate_expression(
            expression,
            lambda name: (own(name) if own is not None else None) or self._known(name),
            self.policy,
            self.knowledge.taxonomy,
            as_of=self.as_of,
        )

    def conclude(self, judgement: Judgement) -> Judgement:
        """Let the policy speak last."""
        return conclude(judgement, self.policy, as_of=self.as_of)

    def _known(self, name: str) -> Profile | None:
        if name not in self.named:
            self.named[name] = self.knowledge.profile(name)
        return self.named[name]


def judge_read(wanted: Wanted, read: Read, bench: Bench, *, more: Iterable[Finding] = ()) -> Judgement:
    """Judge a requirement whose artifact was read.

    Args:
        wanted: What the list asks for.
        read: What its artifact says.
        bench: What it is judged by.
        more: Findings about its place in the list.
    """
    start = Judgement(
        kind=KIND,
        name=wanted.name,
        version=wanted.version or read.metadata.version or None,
        sha256=read.sha256,
        declared=_declared(read),
        concluded=read.decision.concluded,
        matches=tuple(match for one in read.own for match in one.matches),
        extra={"requirement": describe(wanted, read)},
    )
    notes: list[Finding] = []
    stated = clarification_for(bench.policy, name=start.name, version=start.version, sha256=start.sha256)
    if stated is not None:
        result = bench.evaluate(stated.license, read.profile)
        start = replace(start, concluded=stated.license)
    else:
        result = _weighed(read, bench)
        notes += [*read.claim.findings, *read.decision.findings]
    bundled = _bundled(read, bench)
    judgement = replace(
        start,
        verdict=result.verdict,
        category=result.category,
        alternative=result.alternative,
        freedoms=result.freedoms,
        clauses=result.clauses,
        findings=(*result.findings, *notes, *read.findings, *bundled, *more),
        summary=_summary(read, start.concluded),
    )
    return with_origin(bench.conclude(judgement), wanted)


def judge_stated(wanted: Wanted, bench: Bench) -> Judgement:
    """Judge what has no artifact to read: by the license that an SBOM states, else not at all."""
    start = Judgement(
        kind=KIND,
        name=wanted.name,
        version=wanted.version,
        declared=wanted.stated or None,
        extra={"requirement": describe(wanted, None)},
    )
    if wanted.source is Source.STATED and wanted.stated:
        from checker.subjects.requirements.declared.spdx import meaning_of  # noqa: PLC0415  (SBOMs only)

        meant = meaning_of(wanted.stated).expression
        result = bench.evaluate(meant or NOTHING)
        note = finding("evidence/stated-only", f"The SBOM states {wanted.stated}; no artifact was read.")
        start = replace(start, concluded=meant)
    else:
        where = {
            Source.VCS: f"It comes from {redact(wanted.location)}; nothing was published that could be read.",
            Source.CONDA: "It is a conda package: its license stands in no Python artifact and is not guessed.",
        }.get(wanted.source, "It belongs to another ecosystem, and the SBOM states no license for it.")
        result = bench.evaluate(NOTHING)
        note = finding("evidence/none", where)
    judgement = replace(
        start,
        verdict=result.verdict,
        category=result.category,
        alternative=result.alternative,
        freedoms=result.freedoms,
        clauses=result.clauses,
        findings=(*(one for one in result.findings if one.rule != "license/none" or wanted.stated), note),
        summary=note.message,
    )
    return with_origin(bench.conclude(judgement), wanted)


def judge_unread(wanted: Wanted, error: SubjectError) -> Judgement:
    """Report a requirement whose artifact could not be read."""
    return Judgement(
        kind=KIND,
        name=wanted.name,
        version=wanted.version,
        errors=(error,),
        summary=error.what,
        extra={"requirement": describe(wanted, None)},
    )


def judge_entry(entry: InputError) -> Judgement:
    """Report an entry of a list that is no requirement."""
    return Judgement(
        kind=KIND,
        name=entry.name or f"{entry.origin.file}:{entry.origin.line}",
        errors=(entry.error,),
        summary=entry.error.what,
        extra={
            "requirement": {"file": entry.origin.file, "line": entry.origin.line, "text": entry.origin.text}
        },
    )


def with_origin(judgement: Judgement, wanted: Wanted) -> Judgement:
    """Let every finding point first at the requirement that brought the package in, and tell the chain."""
    place = wanted.origin.evidence()
    chain = f" (brought in by {' > '.join(wanted.origin.chain)})" if wanted.origin.chain else ""
    findings = tuple(
        one
        if one.rule.startswith(("waiver/", "clarify/"))
        else replace(one, evidence=(place, *one.evidence), message=f"{one.message}{chain}")
        for one in judgement.findings
    )
    return replace(judgement, findings=findings)


def describe(wanted: Wanted, read: Read | None) -> dict[str, object]:
    """Return the JSON fields of a requirement: where it stands, what was read of it and how."""
    found: dict[str, object] = {
        "file": wanted.origin.file,
        "line": wanted.origin.line,
        "text": wanted.origin.text,
        "chain": list(wanted.origin.chain),
        "source": wanted.source.value,
    }
    if read is None:
        return found
    artifact = read.artifact
    found |= {
        "artifact": {
            "filename": artifact.filename,
            "address": redact(artifact.address),
            "sha256": artifact.sha256,
            "hash_checked": artifact.hash_checked,
            "read": artifact.read,
        },
        "candidates": list(read.decision.candidates),
        "license_files": [
            {
                "path": one.path,
                "sha256": one.sha256,
                "role": one.role.value,
                "license": one.expression,
                "bundled": list(one.others),
            }
            for one in read.files
        ],
        "bundled": sorted({name for _, name in carried(read)}),
    }
    return found


def carried(read: Read) -> list[tuple[str, str]]:
    """Return path and expression for everything that the artifact bundles."""
    found = []
    for one in read.files:
        if one.role is not Role.OWN and one.expression is not None:
            found.append((one.path, one.expression))
        found += [(one.path, other) for other in one.others]
    return found


def _declared(read: Read) -> str | None:
    if read.claim.expression is not None:
        return read.claim.expression
    return read.claim.words[:200] or None


def _weighed(read: Read, bench: Bench) -> ExpressionResult:
    """Judge what is concluded; of several readings that stay open, what holds for all of them."""
    if read.decision.concluded is not None:
        return bench.evaluate(read.decision.concluded, read.profile)
    results = [bench.evaluate(one, read.profile) for one in read.decision.candidates]
    if not results:
        return bench.evaluate(NOTHING)
    worst = min(results, key=lambda one: (_passes(one), one.verdict.rank, -_weight(one.category)))
    if all(one.verdict is worst.verdict for one in results):
        category = worst.category if len({one.category for one in results}) == 1 else None
        return replace(worst, category=category, alternative=None)
    freedoms = {
        freedom: worst.freedoms[freedom]
        if len({one.freedoms[freedom].outcome for one in results}) == 1
        else FreedomResult(outcome=Outcome.UNKNOWN, rules=("declared/ambiguous",))
        for freedom in Freedom
    }
    return replace(worst, verdict=Verdict.UNKNOWN, category=None, alternative=None, freedoms=freedoms)


def _passes(result: ExpressionResult) -> bool:
    return not any(one.level is Level.ERROR for one in result.findings)


def _weight(category: Category | None) -> int:
    return category.rank if category is not None else -1


def _bundled(read: Read, bench: Bench) -> list[Finding]:
    """Judge what the artifact carries of others, each license once."""
    grouped: dict[str, list[str]] = {}
    for path, expression in carried(read):
        grouped.setdefault(expression, []).append(path)
    if not grouped:
        return []
    profiles: dict[str, Profile] = {}
    for one in read.files:
        for name, profile in one.profiles.items():
            profiles.setdefault(name, profile)
    own = set(ids_of(read.decision.concluded)) if read.decision.concluded else set()
    found: list[Finding] = []
    foreign: list[str] = []
    for expression, paths in grouped.items():
        result = bench.evaluate(expression, profiles.get)
        foreign += [name for name in ids_of(expression) if name not in own]
        found += _one_bundled(result, expression, paths, profiles, read.artifact.filename)
    if foreign:
        listed = list(dict.fromkeys(foreign))
        more = f" and {len(listed) - MAX_LISTED} more" if len(listed) > MAX_LISTED else ""
        text = f"It carries software of others under {', '.join(listed[:MAX_LISTED])}{more}."
        found.insert(0, finding("bundled/licenses", text))
    return found


def _one_bundled(
    result: ExpressionResult,
    expression: str,
    paths: list[str],
    profiles: Mapping[str, Profile],
    artifact: str,
) -> list[Finding]:
    more = f" and {len(paths) - 1} more file(s)" if len(paths) > 1 else ""
    where = f"{paths[0]}{more}"
    at = tuple(Evidence(source=f"{artifact}!/{path}", start_line=1, end_line=1) for path in paths[:3])
    refused = [one for one in result.findings if one.rule.startswith("policy/")]
    if result.verdict in {Verdict.RESTRICTED, Verdict.CLOSED}:
        words = next((one.evidence for one in result.findings if one.outcome and one.evidence), at)
        text = f"{where} is {result.verdict.value}: {_short(expression)}."
        return [finding("bundled/not-open", text, *words)]
    if refused:
        return [finding("bundled/not-allowed", f"{where}: {refused[0].message}", *at)]
    if result.verdict is Verdict.UNKNOWN:
        return [
            finding("bundled/unknown", f"{where} is not settled by its words ({_short(expression)}).", *at)
        ]
    del profiles
    return []


def _short(expression: str) -> str:
    return expression if len(expression) < 120 else f"{expression[:117]}..."  # noqa: PLR2004  (one line)


def _summary(read: Read, concluded: str | None) -> str:
    if concluded is not None:
        return next(
            (
                one.summary
                for one in read.own
                if "LicenseRef-altered-" in one.summary or one.summary.startswith("not ")
            ),
            concluded,
        )
    if read.decision.candidates:
        return f"not settled: {' or '.join(read.decision.candidates[:3])}"
    return f"no license found; it declares {read.claim.words}" if read.claim.words else "no license found"
