"""Our decorator makes what the standard one makes, only later."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field
from functools import cached_property
from typing import ClassVar

import pytest

from checker.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value."""

    unit: ClassVar[str] = "mm"
    x: int
    y: int = 0
    tags: list[str] = field(default_factory=list, compare=False, repr=False)

    @property
    def sum(self) -> int:
        return self.x + self.y


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Point):
    name: str = ""

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError


@dataclass(frozen=True)
class Loose:
    a: int
    b: int = 2

    @cached_property
    def twice(self) -> int:
        return 2 * self.a


@dataclass(frozen=True, slots=True)
class Empty:
    """No fields at all."""


def test_values_are_made_compared_and_shown_as_usual():
    assert Point(x=1) == Point(x=1, y=0, tags=["other"])
    assert Point(x=1) != Point(x=2)
    assert Point(x=1) != Named(x=1)
    assert hash(Point(x=1)) == hash(Point(x=1))
    assert repr(Point(x=1)) == "Point(x=1, y=0)"
    assert Point(x=1).tags is not Point(x=1).tags
    assert Point(x=1, y=2).sum == 3
    assert Empty() == Empty()
    assert Loose(1, b=3) == Loose(1, 3)
    assert Loose(4).twice == 8


def test_values_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Point(x=1).x = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del Point(x=1).x
    assert not hasattr(Point(x=1), "__dict__")


def test_wrong_arguments_are_refused():
    for wrong in ({}, {"x": 1, "z": 2}):
        with pytest.raises(TypeError):
            Point(**wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Point(1)  # type: ignore[misc]
    with pytest.raises(ValueError):  # noqa: PT011  (its own check)
        Named(x=-1)


def test_the_standard_tools_work():
    assert dataclasses.is_dataclass(Point)
    assert [item.name for item in dataclasses.fields(Named)] == ["x", "y", "tags", "name"]
    assert dataclasses.replace(Named(x=1, name="a"), y=5) == Named(x=1, y=5, name="a")
    assert dataclasses.asdict(Point(x=1)) == {"x": 1, "y": 0, "tags": []}
    assert copy.deepcopy(Named(x=1)) == Named(x=1)
    assert pickle.loads(pickle.dumps(Named(x=1, name="b"))) == Named(x=1, name="b")  # noqa: S301  (our own)


def test_what_it_does_not_know_is_refused():
    with pytest.raises(TypeError):
        dataclass(frozen=False)
    with pytest.raises(TypeError):

        @dataclass(frozen=True)
        class Late:
            a: int = field(init=False)
