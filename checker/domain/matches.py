"""What identification says of a text: which known license covers which lines."""

from __future__ import annotations

from enum import Enum

from checker.domain.clauses import Decided
from checker.domain.dataclass import dataclass


class How(Enum):
    """By what a license was recognised."""

    EXACT = "exact"
    SIMILAR = "similar"
    NOTICE = "notice"
    TAG = "tag"
    URL = "url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One known license found in one text."""

    license: str
    """SPDX expression of what was found: an id, or `A OR B` where a notice offers a choice."""
    how: How
    score: float
    """0.0 to 1.0: the share of the license's words found in order, less what was added inside."""
    start_line: int
    end_line: int
    added_words: int = 0
    missing_words: int = 0
    profile: Decided | None = None
    """Which decided the profile that was used; None for a match that brought no profile."""
