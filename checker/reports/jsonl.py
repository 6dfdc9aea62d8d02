"""One subject a line, for streams and for `jq`; each line says by which policy and day it was judged."""

from __future__ import annotations

import json

from checker.reports.json_v1 import provenance, subject_json
from checker.reports.run import RenderOptions, RunReport


def render(report: RunReport, options: RenderOptions) -> str:
    """Return the subjects, one JSON object a line."""
    del options
    about = provenance(report)
    return "".join(
        json.dumps({**subject_json(judgement), **about}, ensure_ascii=False) + "\n"
        for judgement in report.judgements
    )
