"""Which words a pattern cannot do without, found from its source alone.

A text without them cannot match, so nearly all patterns are ruled out for a sentence without being run, or
even compiled. The answer is a conjunction of alternatives ("one of these, and one of those") of *pieces* of
words: ` use ` is that whole word, ` redistribut` a word that so begins, `licens` anything with these letters.
A mark of modality is a word of its own. What is not understood needs nothing, which is always right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Final

from checker.domain.dataclass import dataclass
from checker.reading.clauses.marks import ANY_MARK

Need = frozenset[str]
"""Pieces of words one of which must be there."""

EDGE: Final = " "
"""Begin or end of a word in a piece."""
MAX_PIECE: Final = 12
"""Characters of a piece; a longer one is cut, which asks for less and stays right."""
_MAX_STRINGS: Final = 256
"""Alternatives spelled out; beyond that a part of a pattern is only known by its needs."""
_MAX_WORDS: Final = 3
"""Words of one alternative that become needs of their own."""
_COMMON: Final = frozenset(
    "licens license licence licenses right rights software program work terms copyright copy copies this that "
    "with without under other notice conditions following including provided source".split()
)
"""Words that most licenses are full of."""
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
_EDGE_ONLY: Final = frozenset({EDGE})
_EDGE_PART: Final = _Part(_EDGE_ONLY)


class _NotUnderstood(ValueError):
    """A construct of RE2 that no reading uses so far."""


class Finder:
    """Finds the needs of patterns that share macros.

    Attributes:
        macros: Name -> source, as the expander uses them.
    """

    def __init__(self, macros: Mapping[str, str]) -> None:
        self.macros = macros
        self._parts: dict[str, _Part] = {}

    def needs(self, patterns: Sequence[str]) -> tuple[Need, ...]:
        """Return what all these patterns together need, the most telling first; empty for nothing at all."""
        needs: list[Need] = []
        for pattern in patterns:
            with suppress(_NotUnderstood):
                needs += _needs_of(_read(pattern, self._macro))
        return tuple(sorted(needs, key=_commonness))

    def _macro(self, name: str) -> _Part:
        known = self._parts.get(name)
        if known is None:
            if name not in self.macros:
                raise _NotUnderstood(name)
            known = self._parts[name] = _read(self.macros[name], self._macro)
        return known


class _Run:
    """Parts that follow each other."""

    def __init__(self, behind: frozenset[str]) -> None:
        self.needs: list[Need] = []
        # Inside a group, too, a word begins where the words before the group end.
        self.open = _EDGE_ONLY if all(text.endswith(EDGE) for text in behind) else frozenset({""})
        self.whole = True
        """`open` is all that was added so far."""

    def add(self, part: _Part) -> None:
        """Put a part behind the others."""
        strings = part.strings
        if strings is None:
            self._close(frozenset({""}))
            self.needs += part.needs
        elif len(self.open) * len(strings) > _MAX_STRINGS:
            self._close(strings)
        else:
            self.open = frozenset({_joined(one, other) for one in self.open for other in strings})
            if self.open != _EDGE_ONLY and all(text.endswith(EDGE) for text in self.open):
                self._close(_EDGE_ONLY)

    def part(self) -> _Part:
        """Return what is known of all of them together."""
        if self.whole:
            return _Part(self.open)
        self._close(self.open)
        return _Part(None, tuple(self.needs))

    def _close(self, then: frozenset[str]) -> None:
        self.needs += _needs_of(_Part(self.open))
        self.open = then
        self.whole = False


def _read(source: str, macro: Callable[[str], _Part]) -> _Part:
    """Go through the source of a pattern once, left to right."""
    levels: list[tuple[list[_Part], _Run]] = [([], _Run(frozenset({""})))]
    at = 0
    while at < len(source):
        if found := _WORD.match(source, at):
            at = found.end()
            levels[-1][1].add(_Part(frozenset({found[0]})))
            continue
        found = _TOKEN.match(source, at)
        if found is None:
            raise _NotUnderstood(source[at:])
        at = found.end()
        kind, text = found.lastgroup or "", found[found.lastgroup or 0]
        if kind == "open":
            if source.startswith("?", at):
                raise _NotUnderstood(source[at:])
            levels.append(([], _Run(levels[-1][1].open)))
            continue
        branches, run = levels[-1]
        if kind == "bar":
            branches.append(run.part())
            levels[-1] = (branches, _Run(levels[-2][1].open if len(levels) > 1 else frozenset({""})))
            continue
        if kind == "close":
            if len(levels) == 1:
                raise _NotUnderstood(source)
            levels.pop()
            part = _either([*branches, run.part()])
            run = levels[-1][1]
        else:
            part = macro(text) if kind == "macro" else _atom(kind, text)
        repeated = _REPEAT.match(source, at)
        if repeated is not None:
            at = repeated.end()
            # The source of a macro may be several atoms, of which only the last would be repeated.
            part = _UNKNOWN if kind == "macro" else _repeated(part, repeated)
        run.add(part)
    if len(levels) > 1:
        raise _NotUnderstood(source)
    branches, run = levels[0]
    return _either([*branches, run.part()])


def _either(branches: list[_Part]) -> _Part:
    """Return what is known when one of these stands here."""
    if len(branches) == 1:
        return branches[0]
    if all(part.strings is not None for part in branches):
        strings = frozenset[str]().union(*(part.strings or () for part in branches))
        if len(strings) <= _MAX_STRINGS:
            return _Part(strings)
    each = [sorted(_needs_of(part), key=_commonness) for part in branches]
    return _Part(None, tuple(frozenset[str]().union(*same) for same in zip(*each, strict=False)))


def _repeated(part: _Part, found: re.Match[str]) -> _Part:
    """Return what is known of a part that stands several times, or perhaps not at all."""
    low, high = found["low"], found["high"]
    least = {"?": 0, "*": 0, "+": 1}.get(found["sign"] or "", int(low or 0))
    once = found["sign"] == "?" or (low is not None and (high or (low if not found["open"] else "")) == "1")
    if part.strings == _EDGE_ONLY or (once and part.strings is not None):
        return _Part((part.strings or _EDGE_ONLY) | ({""} if least == 0 else frozenset()))
    return _Part(None, _needs_of(part)) if least else _UNKNOWN


def _atom(kind: str, text: str) -> _Part:
    """Return what is known of one character, class or anchor."""
    if kind == "set":
        return _set(text[1:-1])
    if kind == "code":
        return _Part(frozenset({_plain(chr(int(text, 16)))}))
    if kind == "char":
        return _Part(frozenset({_plain(text)}))
    if kind == "anchor":
        return _NOTHING
    return _escape(text) if kind == "escape" else _UNKNOWN


def _escape(letter: str) -> _Part:
    if letter in "sWb":  # where a word ends is an edge, with or without a character
        return _EDGE_PART
    if letter in "Az":
        return _NOTHING
    if letter in "wdS":
        return _UNKNOWN
    if letter.isalnum():
        raise _NotUnderstood(letter)
    return _Part(frozenset({_plain(letter)}))


@lru_cache(maxsize=256)
def _set(inside: str) -> _Part:
    """Return what a character class can be."""
    chars: list[str] = []
    ranges = False
    for code, escape, char in _IN_SET.findall(inside):
        if escape and escape in "wdS":
            return _UNKNOWN
        ranges |= char == "-" and bool(chars)
        chars.append(chr(int(code, 16)) if code else EDGE if escape and escape in "sW" else escape or char)
    plain = frozenset(map(_plain, chars))
    # `a-z` reads here as three characters; `\x01-\x07` and `- ` hold no part of a word in any case.
    if ranges and any(map(str.isalnum, plain)):
        return _UNKNOWN
    return _Part(frozenset(EDGE if char.startswith(EDGE) else char for char in plain))


def _plain(char: str) -> str:
    """Return a character as pieces hold it."""
    if char.isascii() and (char.isalnum() or char == "_"):
        return char
    return f"{EDGE}{char}{EDGE}" if char in ANY_MARK else EDGE


def _joined(one: str, other: str) -> str:
    return one + other[1:] if one.endswith(EDGE) and other.startswith(EDGE) else one + other


def _needs_of(part: _Part) -> tuple[Need, ...]:
    return part.needs if part.strings is None else _spelled(part.strings)


@lru_cache(maxsize=4_096)
def _spelled(strings: frozenset[str]) -> tuple[Need, ...]:
    """Return the needs of a part that is one of these strings."""
    each = []
    for text in strings:
        found = [piece[:MAX_PIECE] for piece in _PIECE.findall(text)]
        if not found:
            return ()
        if len(found) > 1:
            found.sort(key=_met)
        each.append(found)
    words = min(_MAX_WORDS, max(map(len, each)))
    return tuple(frozenset(found[min(n, len(found) - 1)] for found in each) for n in range(words))


@lru_cache(maxsize=4_096)
def _commonness(need: Need) -> float:
    """Guess how often a need is met: short pieces are met often, and so are many."""
    return sum(map(_met, need))


@lru_cache(maxsize=4_096)
def _met(piece: str) -> float:
    return 4.0 ** -(2 if piece.strip() in _COMMON else min(len(piece), 8))
