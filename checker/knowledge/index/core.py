"""The core of a license text: what is left without copyright lines and titles.

Two copies of a license differ most often there, so digests are taken of the core as well.
"""

from __future__ import annotations

import re

from checker.knowledge.index.tokens import words_of

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

_SAYS = re.compile(
    r"\b(?:not|no|non|nor|none|never|only|solely|may|must|shall|should|can|cannot|will|if|unless|except|without"
    r"|prohibited|forbidden|permitted|allowed|restricted|limited to|excluded|barred|banned|noncommercial"
    r"|commercial|commercially|personal|internal|private|research|evaluation|educational|academic|royalt(?:y|ies)|fees?|paid"
    r"|expires?|ends|terminates?|revoked?|confidential|secret|sell|sold|selling|permission|you|your|granted|applies"
    r"|apply|trial|production|military|due|condition)\b"
)
"""Words of a line that says more than whose the work is or what it is called."""


def says_more(line: str) -> bool:
    """Tell whether a title or copyright line may carry terms: "Copyright X. Not for commercial use"."""
    return _SAYS.search(line) is not None


_TITLE_WORDS = 12


def without_notices(text: str) -> str:
    """Return a cleaned text without its copyright lines."""
    if (
        "copyright" not in text
        and "(c)" not in text
        and "\u00a9" not in text
        and "rights reserved" not in text
    ):
        return text
    return COPYRIGHT_LINE.sub("", text)


def title_words(text: str, lines: int) -> list[int]:
    """Return how many words a cleaned text begins with in 0, 1, ... at most `lines` short title lines."""
    counts, at = [0], 0
    for _ in range(lines):
        while at < len(text) and not text[at].isalnum():
            at += 1
        end = text.find("\n", at)
        count = len(words_of(text[at:end])) if end >= 0 else _TITLE_WORDS + 1
        if count > _TITLE_WORDS:
            break
        counts.append(counts[-1] + count)
        at = end
    return counts
