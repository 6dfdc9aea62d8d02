"""Which words a pattern cannot do without, found from its source alone.

A text without them cannot match, so nearly all patterns are ruled out for a sentence without being run, or
even compiled. The answer is a conjunction of alternatives ("one of these, and one of those") of *pieces* of
words: ` use ` is that whole word, ` redistribut` a word that so begins, `licens` anything with these letters.
A mark of modality is a word of its own. What is not understood needs nothing, which is always right.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from checker.domain.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Need = frozenset[str]
"""Pieces of words one of which must be there."""

EDGE: Final = " "
"""Begin or end of a word in a piece."""
MAX_PIECE: Final = 12
"""Characters of a piece; a longer one is cut, which asks for less and stays right."""
MAX_NEEDS: Final = 6
"""Needs kept of one pattern; the rest says little more."""

_MAX_STRINGS: Final = 256
"""Alternatives spelled out; beyond that a part of a pattern is only known by its needs."""
_MAX_CLASS: Final = 12
_TOKEN: Final = re.compile(
    r"\{(?P<macro>[a-z.][a-z0-9.-]*)\}|(?P<open>\((?:\?:|\?P<\w+>)?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<negated>\[\^\]?(?:\\.|[^\]\\])*\])|(?P<set>\[\]?(?:\\.|[^\]\\])*\])"
    r"|\\x(?P<code>[0-9a-fA-F]{2})|\\(?P<escape>.)|(?P<anchor>[\^$])|(?P<any>\.)|(?P<char>[^\\])",
    re.DOTALL,
)
_WORD: Final = re.compile(r"[a-z0-9]+(?![*+?{])")
_REPEAT: Final = re.compile(r"(?:(?P<sign>[*+?])|\{(?P<low>\d+)(?P<open>,)?(?P<high>\d*)\})\??")
_IN_SET: Final = re.compile(r"\\x([0-9a-fA-F]{2})|\\(.)|(.)", re.DOTALL)
_PIECE: Final = re.compile(r" ?[^ ]+ ?")


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of one part of a pattern."""

    strings: frozenset[str] | None
    """Everything it can be, when that is little; characters that are no part of words are edges."""
    needs: tuple[Need, ...] = ()
    """What it needs, when `strings` is not known."""


_UNKNOWN: Final = _Part(None)
_NOTHING: Final = _Part(frozenset({""}))
_EDGE_PART: Final = _Part(frozenset({EDGE}))


class NotUnderstood(ValueError):
    """A construct of RE2 that no reading uses so far."""


class Finder:
    """Finds the needs of patterns that share macros."""

    def __init__(self, macros: Mapping[str, str], prepare: Callable[[str], str]) -> None:
        """Take the macros by name, and what is done to a pattern's source before RE2 gets it."""
        self._macros = macros
        self._prepare = prepare
        self._parts: dict[str, _Part] = {}

    def needs(self, pattern: str) -> tuple[Need, ...]:
        """Return what the pattern needs, the most telling first; empty when it may match anything."""
        try:
            part = _Parser(pattern, self._macro).read()
        except (NotUnderstood, RecursionError):
            return ()
        return tuple(sorted(_needs_of(part), key=_commonness))[:MAX_NEEDS]

    def _macro(self, name: str) -> _Part:
        known = self._parts.get(name)
        if known is None:
            if name not in self._macros:
                raise NotUnderstood(name)
            known = self._parts[name] = _Parser(self._macros[name], self._macro).read()
        return known
