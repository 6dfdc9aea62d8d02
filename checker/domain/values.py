"""Frozen mappings for the values that a clause captures and the facts of a subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

Scalar = str | int | float | bool | None
Value: TypeAlias = "Scalar | tuple[Value, ...] | Values"


class Values(Mapping[str, Value]):
    """An immutable, hashable mapping: string keys, scalar, tuple or nested values.

    Lists become tuples and mappings become `Values` on the way in; keys keep the order given.

    Raises:
        TypeError: for a value that is none of these.
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, object] | None = None, **more: object) -> None:
        merged = {**(items or {}), **more}
        self._items: dict[str, Value] = {str(key): freeze(value) for key, value in merged.items()}

    def __getitem__(self, key: str) -> Value:
        return self._items[key]

    # `Mapping` answers these by catching KeyError, which is slow where most keys are absent.

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def get(self, key: str, default: Value = None) -> Value:  # type: ignore[override]
        """Return the value of a key, or the default."""
        return self._items.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Values):
            return self._items == other._items
        return NotImplemented

    def __repr__(self) -> str:
        return f"Values({self._items!r})"

    def with_(self, **more: object) -> Values:
        """Return a copy with these keys set."""
        return Values({**self._items, **more})


def freeze(value: object) -> Value:
    """Turn plain lists and mappings into their immutable forms; raise TypeError for anything else."""
    if value is None or isinstance(value, (str, int, float, bool, Values)):
        return value
    if isinstance(value, Mapping):
        return Values(value)
    if isinstance(value, (list, tuple)):
        return tuple(freeze(item) for item in value)
    message = f"a value must be a scalar, a list or a mapping, not {type(value).__name__}"
    raise TypeError(message)


def thaw(value: Value) -> object:
    """Turn immutable values back into plain lists and dicts, for reports."""
    if isinstance(value, Values):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [thaw(item) for item in value]
    return value
