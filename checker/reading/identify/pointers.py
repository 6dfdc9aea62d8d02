"""Licenses that a text points at: SPDX tags, addresses, short notices and names."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from checker.domain.dataclass import dataclass
from checker.domain.matches import How
from checker.knowledge.index import TextKind
from checker.knowledge.index.tokens import CODES
from checker.knowledge.index.word_sets import NEGATION
from checker.reading.identify.names import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.knowledge.index import KnownTexts
    from checker.knowledge.index.marks import Marks
    from checker.knowledge.index.tokens import Tokens
    from checker.reading.document import Document

_TAG = re.compile(r"spdx-license-identifier[ \t]{0,8}:?[ \t]{0,8}([^\n]{1,400})")
_TERM = re.compile(r"[()]|[a-z0-9][a-z0-9.+:-]*", re.IGNORECASE)
_ADDRESS = re.compile(r"://[^\s<>\"'()\[\]{},;|`]{4,200}")
_OPERATORS = frozenset({"and", "or", "with"})

_LICENSING = frozenset(
    CODES[word]
    for word in [
        "license",
        "licensed",
        "licenses",
        "licensing",
        "sublicensed",
        "under",
        "terms",
        "conditions",
        "distributed",
        "released",
        "available",
        "governed",
        "subject",
        "pursuant",
        "permitted",
        "provided",
    ]
)
_NAMES = re.compile(r"licen[sc]|\bunder\b")
_DENIAL = 4
"""Words before a name among which a negation denies it."""
_HTTP = CODES["http"]
_BEFORE = 8
"""Words before a name in which it must be said that something is licensed by it."""
_KEPT_ADDRESSES = 4_096
"""Addresses whose licenses are remembered, for texts that repeat them."""
_BRIEF = 60
"""A text of so few uncovered words is about nothing but its license."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A license pointed at: words `start` to `end` of the text."""

    license: str
    how: How
    start: int
    end: int


def pointers(
    document: Document, tokens: Tokens, known: KnownTexts, open_spans: list[tuple[int, int]]
) -> list[Pointer]:
    """Return what uncovered words point at, in order; of overlapping ones the longest.

    Args:
        document: the text; addresses are read from its original, where marks around them are not blanked.
        tokens: the words of the text made plain.
        known: the index.
        open_spans: half-open word spans that no known text covers.
    """
    brief = sum(end - start for start, end in open_spans) <= _BRIEF
    alone = open_spans == [(0, len(tokens))]
    found: list[Pointer] = []
    for start, end in open_spans:
        first = tokens.place(start)[0]
        # What follows the last word belongs to it: `GPL-2.0+`, a closing bracket.
        last = tokens.place(end)[0] if end < len(tokens) else len(tokens.text)
        part = tokens.text[first:last]
        if "spdx-license-identifier" in part:
            found += _tags(part, first, tokens, known.marks)
        found += _shorts(tokens.sequence, start, end, known, brief=brief)
        if (brief and alone) or _NAMES.search(part):
            # Beside a whole license text a bare name is its title.
            found += _names(part, first, tokens, known.marks, brief=brief and alone)
    if "://" in document.text:
        found += _addresses(document, tokens, known.marks, open_spans, brief=brief)
    return _longest([item for item in found if not _is_denied(item, tokens)], len(tokens))


def _is_denied(pointer: Pointer, tokens: Tokens) -> bool:
    """Tell whether the words before say that the license does not apply."""
    first = max(0, pointer.start - _DENIAL)
    if NEGATION.isdisjoint(tokens.sequence[first : pointer.start]):
        return False
    at = next(index for index in range(pointer.start - 1, -1, -1) if tokens.sequence[index] in NEGATION)
    between = tokens.text[tokens.place(at)[1] : tokens.place(pointer.start)[0]]
    return "." not in between and "\n\n" not in between and "," not in between


def _names(part: str, first: int, tokens: Tokens, marks: Marks, *, brief: bool) -> Iterator[Pointer]:
    for expression, how, start, end in names_in(part, marks, brief=brief):
        low = tokens.index_at(first + start)
        yield Pointer(expression, how, low, max(low + 1, tokens.index_at(first + end)))


def _tags(part: str, first: int, tokens: Tokens, marks: Marks) -> Iterator[Pointer]:
    for tag in _TAG.finditer(part):
        read = read_expression(tag[1], marks)
        if read is not None:
            expression, length = read
            yield Pointer(
                expression,
                How.TAG,
                tokens.index_at(first + tag.start()),
                tokens.index_at(first + tag.start(1) + length),
            )


def read_expression(written: str, marks: Marks) -> tuple[str, int] | None:
    """Read the SPDX expression that a line begins with.

    Returns:
        The expression with ids as the list spells them, and how many characters it took; None when the line
        does not begin with one.
    """
    parts: list[str] = []
    depth = end = at = 0
    operand = True
    for term in _TERM.finditer(written):
        if written[at : term.start()].strip():
            break
        at = term.end()
        word = term[0].lower()
        if operand:
            if word == "(":
                parts.append("(")
                depth += 1
                continue
            named = _operand(term[0], marks)
            if named is None:
                break
            parts.append(named)
            operand = False
        elif word == ")" and depth:
            parts.append(")")
            depth -= 1
        elif word in _OPERATORS:
            parts.append(word.upper())
            operand = True
            continue
        else:
            break
        if not depth:
            end = len(parts)
            length = at
    if not end:
        return None
    return " ".join(parts[:end]).replace("( ", "(").replace(" )", ")"), length


def _operand(word: str, marks: Marks) -> str | None:
    found = marks.by_id(word)
    if found is None and word.lower().startswith("licenseref-"):
        return f"LicenseRef-{word[11:]}"
    return found


def _addresses(
    document: Document, tokens: Tokens, marks: Marks, open_spans: list[tuple[int, int]], *, brief: bool
) -> Iterator[Pointer]:
    known: dict[str, str | None] = {}
    for address in _ADDRESS.finditer(document.text):
        written = address[0]
        if written not in known:
            if len(known) >= _KEPT_ADDRESSES:
                known.clear()
            known[written] = marks.by_address(written)
        license_id = known[written]
        if license_id is None:
            continue
        start = tokens.index_at(document.cleaned.plain(address.start()))
        end = max(start + 1, tokens.index_at(document.cleaned.plain(address.end())))
        at = bisect_right(open_spans, start, key=itemgetter(0)) - 1
        if at < 0 or start >= open_spans[at][1]:
            continue
        if brief or _is_licensing(tokens.sequence, start):
            yield Pointer(license_id, How.URL, start, min(end, len(tokens)))


def _is_licensing(sequence: str, start: int) -> bool:
    return not _LICENSING.isdisjoint(sequence[max(0, start - _BEFORE) : start])


def _shorts(sequence: str, start: int, end: int, known: KnownTexts, *, brief: bool) -> Iterator[Pointer]:
    part = sequence[start:end]
    for at, number in known.short_notices(part):
        text = known.text(number)
        place = text.sequence.find(part[at : at + 3])
        begin = at - place
        if place < 0 or begin < 0 or part[begin : begin + len(text.sequence)] != text.sequence:
            continue
        if text.kind is TextKind.REFERENCE and not brief and not _is_licensing(part, begin):
            continue
        how = How.NOTICE if text.kind in {TextKind.NOTICE, TextKind.REFERENCE} else How.EXACT
        if _HTTP in text.sequence and text.kind is TextKind.REFERENCE:
            how = How.URL
        yield Pointer(text.license, how, start + begin, start + begin + len(text.sequence))


def _longest(found: list[Pointer], size: int) -> list[Pointer]:
    kept: list[Pointer] = []
    taken = bytearray(size)
    # A tag says most, then the longest wording; of equals the last, which is a name by our own list.
    found.reverse()
    for pointer in sorted(
        found, key=lambda item: (item.how is not How.TAG, item.start - item.end, item.start)
    ):
        if taken.find(1, pointer.start, pointer.end) < 0:
            kept.append(pointer)
            taken[pointer.start : pointer.end] = b"\x01" * (min(pointer.end, size) - pointer.start)
    return sorted(kept, key=lambda item: item.start)
