"""The alternatives of an expression: each a set of licenses that apply together.

Written out, `(A OR B) AND (C OR D) AND ...` doubles with every pair. What matters of an alternative is what
comes of it, and there are few of those; so alternatives that come to the same are merged as soon as they
arise, the first one written standing for all. The number kept is bounded however long the expression is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.knowledge.expressions import Both, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from checker.knowledge.expressions import Expression

Terms = tuple[Term, ...]


def alternatives(
    expression: Expression, worth: Callable[[Terms], Hashable] | None = None
) -> tuple[Terms, ...]:
    """Return the alternatives of an expression in the order they are written.

    Args:
        expression: The tree.
        worth: What an alternative comes to; two of equal worth must stay equal whatever is added to both.
            Only the first of each worth is kept. None keeps each distinct set of licenses.
    """
    value: Callable[[Terms], Hashable] = worth or frozenset
    if isinstance(expression, Term):
        return ((expression,),)
    parts = [alternatives(part, worth) for part in expression.parts]
    if not isinstance(expression, Both):
        return _distinct([option for part in parts for option in part], value)
    combined: tuple[Terms, ...] = ((),)
    for part in parts:
        combined = _distinct(
            [tuple(dict.fromkeys((*left, *right))) for left in combined for right in part], value
        )
    return combined


def _distinct(options: list[Terms], worth: Callable[[Terms], Hashable]) -> tuple[Terms, ...]:
    """Keep the first alternative of each worth."""
    kept: dict[Hashable, Terms] = {}
    for option in options:
        kept.setdefault(worth(option), option)
    return tuple(kept.values())
