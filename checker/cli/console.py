"""Streams: what may be shown on them, and how a failure is told."""

from __future__ import annotations

import os
import shutil
import sys
from typing import IO

from checker.reports.plain import visible

READABLE_WIDTH = 100
"""Text is wrapped here even where a terminal is wider: longer lines are harder to read."""
NARROWEST = 40


def complain(what: str, *, why: str, fix: str) -> None:
    """Write one failure on standard error: what happened, why, how to fix it."""
    lines = [f"error: {visible(what)}"]
    for label, text in (("why", why), ("fix", fix)):
        first, *rest = visible(text, keep_lines=True).splitlines() or [""]
        lines += [f"  {label}: {first}", *(f"       {line}" for line in rest)]
    write_text(sys.stderr, "\n".join(lines) + "\n")


def note(text: str) -> None:
    """Write one line of information on standard error."""
    write_text(sys.stderr, f"{visible(text)}\n")


def write_text(stream: IO[str], text: str) -> None:
    """Write text for people: what the stream's encoding cannot show is written as an escape."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, errors="backslashreplace").decode(encoding))
    stream.flush()


def write_data(text: str) -> None:
    """Write a machine format on standard output: UTF-8 whatever the locale says."""
    data = text.encode("utf-8", errors="backslashreplace")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def detach_stdout() -> None:
    """After a reader has gone away: send what Python still wants to flush nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(nowhere, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def wants_color(choice: str, stream: IO[str]) -> bool:
    """Decide on colour: the option first, then NO_COLOR, FORCE_COLOR, then whether a terminal looks on."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def shows_unicode(stream: IO[str]) -> bool:
    """Say whether the marks of a text report can be shown on this stream."""
    encoding = getattr(stream, "encoding", None) or "ascii"
    try:
        "✓✗─│·→".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def columns() -> int:
    """Width to wrap at: that of the terminal (or COLUMNS), at most `READABLE_WIDTH`."""
    found = shutil.get_terminal_size((READABLE_WIDTH, 24)).columns
    return max(NARROWEST, min(found, READABLE_WIDTH))
