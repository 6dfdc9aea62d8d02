"""Who brings in whom: the shortest chain from the packages that a list names to each of the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping


def chains(roots: Iterable[str], edges: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Walk the graph breadth first.

    Args:
        roots: Names that the list itself asks for.
        edges: Name -> names that it depends on; unknown names lead nowhere. Circles are fine.

    Returns:
        Name -> names from a root down to the one before it; a root has an empty chain. What no root
        reaches is not in it.
    """
    found: dict[str, tuple[str, ...]] = dict.fromkeys(roots, ())
    waiting = deque(found)
    while waiting:
        name = waiting.popleft()
        for needed in edges.get(name, ()):
            if needed not in found:
                found[needed] = (*found[name], name)
                waiting.append(needed)
    return found
