"""Accepted findings: which waivers and clarifications speak of a subject, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from checker.domain.clauses import Evidence
from checker.domain.freedoms import Level
from checker.domain.judgement import Finding
from checker.knowledge.policies.project import split_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from checker.domain.judgement import Judgement
    from checker.domain.policy import Clarification, Policy, Waiver

EXPIRED: Final = "waiver/expired"
UNUSED: Final = "waiver/unused"
MISMATCH: Final = "waiver/mismatch"
CLARIFY_MISMATCH: Final = "clarify/mismatch"
CLARIFY_UNUSED: Final = "clarify/unused"
_SEPARATORS: Final = re.compile(r"[-_.]+")


def apply_waivers(
    judgement: Judgement, findings: Sequence[Finding], policy: Policy, *, as_of: date
) -> tuple[list[Finding], list[Finding]]:
    """Waive what the policy's waivers cover.

    Returns:
        The findings, those that are covered marked as waived; and findings about the waivers that name
        this subject and do not do what they were written for.
    """
    marked = list(findings)
    about: list[Finding] = []
    for waiver in policy.waivers:
        if not _names(waiver.subject, judgement):
            continue
        hits = [i for i, finding in enumerate(marked) if finding.rule == waiver.rule]
        wrong = _what_is_wrong(waiver, judgement, bool(hits), as_of)
        if wrong is not None:
            about.append(_about(wrong, waiver.line, policy))
            continue
        for i in hits:
            marked[i] = replace(marked[i], waived=True, waiver_reason=waiver.reason)
    return marked, about


def clarification_for(
    policy: Policy, *, name: str, version: str | None = None, sha256: str | None = None
) -> Clarification | None:
    """Return the license that the policy states by hand for a subject.

    Args:
        policy: The project's policy.
        name: The subject as it is reported.
        version: Its version, if it has one.
        sha256: Hash of the license text at hand; a clarification made for another text does not apply.
    """
    for entry in policy.clarify:
        if _same_name(split_subject(entry.subject)[0], name) and _in_range(entry.subject, version):
            if entry.sha256 == sha256:
                return entry
    return None


def clarification_findings(judgement: Judgement, policy: Policy) -> list[Finding]:
    """Return a finding for each clarification of this subject that was written for another text or version."""
    found = []
    for entry in policy.clarify:
        if _names(entry.subject, judgement) and entry.sha256 != judgement.sha256:
            text = (
                f"The license stated for {entry.subject} ({entry.license}) was stated for another text: "
                f"its hash begins {entry.sha256[:12]}, the text at hand {(judgement.sha256 or 'has none')[:12]}."
            )
            found.append(_about((CLARIFY_MISMATCH, text, "Read the text again, then update `sha256:` or take the entry out."), entry.line, policy))
    return found


def idle_entries(policy: Policy, judgements: Iterable[Judgement]) -> tuple[Finding, ...]:
    """Return a finding for each waiver and clarification whose subject was not in the run at all."""
    subjects = tuple(judgements)
    fix = "Take the entry out, or correct its subject."
    waivers = [
        _about((UNUSED, f"The waiver of {waiver.rule} names {waiver.subject}, which was not judged in this run.", fix), waiver.line, policy)
        for waiver in policy.waivers
        if not any(_names(waiver.subject, judgement) for judgement in subjects)
    ]
    clarifications = [
        _about((CLARIFY_UNUSED, f"The license stated for {entry.subject} was not needed in this run.", fix), entry.line, policy)
        for entry in policy.clarify
        if not any(_names(entry.subject, judgement) for judgement in subjects)
    ]
    return (*waivers, *clarifications)


def _what_is_wrong(waiver: Waiver, judgement: Judgement, fired: bool, as_of: date) -> tuple[str, str, str] | None:  # noqa: FBT001 - one answer among four
    """Return rule, message and fix where a waiver that names this subject cannot be used; None if it can."""
    who = f"The waiver of {waiver.rule} for {waiver.subject}"
    if not fired:
        return UNUSED, f"{who} waives nothing: no such finding was made.", "Take the waiver out."
    if as_of > waiver.expires:
        return EXPIRED, f"{who} ended on {waiver.expires.isoformat()}.", "Review it again and set a new last day, or take it out."
    if not _in_range(waiver.subject, judgement.version):
        version = judgement.version or "none that is known"
        return MISMATCH, f"{who} does not cover this version ({version}).", "Review the version at hand, then widen the range."
    if waiver.sha256 is not None and waiver.sha256 != judgement.sha256:
        return MISMATCH, f"{who} was given for another text (hash {waiver.sha256[:12]}).", "Read the text again, then update `sha256:`."
    return None


def _names(subject: str, judgement: Judgement) -> bool:
    """Say whether an entry's subject names this one, whatever the version."""
    return _same_name(split_subject(subject)[0], judgement.name)


def _same_name(written: str, name: str) -> bool:
    """Compare names: exactly, or as Python package names (PEP 503)."""
    return written == name or ("/" not in name and _normal(written) == _normal(name))


def _normal(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower()


def _in_range(subject: str, version: str | None) -> bool:
    """Say whether a version lies in the range that a subject states; without a range every one does."""
    bounds = split_subject(subject)[1]
    if not bounds:
        return True
    if version is None:
        return False
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415 - few waivers name a range
    from packaging.version import InvalidVersion  # noqa: PLC0415 - as above

    try:
        return SpecifierSet(bounds).contains(version, prereleases=True)
    except InvalidVersion:
        return bounds.lstrip("=") == version


def _about(wrong: tuple[str, str, str], line: int, policy: Policy) -> Finding:
    rule, text, fix = wrong
    evidence = (Evidence(source=policy.source, start_line=line, end_line=line),)
    return Finding(rule=rule, level=Level.WARNING, message=text, fix=fix, evidence=evidence)
