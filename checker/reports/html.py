"""One self-contained HTML page: summary, plots, a table to search and sort, every finding with its words.

Nothing is loaded from elsewhere, and the page's own policy (CSP) forbids that anything could be: the only
script and the only style are those whose hashes it names. The data of the subjects travel as JSON that
the browser never executes; the script writes them as text, never as markup.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from checker.domain.clauses import Evidence
from checker.domain.freedoms import Freedom, Outcome, Verdict
from checker.domain.judgement import Finding, Judgement
from checker.domain.values import thaw
from checker.reports import charts, model_charts
from checker.reports.locations import FILELESS, INSIDE, link
from checker.reports.plain import visible
from checker.reports.rules import Told, told
from checker.reports.run import RenderOptions, RunReport
from checker.reports.wording import (
    OUTCOME_WORDS,
    closing,
    flagged,
    headline,
    label,
    tally,
    verdict_words,
)

PAGE = Path(__file__).parent / "page"
LONGEST_QUOTE = 2_000
"""Characters of one quote; longer ones say so and the line link leads to the rest."""
WITHOUT_SCRIPT = 50
"""Subjects listed in plain HTML, for a reader whose browser runs no script."""


def render(report: RunReport, options: RenderOptions) -> str:
    """Write the page; a run of 10,000 subjects takes about a second."""
    # jinja2 takes 30 ms to import, and only this report needs it
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415

    style = (PAGE / "report.css").read_text(encoding="utf-8")
    script = (PAGE / "report.js").read_text(encoding="utf-8")
    engine = Environment(
        autoescape=True,
        loader=FileSystemLoader(PAGE),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    data = ",\n".join(_json(_subject(each, report, options.links)) for each in report.judgements)
    return engine.get_template("report.html.j2").render(
        csp=f"default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src '{_hash(script)}'; style-src '{_hash(style)}'",
        style=Markup(style),  # noqa: S704  (our own file)
        script=Markup(script),  # noqa: S704  (our own file)
        data=Markup(f"[\n{data}\n]"),  # noqa: S704  (JSON with every < escaped)
        words=Markup(_json(_words())),  # noqa: S704  (as above)
        passed=report.summary.passed,
        headline=headline(report),
        tally=tally(report),
        command=visible(report.command),
        tool=f"{report.tool} {report.version}",
        knowledge=visible(report.knowledge),
        policy=visible(report.policy_label),
        policy_title=visible(report.policy.title),
        fail_on=", ".join(verdict.value for verdict in sorted(report.policy.fail_on)),
        as_of=report.as_of.isoformat(),
        rules=_rules(report),
        run_findings=[
            (each.level.value, visible(each.rule), visible(each.message)) for each in report.findings
        ],
        plots=[Markup(plot) for plot in charts.plots(report)],  # noqa: S704  (escaped where they are drawn)
        verdicts=[verdict.value for verdict in reversed(Verdict)],
        middle="Date, producer" if report.command == "model" else "Category",
        total=len(report.judgements),
        failing=_plain_list(report),
        not_read=[visible(each) for each in report.not_read],
        closing=[visible(line) for line in closing(report)],
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _json(value: object) -> str:
    """Write JSON that may stand inside a script element: no `<`, no `>`, no `&`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _words() -> dict[str, str]:
    return {outcome.value: OUTCOME_WORDS[outcome] for outcome in Outcome}


def _subject(judgement: Judgement, report: RunReport, base: str) -> dict[str, object]:
    """Say everything the page shows of one subject; keys are short because they repeat 10,000 times."""
    state = judgement.verdict.value if judgement.judged else "not judged"
    subject: dict[str, object] = {
        "name": visible(judgement.name),
        "kind": visible(judgement.kind),
        "verdict": "unreadable" if judgement.errors else state,
        "pass": judgement.passed,
        "says": visible(verdict_words(judgement, report.policy_label)),
        "freedoms": [
            [
                each.value,
                judgement.freedoms[each].outcome.value,
                list(map(visible, judgement.freedoms[each].rules)),
            ]
            for each in Freedom
            if each in judgement.freedoms
        ],
    }
    optional: dict[str, object] = {
        "version": visible(judgement.version or ""),
        "license": visible(judgement.concluded or ""),
        "declared": visible(judgement.declared or ""),
        "category": judgement.category.value if judgement.category else "",
        "alternative": visible(judgement.alternative or ""),
        "summary": visible(judgement.summary),
        "facts": [[name, visible(value)] for name, value in model_charts.facts(judgement)],
        "middle": visible(model_charts.middle(judgement)),
        "sha256": visible(judgement.sha256 or ""),
        "href": link(judgement.name, 0, 0, base=base) if _is_path(judgement) else "",
        "flagged": len(flagged(judgement)),
        "findings": [_finding(each, base) for each in _ordered(judgement)],
        "matches": list(_matches(judgement)),
        "clauses": [
            [
                visible(clause.id),
                clause.kind.value,
                visible(_values(thaw(clause.values))),
                _places(clause.evidence, base),
            ]
            for clause in judgement.clauses
        ],
        "authorities": [
            [visible(each.who), visible(each.says), visible(each.date)] for each in judgement.authorities
        ],
        "errors": [[visible(each.what), visible(each.why), visible(each.fix)] for each in judgement.errors],
    }
    return subject | {key: value for key, value in optional.items() if value}


def _is_path(judgement: Judgement) -> bool:
    return judgement.kind not in FILELESS and judgement.name not in {"", "-"}


def _ordered(judgement: Judgement) -> tuple[Finding, ...]:
    """Return what is flagged, then the notes."""
    loud = flagged(judgement)
    notes = tuple(each for each in judgement.findings if each.level.value == "note")
    return (*loud, *notes)


def _finding(finding: Finding, base: str) -> dict[str, object]:
    said: dict[str, object] = {
        "rule": visible(finding.rule),
        "level": finding.level.value,
        "message": visible(finding.message),
    }
    optional: dict[str, object] = {
        "fix": visible(finding.fix),
        "waived": visible(finding.waiver_reason or "waived") if finding.waived else "",
        "words": _places(finding.evidence, base, quotes=True),
    }
    return said | {key: value for key, value in optional.items() if value}


def _places(evidence: tuple[Evidence, ...], base: str, *, quotes: bool = False) -> list[list[str]]:
    """Return [where, link] of each evidence, and with `quotes` its words."""
    return [list(_place(each, base, quotes=quotes)) for each in evidence]


def _place(evidence: Evidence, base: str, *, quotes: bool) -> Iterator[str]:
    last = f"-{evidence.end_line}" if evidence.end_line > evidence.start_line else ""
    lines = f":{evidence.start_line}{last}" if evidence.start_line else ""
    yield f"{visible(evidence.source)}{lines}"
    lined = evidence.start_line and evidence.source not in {"-", ""} and INSIDE not in evidence.source
    yield link(evidence.source, evidence.start_line, evidence.end_line, base=base) if lined else ""
    if quotes and evidence.quote:
        shown = visible(evidence.quote, keep_lines=True)
        yield shown if len(shown) <= LONGEST_QUOTE else f"{shown[:LONGEST_QUOTE]} ..."


def _matches(judgement: Judgement) -> Iterator[list[object]]:
    for match in judgement.matches:
        changed = f", {match.added_words} words added, {match.missing_words} missing"
        yield [
            visible(match.license),
            (
                f"{match.how.value}, {match.score:.1%}, lines {match.start_line}-{match.end_line}"
                f"{changed if match.added_words or match.missing_words else ''}"
            ),
        ]


def _values(values: object) -> str:
    """Write the values of a clause as `name value` pairs."""
    if not isinstance(values, dict):
        return str(values)
    return ", ".join(f"{key} {_amount(value)}" for key, value in values.items())


def _amount(value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _rules(report: RunReport) -> list[dict[str, object]]:
    """List the rules that spoke, most often first, with what the policy says of each."""
    spoke: Counter[str] = Counter()
    first: dict[str, Finding] = {}
    for judgement in report.judgements:
        for finding in flagged(judgement):
            spoke[finding.rule] += 1
            first.setdefault(finding.rule, finding)
    known = told(report.policy)
    return [
        {
            "id": visible(rule),
            "count": count,
            "level": first[rule].level.value,
            "why": visible(about.why),
            "fix": visible(about.fix or first[rule].fix),
            "see": [visible(each) for each in about.see],
        }
        for rule, count in sorted(spoke.items(), key=lambda item: (-item[1], item[0]))
        for about in (known.get(rule, Told()),)
    ]


def _plain_list(report: RunReport) -> list[tuple[str, str]]:
    """Return name and answer of the first subjects that do not pass."""
    loud = (each for each in report.judgements if not each.passed)
    return [
        (visible(label(each)), visible(verdict_words(each, report.policy_label)))
        for each, _ in zip(loud, range(WITHOUT_SCRIPT), strict=False)
    ]
