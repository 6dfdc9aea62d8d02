"""`@dataclass` for frozen values, at no cost to a class until it is used.

The standard decorator writes and compiles six methods for every class while its module is imported: 0.7 ms a
class, a third of the time in which a whole license file is judged. Here all classes share their methods, and
`__init__` is written when the first value is made. `dataclasses.replace`, `fields` and pickling work as
usual, and a type checker sees the standard decorator.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool = False, kw_only: bool = False) -> Any:  # noqa: ANN401
        """Return a decorator that makes a class of frozen values.

        Args:
            frozen: True, always: other classes want the standard decorator. Written out so that a reader
                and a type checker see what they know.
            slots: As in the standard decorator.
            kw_only: As in the standard decorator.

        Raises:
            TypeError: when a class is used that is not frozen, or holds a field the decorator does not know.
        """
        if not frozen:
            message = "this decorator makes frozen values; use the standard one"
            raise TypeError(message)
        return lambda cls: _made(cls, slots=slots, kw_only=kw_only)


def _made(cls: type, *, slots: bool, kw_only: bool) -> type:
    """Make the class anew, with its fields, its slots and the shared methods."""
    own = _own_fields(cls, kw_only=kw_only)
    inherited: dict[str, Field[Any]] = {}
    for base in reversed(cls.__mro__[1:]):
        inherited |= getattr(base, "__dataclass_fields__", {})
    fields = inherited | own
    content = {name: item for name, item in cls.__dict__.items() if name not in {"__dict__", "__weakref__"}}
    for name, made in own.items():
        content.pop(name, None)
        if not slots and made.default is not MISSING:
            content[name] = made.default
    if slots:
        content["__slots__"] = tuple(own)
        content.setdefault("__getstate__", _getstate)
        content.setdefault("__setstate__", _setstate)
    for name, shared in _SHARED.items():
        content.setdefault(name, shared)
    compared = [name for name, made in fields.items() if made.compare]
    content["__dataclass_fields__"] = fields
    content["__match_args__"] = tuple(name for name, made in fields.items() if not made.kw_only)
    content["_compared"] = staticmethod(attrgetter(*compared)) if compared else staticmethod(_nothing)
    made_class = type(cls)(cls.__name__, cls.__bases__, content)
    made_class.__qualname__ = cls.__qualname__
    if "__init__" not in content:
        made_class.__init__ = _late_init(made_class)  # type: ignore[misc]
    return made_class


def _own_fields(cls: type, *, kw_only: bool) -> dict[str, Field[Any]]:
    """Return the fields that a class itself names, in order."""
    found: dict[str, Field[Any]] = {}
    for name, annotation in cls.__annotations__.items():
        if str(annotation).startswith(("ClassVar", "typing.ClassVar")):
            continue
        default = cls.__dict__.get(name, MISSING)
        made: Any = default if isinstance(default, Field) else dataclasses.field(default=default)
        if not made.init:
            message = (
                f"{cls.__name__}.{name}: a field without a place in __init__ wants the standard decorator"
            )
            raise TypeError(message)
        made.name, made.type = name, annotation
        made.kw_only = kw_only
        made._field_type = dataclasses._FIELD  # type: ignore[attr-defined]  # noqa: SLF001  (as `fields` asks)
        found[name] = made
    return found


def _late_init(cls: Any) -> Any:  # noqa: ANN401
    """Return an `__init__` that writes the real one when it is first called, and steps aside."""

    def __init__(self: object, *args: object, **given: object) -> None:  # noqa: N807
        cls.__init__ = _init(cls)
        cls.__init__(self, *args, **given)

    return __init__


def _init(cls: Any) -> Any:  # noqa: ANN401
    """Write `__init__` as the standard decorator does."""
    names: dict[str, object] = {"_set": object.__setattr__, "_MISSING": MISSING}
    positional: list[str] = []
    by_name: list[str] = []
    lines: list[str] = []
    for name, made in cls.__dataclass_fields__.items():
        value = name
        default = ""
        if made.default is not MISSING:
            names[f"_default_{name}"] = made.default
            default = f"=_default_{name}"
        elif made.default_factory is not MISSING:
            names[f"_make_{name}"] = made.default_factory
            default = "=_MISSING"
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        (by_name if made.kw_only else positional).append(f"{name}{default}")
        lines.append(f"    _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()")
    parameters = ", ".join(["self", *positional, *(["*", *by_name] if by_name else [])])
    exec(f"def __init__({parameters}):\n" + ("\n".join(lines) or "    pass"), names)  # noqa: S102  (our own names)
    written: Any = names["__init__"]
    written.__qualname__ = f"{cls.__qualname__}.__init__"
    return written


def _nothing(_: object) -> tuple[()]:
    """What is compared of a class without fields."""
    return ()


def _equal(self: Any, other: Any) -> Any:  # noqa: ANN401
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:  # noqa: ANN401
    return hash(self._compared(self))


def _repr(self: Any) -> str:  # noqa: ANN401
    shown = ", ".join(
        f"{name}={getattr(self, name)!r}" for name, made in self.__dataclass_fields__.items() if made.repr
    )
    return f"{type(self).__qualname__}({shown})"


def _refuse_set(self: object, name: str, value: object) -> None:
    del self, value
    message = f"cannot assign to field {name!r}"
    raise FrozenInstanceError(message)


def _refuse_delete(self: object, name: str) -> None:
    del self
    message = f"cannot delete field {name!r}"
    raise FrozenInstanceError(message)


def _getstate(self: Any) -> list[object]:  # noqa: ANN401
    return [getattr(self, name) for name in self.__dataclass_fields__]


def _setstate(self: Any, state: list[object]) -> None:  # noqa: ANN401
    for name, value in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)


_SHARED = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
}
