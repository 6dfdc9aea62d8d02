"""From a release to a judgement: what is known of it, judged, in the shape that every report is made from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from checker.domain.dataclass import dataclass
from checker.domain.freedoms import Verdict
from checker.domain.judgement import AuthoritySays, Judgement, SubjectError
from checker.evaluate import conclude
from checker.evaluate.releases import Bench, ReleaseResult, Terms, judge_release
from checker.subjects.models.release_json import release_json

if TYPE_CHECKING:
    from checker.domain.matches import Match
    from checker.domain.policy import Policy
    from checker.domain.release import Release
    from checker.evaluate import ExpressionResult
    from checker.knowledge import Knowledge
    from checker.subjects.models.circumstances import Circumstances

OSAID = "osaid"
KIND = "model"


@dataclass(frozen=True, kw_only=True)
class ModelJudge:
    """Knowledge, policy and options, ready for any number of releases."""

    knowledge: Knowledge
    policy: Policy
    as_of: date
    mof_reading: str = "spec"
    circumstances: Circumstances | None = None
    """Who asks: turns each limit into binds, does not bind, cannot tell."""

    find: Callable[[str], Release | None] | None = None
    """Base id -> release; None: only what is on record."""
    read: Callable[[str], ExpressionResult | None] | None = None
    """Base id -> what its texts came to, where they were fetched."""

    @cached_property
    def bench(self) -> Bench:
        """What the evaluation needs."""
        return Bench(
            policy=self.policy,
            osaid=self.policy if self.policy.name == OSAID else self.knowledge.policy(OSAID),
            taxonomy=self.knowledge.taxonomy,
            profile_of=self.knowledge.profile,
            find=self.find or self.knowledge.releases.get,
            read=self.read or _nothing_read,
            listed=self._listed,
            as_of=self.as_of,
            mof_reading=self.mof_reading,
        )

    def release(
        self,
        release: Release,
        *,
        name: str | None = None,
        version: str | None = None,
        terms: Terms | None = None,
        matches: tuple[Match, ...] = (),
        errors: tuple[SubjectError, ...] = (),
        sha256: str | None = None,
    ) -> Judgement:
        """Judge a release.

        Args:
            release: Facts with their sources.
            name: How the subject is called; the release's id if None.
            version: Revision that was looked at.
            terms: What a folder or repository showed of its license; None: what the seeds say.
            matches: Known licenses found in its texts.
            errors: What about it could not be read.
            sha256: Of the license text that was read.
        """
        result = judge_release(release, self.bench, terms)
        judgement = Judgement(
            kind=KIND,
            name=name or release.id,
            version=version,
            sha256=sha256,
            declared=result.terms.declared,
            concluded=result.terms.concluded or result.terms.declared,
            matches=matches,
            verdict=result.weights,
            category=result.own.category if result.own and result.weights is Verdict.OPEN else None,
            alternative=result.own.alternative if result.own else None,
            freedoms=result.freedoms,
            clauses=result.clauses,
            findings=result.findings,
            authorities=self._authorities(result),
            errors=errors,
            summary=_summary(result),
            extra={"release": release_json(result)},
        )
        if self.circumstances is not None:
            from checker.subjects.models.circumstances import answer  # noqa: PLC0415 - only where it was asked

            judgement.extra["use"] = answer(self.circumstances, result)
        return conclude(judgement, self.policy, as_of=self.as_of)

    def unknown(self, name: str, *, why: str, fix: str, nearest: tuple[str, ...] = ()) -> Judgement:
        """Return the judgement of something that nobody knows: unknown, never open."""
        from checker.domain.freedoms import Freedom, Level, Outcome  # noqa: PLC0415 - as above
        from checker.domain.judgement import Finding, FreedomResult  # noqa: PLC0415

        finding = Finding(
            rule="release/not-known", level=Level.ERROR, message=why, fix=fix, outcome=Outcome.UNKNOWN
        )
        judgement = Judgement(
            kind=KIND,
            name=name,
            verdict=Verdict.UNKNOWN,
            freedoms={
                freedom: FreedomResult(outcome=Outcome.UNKNOWN, rules=(finding.rule,)) for freedom in Freedom
            },
            findings=(finding,),
            summary="not known",
            extra={"nearest": list(nearest)},
        )
        return conclude(judgement, self.policy, as_of=self.as_of)

    def _listed(self, license_id: str) -> bool:
        """Say whether OSI approves a license or FSF calls it free."""
        return any(
            said.approves and said.who in {"OSI", "FSF"}
            for said in self.knowledge.authorities.says(license_id)
        )

    def _authorities(self, result: ReleaseResult) -> tuple[AuthoritySays, ...]:
        """Return what others say: of the license, then of the release."""
        found = []
        for one in result.own.licenses if result.own else ():
            about = f"{one.license}: "
            for said in self.knowledge.authorities.says(one.license):
                agrees = None
                if said.approves is not None and one.verdict is not Verdict.UNKNOWN:
                    agrees = said.approves == (one.verdict is Verdict.OPEN)
                found.append(
                    AuthoritySays(who=said.who, says=f"{about}{said.says}", date=said.date, agrees=agrees)
                )
        found += [
            AuthoritySays(
                who=statement.who,
                says=statement.says,
                date=statement.source.date if statement.source else "",
                agrees=_agrees(statement.verdict, result),
            )
            for statement in result.release.says
        ]
        return tuple(dict.fromkeys(found))


def _nothing_read(identifier: str) -> None:
    """Say that no texts of a base were read."""
    del identifier


def _agrees(said: str | None, result: ReleaseResult) -> bool | None:
    """Say whether our answer agrees with what an authority says of the release."""
    if said in {"not-open", "not-free"}:
        return None if result.license is Verdict.UNKNOWN else result.license is not Verdict.OPEN
    if result.osaid is None or result.osaid.verdict.value == "unknown":
        return None
    if said == "passed":
        return result.osaid.verdict.value == "meets"
    if said in {"failed", "would-pass"}:
        return result.osaid.verdict.value == "fails"
    return None


def _summary(result: ReleaseResult) -> str:
    """Name the release and who made it, in one line."""
    release = result.release
    by = f", by {release.producer.name}" if release.producer.name else ""
    when = f", {release.date}" if release.date else ""
    return f"{release.name}{by}{when}"
