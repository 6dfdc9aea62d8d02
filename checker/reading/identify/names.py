"""Licenses named in words: "the MIT license", "GPLv3 or later", "Apache License, Version 2.0"."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from checker.domain.matches import How
from checker.knowledge.aliases import FILLER, normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.knowledge.index.marks import Marks

_WORD = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)*\+?")
_LATER = re.compile(
    r"\s*(?:\+|[,(]?\s*(?:of the licen[sc]e,?\s*)?or[\s,]*\(?\s*(?:at your option\)?,?\s*)?"
    r"(?:any\s+)?(?:later|newer)\b)"
)
_SAYING = re.compile(
    r"licen[sc]|\bunder\b|\bterms\b|\breleased\b|\bdistributed\b|\bavailable\b|\bgoverned\b|\bcovered\b"
)
_JOINTS = frozenset("./_@-")
"""Marks that make one word of two in paths, file names and addresses."""
_MOST_WORDS = 14
_PIECE = 8_192
"""Words held, and wordings remembered, at a time."""
_BEFORE = 90
"""Characters before a name in which it must be said that something is licensed by it."""
_CLOSE = 40
"""The same for a name of one word, such as MIT."""


def names_in(text: str, marks: Marks, *, brief: bool) -> Iterator[tuple[str, How, int, int]]:
    """Yield (expression, how, start, end) of the licenses that a cleaned text names; offsets are in `text`.

    Args:
        text: the part of a text that no known text covers, made plain.
        marks: names of licenses.
        brief: the text is about nothing but its license, so that a name alone says enough.
    """
    spoken = 0
    kept: dict[str, str | None] = {}
    for words, at in _places(text, marks.first_words):
        start = words[at][1]
        if start < spoken:
            continue
        if len(kept) > _PIECE:
            kept.clear()
        found = _longest(words, at, text, marks, kept)
        if found is None:
            continue
        expression, last = found
        end = words[last][2]
        if _is_file_name(text, start, end) or not _is_said(text, start, end, one=last == at, brief=brief):
            continue
        if expression.endswith("-only"):
            later = _LATER.match(text, end)
            if later is not None:
                expression, end = expression.removesuffix("-only") + "-or-later", later.end()
        spoken = end
        yield expression, How.NOTICE, start, end


def _places(text: str, wanted: frozenset[str]) -> Iterator[tuple[list[tuple[str, int, int]], int]]:
    """Yield the wanted words: words with their places, and which of them it is; a name's words follow it."""
    every = ((found[0], *found.span()) for found in _WORD.finditer(text))
    words: list[tuple[str, int, int]] = []
    while piece := list(islice(every, _PIECE)):
        words += piece
        # The last words wait for those that may belong to a name with them.
        done = max(0, len(words) - _MOST_WORDS)
        for at in range(done):
            if words[at][0] in wanted:
                yield words, at
        words = words[done:]
    for at, word in enumerate(words):
        if word[0] in wanted:
            yield words, at


def _longest(
    words: list[tuple[str, int, int]], at: int, text: str, marks: Marks, kept: dict[str, str | None]
) -> tuple[str, int] | None:
    """Return the license of the longest name that begins at this word, and its last word."""
    best: tuple[str, int] | None = None
    start = words[at][1]
    for last in range(at, min(at + _MOST_WORDS, len(words))):
        end = words[last][2]
        if last > at and _is_apart(words[last - 1], text[words[last - 1][2] : words[last][1]]):
            break
        if words[last][0] in FILLER and last > at:
            continue
        written = text[start:end]
        if written not in kept:
            kept[written] = marks.names.get(normal(written))
        found = kept[written]
        if found is not None:
            best = (found, last)
    return best


def _is_apart(word: tuple[str, int, int], between: str) -> bool:
    """Tell whether a sentence or a paragraph ends after this word."""
    return "\n\n" in between or ";" in between or (between[:1] == "." and word[0] not in {"v", "ver", "vers"})


def _is_file_name(text: str, start: int, end: int) -> bool:
    """Tell whether this is part of a path, a file name or an address."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    return before in _JOINTS or (after[:1] in _JOINTS and after[1:].isalnum())


def _is_said(text: str, start: int, end: int, *, one: bool, brief: bool) -> bool:
    """Tell whether the words around a name say that something is licensed by it."""
    if brief and (
        not one or end - start >= len(text) // 2 or text[end : end + 8].lstrip().startswith("licen")
    ):
        return True
    before = text[max(0, start - (_CLOSE if one else _BEFORE)) : start]
    sentence = max(before.rfind(". "), before.rfind("\n\n"))
    return _SAYING.search(before[sentence + 1 :]) is not None
