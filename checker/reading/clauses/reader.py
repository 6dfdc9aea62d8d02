"""Read the clauses of a text: mark, cut into units, try the readings, capture the values.

The result is a flat list in reading order; what the clauses mean together is `whole`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.domain.clauses import Basis
from checker.domain.dataclass import dataclass
from checker.domain.freedoms import Freedom
from checker.domain.values import Value, Values
from checker.reading.clauses.marks import narrow, unmark
from checker.reading.clauses.values import convert
from checker.reading.sentences import Unit, split

if TYPE_CHECKING:
    from typing import Any

    from checker.reading.clauses.patterns import Reading, Readings
    from checker.reading.clean import Span
    from checker.reading.document import Document

_MAX_TRIES = 16
"""Matches of one pattern tried in one unit until one reaches the unit's own words."""


@dataclass(frozen=True, slots=True)
class Found:
    """One clause as read: where, by which reading, with what values."""

    reading: Reading
    unit: int
    span: Span
    """Original span of the words matched."""
    quote: Span
    """Original span to show: the sentence, or the part of a long one around the words."""
    values: Values
    freedoms: frozenset[Freedom] | str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Read:
    """All that was found in a text, and the units it was found in."""

    found: tuple[Found, ...]
    units: tuple[Unit, ...]


def read(document: Document, readings: Readings, *, spans: tuple[Span, ...] | None = None) -> Read:
    """Read a document, or only some spans of it.

    Args:
        document: The text; its plain form decides.
        readings: The compiled readings.
        spans: Original spans to read; None reads all of it.
    """
    cleaned = document.cleaned
    # One line break in front gives the first word of the text a place to carry its mark.
    plain = "\n" + cleaned.text
    marked = readings.marker.mark(narrow(plain))
    inner = None if spans is None else tuple((cleaned.plain(a) + 1, cleaned.plain(b) + 1) for a, b in spans)
    units = split(plain, marked, spans=inner)
    whole = _Whole(marked, readings)
    found: list[Found] = []
    for index, unit in enumerate(units):
        words = unit.text.encode("ascii")
        for reading, pattern in readings.candidates(words):
            if reading.within != "any" and unit.definition != (reading.within == "definition"):
                continue
            match = _own_match(pattern, unit, words)
            if match is None or not _holds(
                reading, unit, words[_scope(unit, match.start()) :], readings, whole
            ):
                continue
            start, end = unit.place(match.start()), unit.place(max(match.start(), match.end() - 1)) + 1
            found.append(
                Found(
                    reading=reading,
                    unit=index,
                    span=_origin(cleaned, start, end),
                    quote=_origin(cleaned, *_shown(plain, unit, match.start(), match.end())),
                    values=_values(reading, match),
                    freedoms=_named(words, match, readings)
                    if reading.touches == "named"
                    else reading.touches,
                    basis=reading.basis,
                )
            )
    return Read(found=tuple(found), units=tuple(units))


class _Whole:
    """The whole marked text, asked once for each pattern that a reading requires of it."""

    def __init__(self, text: str, readings: Readings) -> None:
        self._text = text.encode("ascii")
        self._readings = readings
        self._answers: dict[str, bool] = {}

    def says(self, pattern: str) -> bool:
        if pattern not in self._answers:
            self._answers[pattern] = self._readings.said(pattern, self._text)
        return self._answers[pattern]


def _own_match(pattern: Any, unit: Unit, words: bytes) -> Any:  # noqa: ANN401 - re2 has no types
    """Return the first match that reaches the unit's own words: the lead-in was read in its own place."""
    if unit.own == 0:
        return pattern.search(words)
    for tries, match in enumerate(pattern.finditer(words)):
        if match.end() > unit.own:
            return match
        if tries >= _MAX_TRIES:
            break
    return pattern.search(words, unit.own)


def _scope(unit: Unit, start: int) -> int:
    """Return where the words begin that may take a match back: its own sentence, or its part of the lead-in."""
    if start >= unit.own:
        return unit.own
    return next((at for at, _, length in reversed(unit.lead) if at <= start < at + length + 1), 0)


def _holds(reading: Reading, unit: Unit, words: bytes, readings: Readings, whole: _Whole) -> bool:
    if any(not readings.said(pattern, words) for pattern in reading.also):
        return False
    if readings.any_said(reading.unless, words) or readings.any_said(readings.vetoes[reading.kind], words):
        return False
    if reading.heading or reading.heading_not:
        heading = narrow(unit.heading).encode("ascii")
        if reading.heading and not readings.any_said(reading.heading, heading):
            return False
        if readings.any_said(reading.heading_not, heading):
            return False
    if reading.text and not any(whole.says(pattern) for pattern in reading.text):
        return False
    return not any(whole.says(pattern) for pattern in reading.text_not)


def _values(reading: Reading, match: Any) -> Values:  # noqa: ANN401 - re2 has no types
    if not reading.capture:
        return reading.values
    captured: dict[str, Value] = dict(reading.values)
    groups = match.groupdict()
    for group, converter in reading.capture:
        found = groups[group] if group in groups else match.group(0)  # without a group: the whole match
        if found:
            value = convert(converter, unmark(found.decode("ascii")))
            if value is not None:
                captured[group] = value
    return Values(captured)


def _named(words: bytes, match: Any, readings: Readings) -> frozenset[Freedom]:  # noqa: ANN401 - re2 has no types
    """Which freedoms the sentence names, from the start of the match on."""
    named = words[match.start() :]
    return frozenset(
        freedom for freedom, patterns in readings.acts.items() if readings.any_said(patterns, named)
    )


_SHOWN = 400


def _shown(plain: str, unit: Unit, start: int, end: int) -> tuple[int, int]:
    """Choose the words to quote: the unit's own sentence, cut around the match where it is long."""
    first, last = unit.start, unit.end
    if last - first <= _SHOWN:
        return first, last
    begin = max(first, unit.place(max(start, unit.own)) - _SHOWN // 4)
    finish = min(last, max(unit.place(max(start, end - 1)) + 1, begin) + _SHOWN // 2)
    finish = min(finish, begin + 2 * _SHOWN)
    while begin > first and not plain[begin - 1].isspace():
        begin -= 1
    while finish < last and not plain[finish].isspace():
        finish += 1
    return begin, finish


def _origin(cleaned: Any, start: int, end: int) -> Span:  # noqa: ANN401 - Cleaned
    return cleaned.origin_span(max(0, start - 1), max(0, end - 1))  # type: ignore[no-any-return]
