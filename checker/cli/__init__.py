"""The command line: the only place that knows stdout, the clock and exit codes."""

from __future__ import annotations

from checker.cli.app import main

__all__ = ["main"]
