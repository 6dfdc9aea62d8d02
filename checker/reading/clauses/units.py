"""What one sentence says by itself, whichever text it stands in.

Licenses are made of the same sentences over and over: what was heard in one is kept for the next text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from checker.domain.values import Values
from checker.reading.clauses.marks import unmark
from checker.reading.clauses.values import convert

if TYPE_CHECKING:
    from typing import Any

    from checker.domain.freedoms import Freedom
    from checker.domain.values import Value
    from checker.reading.clauses.patterns import Reading, Readings
    from checker.reading.sentences import Unit

_MAX_TRIES = 16
"""Matches of one pattern tried in one unit until one reaches the unit's own words."""
_MAX_KEPT = 4_096
"""Sentences kept with what they say; at most 6 MB."""
_MAX_LENGTH = 1_200
"""Characters of a sentence worth keeping."""


class Heard(NamedTuple):
    """One reading borne out by the words of a unit; heading and text are not asked yet."""

    reading: Reading
    start: int
    """Where the words begin in the unit's text."""
    end: int
    values: Values
    freedoms: frozenset[Freedom] | str


class Listener:
    """Tries the readings on units."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._kept = lru_cache(maxsize=_MAX_KEPT)(self._listen)

    def hear(self, unit: Unit) -> tuple[Heard, ...]:
        """Return what is said in a unit, in the order of the readings."""
        lead = tuple((at, at + length + 1) for at, _, length in unit.lead)
        listen = self._kept if len(unit.text) <= _MAX_LENGTH else self._listen
        return listen(unit.text, unit.own, lead, unit.definition)

    def _listen(
        self,
        text: str,
        own: int,
        lead: tuple[tuple[int, int], ...],
        definition: bool,  # noqa: FBT001 - lru_cache is quicker with positions
    ) -> tuple[Heard, ...]:
        """Listen to a text whose own words begin at `own`, after pieces of a lead-in from start to end."""
        readings = self._readings
        words = text.encode("ascii")
        heard = []
        for reading, pattern in readings.candidates(words):
            if reading.within != "any" and definition != (reading.within == "definition"):
                continue
            match = _own_match(pattern, own, words)
            if match is None:
                continue
            start = match.end() - len(match[0].lstrip())  # space before a mark is not what is said
            if not _holds(reading, words[_scope(own, lead, start) :], readings):
                continue
            freedoms = _named(words[start:], readings) if reading.touches == "named" else reading.touches
            heard.append(Heard(reading, start, match.end(), _values(reading, match), freedoms))
        return tuple(heard)


@lru_cache(maxsize=4)
def listener_of(readings: Readings) -> Listener:
    """Return the one listener of some readings."""
    return Listener(readings)


def _own_match(pattern: Any, own: int, words: bytes) -> Any:  # noqa: ANN401 - re2 has no types
    """Return the first match that reaches the unit's own words: the lead-in was read in its own place."""
    if own == 0:
        return pattern.search(words)
    for tries, match in enumerate(pattern.finditer(words)):
        if match.end() > own:
            return match
        if tries >= _MAX_TRIES:
            break
    else:
        return None  # the same words again from `own` on would say nothing new
    return pattern.search(words, own)


def _scope(own: int, lead: tuple[tuple[int, int], ...], start: int) -> int:
    """Return where the words begin that may take a match back: its sentence, or its part of the lead-in."""
    if start >= own:
        return own
    return next((begin for begin, end in reversed(lead) if begin <= start < end), 0)


def _holds(reading: Reading, words: bytes, readings: Readings) -> bool:
    if any(not readings.said(pattern, words) for pattern in reading.also):
        return False
    return not (
        readings.any_said(reading.unless, words) or readings.any_said(readings.vetoes[reading.kind], words)
    )


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


def _named(words: bytes, readings: Readings) -> frozenset[Freedom]:
    """Return which freedoms are named in the words from a match on."""
    return frozenset(
        freedom for freedom, patterns in readings.acts.items() if readings.any_said(patterns, words)
    )
