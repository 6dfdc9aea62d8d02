"""A line that shows how far a long run has come, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from checker.cli.common import Settings

Item = TypeVar("Item")

PATIENCE = 0.7
"""Seconds before anything is shown: a quick run needs no progress."""
PACE = 0.1
"""Seconds between two updates."""


def watched(
    items: Iterable[Item], settings: Settings, *, what: str = "files", total: int | None = None
) -> Iterator[Item]:
    """Pass the items on, counting them on standard error where a person watches.

    Args:
        items: What is worked on, one by one.
        settings: Quiet runs show nothing.
        what: Name of the items.
        total: How many there will be, where that is known.
    """
    if settings.verbosity < 0 or not sys.stderr.isatty():
        yield from items
        return
    started = shown = time.monotonic()
    written = False
    for count, item in enumerate(items, start=1):
        now = time.monotonic()
        if now - started > PATIENCE and now - shown > PACE:
            of = f" of {total:,}" if total else ""
            sys.stderr.write(f"\r\x1b[K{count:,}{of} {what}, {count / (now - started):,.0f} a second")
            sys.stderr.flush()
            shown, written = now, True
        yield item
    if written:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
