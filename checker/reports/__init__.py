"""Judgements to text: one file a format; pure.

To add a format: write a module with `render(report, options) -> str`, add one line to `REPORTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from checker.reports.run import Render

REPORTS: Mapping[str, str] = MappingProxyType(
    {
        "text": "checker.reports.text",
        "json": "checker.reports.json_v1",
        "jsonl": "checker.reports.jsonl",
        "sarif": "checker.reports.sarif",
        "markdown": "checker.reports.markdown",
        "html": "checker.reports.html",
        "github": "checker.reports.github",
        "junit": "checker.reports.junit",
        "csv": "checker.reports.csv",
        "badge": "checker.reports.badge",
        "cyclonedx": "checker.reports.cyclonedx",
    }
)
"""Public name of a format -> the module that renders it; imported only when asked for."""


def renderer(name: str) -> Render:
    """Return the `render` function of a format.

    Raises:
        KeyError: for a name that is not in `REPORTS`; the command line refuses it first.
    """
    return cast("Render", import_module(REPORTS[name]).render)
