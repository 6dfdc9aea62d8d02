"""What kind of text it is: a license, a notice that points elsewhere, bare reserved rights, or none of these.

Silence in a license denies (nothing grants it); silence in a text that is no license says nothing at all. So
the kind has to be settled before the clauses are judged.
"""

from __future__ import annotations

import re

from checker.domain.clauses import Clause
from checker.domain.freedoms import ClauseKind

_RESERVED = re.compile(r"\ball\s+rights?\s+(?:are\s+)?(?:hereby\s+)?reserved\b")
_REFERS = re.compile(
    r"\b(?:see|refer\s+to|consult|read|found\s+in|contained\s+in|in|under|by|with|to)\s+(?:the\s+)?(?:\w+\s+){0,4}?"
    r"(?:accompanying\s+|enclosed\s+|attached\s+|included\s+|file\s+|top[- ]level\s+)*[\"']?(?:licen[cs]e|copying|copyright|legal|eula|terms)"
    r"(?:[._-]?(?:txt|md|html?|rst|pdf|file)|\s+(?:file|agreement\s+(?:file|at)|for\s+(?:details|more|terms|the\s+full|information|copying|licensing)))"
)
_LICENSE_WORDS = re.compile(
    r"\b(?:licen[cs](?:e|es|ed|or|ee|ing)|agreement|copyright(?:ed)?|permission|permitted|terms|warrant(?:y|ies)|liab(?:le|ility)"
    r"|redistribut\w+|software|intellectual\s+property|grant(?:s|ed)?|proprietary)\b"
)
_COPYRIGHT_LINE = re.compile(r"(?:copyright|\(c\)|©).*", re.IGNORECASE)
_ATTRIBUTION = re.compile(
    r"\b(?:this\s+product\s+(?:includes|contains)|includes?\s+software|portions?\s+(?:of\s+this\s+\w+\s+)?(?:are\s+)?copyright|developed\s+(?:by|at)|based\s+on\s+\w+|copyright)\b"
)
_WORD = re.compile(r"[^\W_]+")
_FEW_WORDS = 60
_ATTRIBUTION_WORDS = 400
_MIN_LICENSE_WORDS = 4
_ACTING = frozenset({ClauseKind.PERMISSION, ClauseKind.LIMITATION, ClauseKind.CONDITION})

LICENSE, RESERVED, POINTER, ATTRIBUTIONS, NONE = "license", "reserved", "pointer", "attributions", "none"


def kind_of(plain: str, clauses: tuple[Clause, ...]) -> str:
    """Return `license`, `reserved`, `pointer`, `attributions` or `none`.

    Args:
        plain: The plain text (lower case).
        clauses: What was read in it.
    """
    acting = [clause for clause in clauses if clause.kind in _ACTING]
    if any(clause.kind is ClauseKind.PERMISSION for clause in acting):
        return LICENSE
    words = _WORD.findall(plain[:200_000])
    if _REFERS.search(plain) and len(words) <= 2 * _FEW_WORDS:
        return POINTER
    if _RESERVED.search(plain) and len(words) <= _FEW_WORDS:
        return RESERVED
    if acting:
        return LICENSE
    if len(words) <= _ATTRIBUTION_WORDS and _ATTRIBUTION.search(plain) and not re.search(r"\blicen[cs]e", plain):
        return RESERVED if _RESERVED.search(plain) and len(words) <= _FEW_WORDS else ATTRIBUTIONS
    said = {found[0] for found in _LICENSE_WORDS.finditer(plain[:200_000])}
    return LICENSE if len(said) >= _MIN_LICENSE_WORDS else NONE
