"""Where a field stands in a manifest, and values of the type they should have."""

from __future__ import annotations

import re


def line_of(text: str, pattern: str, start: int = 0) -> int:
    """Return the line of the first match of a pattern, from 1; 0 where there is none."""
    found = re.compile(pattern, re.MULTILINE).search(text, start)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def words(value: object) -> str:
    """Return a string, stripped; anything else is empty."""
    return value.strip() if isinstance(value, str) else ""


def strings(value: object) -> tuple[str, ...]:
    """Return the strings of a list; anything else is empty."""
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def table(value: object) -> dict[str, object]:
    """Return a mapping; anything else is empty."""
    return value if isinstance(value, dict) else {}
