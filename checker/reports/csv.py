"""CSV for spreadsheets: one row a subject; no cell is ever a formula."""

from __future__ import annotations

import csv
import io

from checker.domain.freedoms import Freedom
from checker.domain.judgement import Judgement
from checker.reports.plain import visible
from checker.reports.run import RenderOptions, RunReport
from checker.reports.wording import flagged, where

COLUMNS = (
    "kind",
    "name",
    "version",
    "declared",
    "concluded",
    "verdict",
    "category",
    "alternative",
    *(freedom.value for freedom in Freedom),
    "pass",
    "findings",
    "waived",
    "reason",
    "where",
    "errors",
    "sha256",
    "policy",
    "as_of",
)
"""Fields may be added at the end, never renamed."""

_STARTS_FORMULA = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n")
"""First characters at which a spreadsheet stops reading text and starts computing."""


def render(report: RunReport, options: RenderOptions) -> str:
    """Write one row a subject under a header row; lines end as RFC 4180 has it."""
    del options
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(judgement, report) for judgement in report.judgements)
    return page.getvalue()


def _row(judgement: Judgement, report: RunReport) -> list[str]:
    """Make the cells of one subject, in the order of `COLUMNS`."""
    found = flagged(judgement)
    first = found[0] if found else None
    evidence = first.evidence[0] if first and first.evidence else None
    cells = (
        judgement.kind,
        judgement.name,
        judgement.version or "",
        judgement.declared or "",
        judgement.concluded or "",
        judgement.verdict.value if judgement.judged else "not judged",
        judgement.category.value if judgement.category else "",
        judgement.alternative or "",
        *(judgement.freedoms[item].outcome.value if item in judgement.freedoms else "" for item in Freedom),
        "yes" if judgement.passed else "no",
        " ".join(finding.rule for finding in found if not finding.waived),
        " ".join(finding.rule for finding in found if finding.waived),
        first.message if first else judgement.summary,
        where(evidence) if evidence else "",
        "; ".join(f"{error.what}: {error.why}" for error in judgement.errors),
        judgement.sha256 or "",
        report.policy_label,
        report.as_of.isoformat(),
    )
    return [_cell(cell) for cell in cells]


def _cell(text: str) -> str:
    """Make text that is text in every spreadsheet: one line, nothing hidden, no formula."""
    shown = visible(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    return f"'{shown}" if shown.lstrip().startswith(_STARTS_FORMULA) else shown
