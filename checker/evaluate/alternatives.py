"""The alternatives of an expression: each a set of licenses that apply together.

Written out, `(A OR B) AND (C OR D) AND ...` doubles with every pair. What matters of an alternative is what
comes of it, and there are few of those; so alternatives that come to the same are merged as soon as they
arise, the first one written standing for all. The number kept is bounded however long the expression is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from checker.knowledge.expressions import Both, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from checker.knowledge.expressions import Expression

Terms = tuple[Term, ...]
_Worth = TypeVar("_Worth")
_Chosen = Term | tuple["_Chosen", "_Chosen"]
"""Terms joined pair by pair: written out only for the alternatives that are left in the end."""


def alternatives(
    expression: Expression, worth: Callable[[Term], _Worth], both: Callable[[_Worth, _Worth], _Worth]
) -> tuple[Terms, ...]:
    """Return the alternatives of an expression in the order they are written, one for each worth.

    Args:
        expression: The tree.
        worth: What one license comes to; hashable.
        both: What two things that apply together come to. Two alternatives of equal worth must stay equal
            whatever is added to both.
    """
    return tuple(_terms(chosen) for chosen, _ in _options(expression, worth, both))


def written_out(expression: Expression) -> tuple[Terms, ...]:
    """Return every alternative of a short expression, however they compare."""
    return alternatives(expression, lambda term: frozenset({term}), lambda left, right: left | right)


def _options(
    expression: Expression, worth: Callable[[Term], _Worth], both: Callable[[_Worth, _Worth], _Worth]
) -> list[tuple[_Chosen, _Worth]]:
    """Return the alternatives with their worth."""
    if isinstance(expression, Term):
        return [(expression, worth(expression))]
    parts = [_options(part, worth, both) for part in expression.parts]
    if not isinstance(expression, Both):
        return _distinct(option for part in parts for option in part)
    combined = parts[0]
    for part in parts[1:]:
        combined = _distinct(
            ((left, right), both(left_worth, right_worth))
            for left, left_worth in combined
            for right, right_worth in part
        )
    return combined


def _distinct(options: Iterable[tuple[_Chosen, _Worth]]) -> list[tuple[_Chosen, _Worth]]:
    """Keep the first alternative of each worth."""
    kept: dict[_Worth, _Chosen] = {}
    for chosen, worth in options:
        kept.setdefault(worth, chosen)
    return [(chosen, worth) for worth, chosen in kept.items()]


def _terms(chosen: _Chosen) -> Terms:
    """Write the pairs out: each license once, left to right."""
    found: dict[Term, None] = {}
    waiting = [chosen]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Term):
            found.setdefault(one)
        else:
            waiting += (one[1], one[0])
    return tuple(found)
