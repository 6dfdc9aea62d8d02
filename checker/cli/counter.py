"""A count of work done, on a terminal only: for work whose progress is told and not iterated over."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from checker.cli.common import Settings
from checker.cli.progress import PACE, PATIENCE

BAR = 24
"""Characters of the bar that is drawn where the total is known."""


class Counter:
    """Shows how far the work has come, once it takes long enough to wonder.

    Args:
        settings: Quiet runs show nothing.
        what: Name of what is counted.
        total: How many there will be, where that is known.
    """

    def __init__(self, settings: Settings, what: str, *, total: int | None = None) -> None:
        self._visible = settings.verbosity >= 0 and sys.stderr.isatty()
        self._what = what
        self._total = total
        self._started = self._shown = time.monotonic()
        self._written = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def show(self, count: int) -> None:
        """Take note of how many are done."""
        now = time.monotonic()
        if not self._visible or now - self._started < PATIENCE or now - self._shown < PACE:
            return
        rate = f"{count / (now - self._started):,.0f} a second"
        if self._total:
            done = min(BAR, BAR * count // self._total)
            line = f"[{'#' * done}{'.' * (BAR - done)}] {count:,} of {self._total:,} {self._what}, {rate}"
        else:
            line = f"{count:,} {self._what}, {rate}"
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
        self._shown, self._written = now, True
