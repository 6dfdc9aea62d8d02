"""JUnit XML for CI systems that show test results: a subject is a test, a suite is a kind of subject."""

from __future__ import annotations

from itertools import groupby

from checker.domain.freedoms import Level
from checker.domain.judgement import Finding, Judgement
from checker.reports.run import RenderOptions, RunReport
from checker.reports.wording import closing, flagged, label, verdict_words, where
from checker.reports.xml import text


def render(report: RunReport, options: RenderOptions) -> str:
    """Write one suite a kind of subject; what fails the policy fails, what could not be read is an error."""
    del options
    ordered = sorted(report.judgements, key=lambda judgement: judgement.kind)
    suites = [(kind, list(group)) for kind, group in groupby(ordered, key=lambda judgement: judgement.kind)]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="{text(report.tool)}" {_counts(report.judgements)} time="0">',
    ]
    for kind, judgements in suites:
        name = text(f"{report.tool}.{kind}")
        lines += [
            (
                f'  <testsuite name="{name}" {_counts(tuple(judgements))} time="0"'
                f' timestamp="{report.as_of.isoformat()}T00:00:00">'
            ),
            "    <properties>",
            f'      <property name="policy" value="{text(report.policy_label)}"/>',
            f'      <property name="knowledge" value="{text(report.knowledge)}"/>',
            "    </properties>",
        ]
        for judgement in judgements:
            lines += _case(judgement, report)
        lines += [f"    <system-out>{text(' '.join(closing(report)))}</system-out>", "  </testsuite>"]
    lines += ["</testsuites>", ""]
    return "\n".join(lines)


def _counts(judgements: tuple[Judgement, ...]) -> str:
    errors = sum(bool(judgement.errors) for judgement in judgements)
    failures = sum(not judgement.passed and not judgement.errors for judgement in judgements)
    skipped = sum(_is_skipped(judgement) for judgement in judgements)
    return f'tests="{len(judgements)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _is_skipped(judgement: Judgement) -> bool:
    return not judgement.judged and judgement.passed and not judgement.errors


def _case(judgement: Judgement, report: RunReport) -> list[str]:
    """Write one subject: one `error` or `failure` child at most, as readers of the format expect."""
    found = flagged(judgement)
    answer = verdict_words(judgement, report.policy_label)
    lines = [f'    <testcase name="{text(label(judgement))}" classname="{text(judgement.kind)}" time="0">']
    if judgement.errors:
        what = "; ".join(error.what for error in judgement.errors)
        body = "\n".join(f"{error.what}\nwhy: {error.why}\nfix: {error.fix}" for error in judgement.errors)
        lines.append(
            f'      <error type="unreadable" message="{text(what)}">{text(body, keep_lines=True)}</error>'
        )
    elif not judgement.passed:
        loud = [finding for finding in found if finding.level is Level.ERROR and not finding.waived]
        kind = loud[0].rule if loud else f"verdict/{judgement.verdict.value}"
        message = loud[0].message if loud else answer
        body = "\n\n".join(_said(finding) for finding in found)
        opening = f'      <failure type="{text(kind)}" message="{text(message)}">'
        lines.append(f"{opening}{text(body, keep_lines=True)}</failure>")
    elif _is_skipped(judgement):
        lines.append(f'      <skipped message="{text(answer)}"/>')
    said = [answer, *(_said(finding) for finding in found if judgement.passed)]
    lines += [
        f"      <system-out>{text(chr(10).join(said), keep_lines=True)}</system-out>",
        "    </testcase>",
    ]
    return lines


def _said(finding: Finding) -> str:
    """Say one finding in full: rule, level, message, where, the words, how to fix it."""
    waived = f" (waived: {finding.waiver_reason})" if finding.waived else ""
    lines = [f"{finding.level.value}: {finding.rule}: {finding.message}{waived}"]
    for evidence in finding.evidence:
        lines.append(f"  {where(evidence)}")
        lines += [f"    | {line}" for line in evidence.quote.splitlines()]
    if finding.fix:
        lines.append(f"  fix: {finding.fix}")
    return "\n".join(lines)
