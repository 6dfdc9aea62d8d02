"""The core of a license text: what is left without copyright lines and titles.

Two copies of a license differ most often there, so digests are taken of the core as well.
"""

from __future__ import annotations

import re

COPYRIGHT_LINE = re.compile(
    r"^[ \t.,;:'\"(<\[-]*(?:"
    r"(?:(?:portions|parts|some code|modifications|this file is|software is|all) )?"
    r"(?:copyright(?:s|ed)?|\(c\)|\u00a9|\(copyright\)|copr\.)"
    r"[ \t:,.-]*(?:\(c\)|\u00a9|&copy;|c\b|\(\w\)|by\b|[<\[{(]|\d{2,4}|\$|x{4}|y{4}|year\b|the )[^\n]{0,300}"
    r"|(?:all|some) rights reserved[^\n\w]{0,20}"
    r")$",
    re.MULTILINE,
)
"""A line that only says whose the work is."""

_TITLE_WORDS = 12


def without_notices(text: str) -> str:
    """Return a cleaned text without its copyright lines."""
    if "copyright" not in text and "(c)" not in text and "\u00a9" not in text and "rights reserved" not in text:
        return text
    return COPYRIGHT_LINE.sub("", text)


def without_title(text: str, lines: int = 1) -> str | None:
    """Return a cleaned text without its first `lines` short lines; None when there are not so many."""
    rest = text.lstrip()
    for _ in range(lines):
        head, found, tail = rest.partition("\n")
        if not found or len(head.split()) > _TITLE_WORDS:
            return None
        rest = tail.lstrip()
    return rest
