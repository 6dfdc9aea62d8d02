"""Where exactly words were added: of equal places for a cut, the one between sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.knowledge.index.align import Alignment
    from checker.knowledge.index.tokens import Tokens

_ENDS = frozenset(".;:!?")
_FARTHEST = 40


def settle(added: tuple[int, int], alignment: Alignment, tokens: Tokens) -> tuple[int, int]:
    """Slide added words over equal words beside them, to begin where a sentence begins.

    Where "The Software" opens both the added sentence and the next one, an alignment may count either as
    added; a reader means the whole sentence.

    Args:
        added: half-open span of words that the known text has not.
        alignment: the match it belongs to.
        tokens: the words of the text.
    """
    start, end = added
    text = tokens.sequence
    first = max((run[0] for run in alignment.runs if run[0] + run[2] == start), default=start)
    after = next((run for run in alignment.runs if run[0] == end), None)
    if after is None or first == start or _gap_in_known(start, end, alignment):
        return added
    low = high = 0
    while low < min(start - first, _FARTHEST) and text[start - low - 1] == text[end - low - 1]:
        low += 1
    while high < min(after[2], _FARTHEST) and text[start + high] == text[end + high]:
        high += 1
    for shift in sorted(range(-low, high + 1), key=abs):
        if start + shift and _opens(start + shift, tokens):
            return start + shift, end + shift
    return added


def _gap_in_known(start: int, end: int, alignment: Alignment) -> bool:
    """Tell whether words are missing at the same place: then nothing may slide."""
    before = next(run for run in alignment.runs if run[0] + run[2] == start)
    after = next(run for run in alignment.runs if run[0] == end)
    return before[1] + before[2] != after[1]


def _opens(index: int, tokens: Tokens) -> bool:
    """Tell whether a sentence or a paragraph begins at this word."""
    between = tokens.text[tokens.place(index - 1)[1] : tokens.place(index)[0]]
    return not _ENDS.isdisjoint(between) or "\n\n" in between.replace(" ", "")
