"""Words that say how several licenses stand together: a choice ("either", "dual") or all at once ("both")."""

from __future__ import annotations

import re
from enum import Enum

MAX_TEXT = 60_000
"""Characters looked at; words about the whole work stand near the top, or in a section of their own."""


class Together(Enum):
    """How several licenses apply."""

    CHOICE = "OR"
    ALL = "AND"


_CHOICE = re.compile(
    r"\beither\b(?:[^.]|\.\S){0,160}\bor\b|\bdual(?:ly)?[- ]?licen[sc]"
    r"|\b(?:at|of|under) your (?:own )?(?:option|choice|choosing)\b"
    r"|\byour choice of\b|\bchoice of licen[sc]e|\bmulti[- ]?licen[sc]ed|\btri(?:ple)?[- ]?licen[sc]ed"
    r"|\bone of the (?:following )?licen[sc]es\b|\bany (?:one )?of (?:these|the following) licen[sc]es\b"
    r"|\bunder (?:the )?terms of either\b|\bwhichever (?:licen[sc]e )?you\b"
    r"|\byou (?:may|can) (?:choose|select|pick)\b"
)
_ALL = re.compile(
    r"\b(?:under|by|of|to|with|accept|follow) both\b|\bboth licen[sc]es (?:apply|must)"
    r"|\bboth of (?:these|the following) licen[sc]es|\ball of the (?:following )?licen[sc]es"
    r"|\bpartially\b[^.]{0,80}\bpartially\b"
    r"|\bparts? (?:of|are|is)[^.]{0,80}(?:licen[sc]ed|under|covered)"
    r"|\bother (?:parts|portions|files)\b|\bportions\b[^.]{0,80}licen[sc]ed"
    r"|\bexcept (?:for|where|as)\b[^.]{0,120}\blicen[sc]"
    r"|\b(?:contributions|files|changes|code) (?:made |written )?(?:from|on|after|before|by)\b"
    r"[^.]{0,160}\blicen[sc]ed"
)
_LATER = re.compile(
    r"(?:either )?version \d[\d.]{0,8},?(?: of the licen[sc]e)?,?"
    r"\s{1,4}or\s{1,4}\(?(?:at your option\)?,?\s{0,4})?any later"
    r"|\(?at your option\)?,?\s{1,4}any later version|\bor \(at your option\)"
)
_SPEAKS = re.compile(r"licen[sc]|copying|\bterms\b")


def stated_together(text: str) -> Together | None:
    """Say whether a text offers a choice or asks for all of its licenses; None where it says neither.

    "Either version 2, or any later version" offers versions of one license and no choice between two.

    Args:
        text: A license file, a License field or a description; a license's own body should be left out.
    """
    lowered = " ".join(text[:MAX_TEXT].lower().split())
    if not _SPEAKS.search(lowered):
        return None
    plain = _LATER.sub(" ", lowered)
    choice, both = _near_license(_CHOICE, plain), _near_license(_ALL, plain)
    if choice == both:
        return None  # neither, or words for both: the text does not settle it
    return Together.CHOICE if choice else Together.ALL


def _near_license(pattern: re.Pattern[str], text: str) -> bool:
    """Say whether the pattern stands in words that speak of licenses."""
    return any(
        _SPEAKS.search(text, max(0, found.start() - 120), found.end() + 120)
        for found in pattern.finditer(text)
    )
