"""Several matches -> one expression: what was found twice, what belongs together, AND or OR."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from checker.domain.matches import How

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from checker.reading.identify.model import TextMatch

_MOST_CHOICES = 3
"""More licenses than these are a collection, whatever one notice among them offers."""
_SPACE = re.compile(r"\s+")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+:-]*")
_CHOICE = re.compile(
    r"\bdual(?:ly)?[- ]licen[sc]|\b(?:at|under) your (?:option|choice)|\byour choice\b|\bchoice of\b"
    r"|\bany (?:one )?of (?:the|these) (?:following )?licen[sc]es\b|\bone of the following licen[sc]es\b"
    r"|\bwhichever\b|\balternatively,? (?:this|the|you|at|it|under)\b|\bchoose (?:either|between|which|one)"
    r"|\beither of\b|\beither (?:the )?[^\n.;:]{1,60}\bor\b"
    r"|\bdisjunctive\b|\btriple[- ]licen[sc]|\bmulti[- ]?licen[sc]"
)
_LATER = re.compile(
    r"version [\d.]+,?(?: of the licen[sc]e)?,? or \(?(?:at your option\)?,? ?)?(?:any )?(?:later|newer)"
    r"|or \(?at your option\)?,? any (?:later|newer)"
)


def operands(expression: str) -> tuple[str, ...]:
    """Return the ids of an expression, operators aside."""
    return tuple(word for word in _ID.findall(expression) if word not in {"AND", "OR", "WITH"})


def says_choice(text: str) -> bool:
    """Tell whether cleaned words outside the licenses offer a choice between them."""
    return _CHOICE.search(_LATER.sub(" ", _SPACE.sub(" ", text))) is not None


def join(
    matches: Iterable[TextMatch], is_exception: Callable[[str], bool], *, choice: Callable[[], bool]
) -> str | None:
    """Return the expression of a text with these matches; None for none.

    Args:
        matches: in text order.
        is_exception: tells exceptions from licenses.
        choice: tells whether words outside the matches offer a choice; asked when it matters.
    """
    found = tuple(matches)
    texts = list(dict.fromkeys(match.license for match in found if match.how in {How.EXACT, How.SIMILAR}))
    marks = list(dict.fromkeys(match.license for match in found if match.how not in {How.EXACT, How.SIMILAR}))
    offers = [mark for mark in marks if " OR " in mark] if texts else []
    for offer in offers:
        # A notice that offers a choice speaks for the texts that follow it.
        if set(operands(offer)).issuperset(texts):
            return offer
    laters: dict[str, str] = {}
    for mark in marks:
        laters.setdefault(mark.partition(" WITH ")[0], mark)
    texts = [_later(text, laters) for text in texts]
    named = {license_id for text in texts for license_id in operands(text)}
    said = _Said(texts)
    marks = [mark for mark in marks if not set(operands(mark)) <= named and not said.by_another(mark)]
    said = _Said(marks)
    rest = [mark for mark in marks if not said.by_another(mark)]
    parts = _with_exceptions([*texts, *rest], is_exception)
    parts = _without_implied(parts)
    if 1 < len(parts) <= _MOST_CHOICES and choice():
        return " OR ".join(f"({part})" if " AND " in part else part for part in parts)
    return " AND ".join(f"({part})" if " OR " in part and len(parts) > 1 else part for part in parts) or None


def _later(text: str, laters: dict[str, str]) -> str:
    """Let a notice that says "or later" speak for the bare text of that version."""
    if text.endswith("-only"):
        return laters.get(text.removesuffix("-only") + "-or-later", text)
    return text


class _Said:
    """What some expressions say; asked once for each of many marks."""

    def __init__(self, expressions: list[str]) -> None:
        self.expressions = frozenset(expressions)
        self.families = Counter(text[:4] for text in self.expressions)

    def by_another(self, mark: str) -> bool:
        """Tell whether one of them other than `mark` says what it points at, its whole family included."""
        if mark.endswith("-only") and mark.removesuffix("-only") + "-or-later" in self.expressions:
            return True
        # "GNU GPL" without a version, as the source writes it, is said by any version.
        if mark == "GPL-1.0-or-later":
            same = sum(count for family, count in self.families.items() if family.startswith("GPL"))
        elif mark == "LGPL-2.0-or-later":
            same = self.families["LGPL"]
        else:
            return False
        return same > (mark in self.expressions)


def _with_exceptions(parts: list[str], is_exception: Callable[[str], bool]) -> list[str]:
    """Join an exception to the license beside it."""
    joined: list[str] = []
    waiting: list[str] = []
    for part in parts:
        # WITH takes what the SPDX list calls an exception; any other rider is one more set of terms.
        if " " in part or part.startswith("LicenseRef-") or not is_exception(part):
            joined.append(part)
            continue
        at = next(
            (
                number
                for number in range(len(joined) - 1, -1, -1)
                if "GPL" in joined[number] and " " not in joined[number]
            ),
            None,
        )
        if at is None:
            waiting.append(part)
        else:
            joined[at] = f"{joined[at]} WITH {part}"
    for exception in waiting:
        at = next(
            (number for number, part in enumerate(joined) if " " not in part and not is_exception(part)), None
        )
        if at is None:
            joined.append(exception)
        else:
            joined[at] = f"{joined[at]} WITH {exception}"
    return list(dict.fromkeys(joined))


def _without_implied(parts: list[str]) -> list[str]:
    """Drop the GPL that LGPL version 3 builds on and ships with."""
    bases = {part.split(" ", 1)[0] for part in parts}
    if bases & {"LGPL-3.0-only", "LGPL-3.0-or-later"} and bases & {"GPL-3.0-only", "GPL-3.0-or-later"}:
        return [part for part in parts if not part.startswith("GPL-3.0-")]
    return parts
