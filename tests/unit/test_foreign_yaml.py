"""YAML that others wrote: read within limits, or refused with the line."""

from __future__ import annotations

from typing import Any

import pytest

from checker.errors import InputRefused
from checker.knowledge.foreign_yaml import load_foreign

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("language: no\n", {"language": "no"}),
        ("date: 2024-04-18\n", {"date": "2024-04-18"}),
        ("count: 0123\n", {"count": 123}),
        ("ratio: 1.5\n", {"ratio": 1.5}),
        ("version: 1.10.2\n", {"version": "1.10.2"}),
        ("quoted: '1'\n", {"quoted": "1"}),
        ("a: 1\na: 2\n", {"a": 1}),
        ("base: &b {x: 1}\nagain: *b\n", {"base": {"x": 1}, "again": {"x": 1}}),
        ("thing: !!python/object/apply:os.system [echo]\n", {"thing": ["echo"]}),
        ("huge: " + "9" * 60 + "\n", {"huge": "9" * 60}),
        ("not: .nan\n", {"not": ".nan"}),
        ("text: |\n  two\n  lines\n", {"text": "two\nlines\n"}),
    ],
)
def test_values(text: str, value: Any) -> None:
    assert load_foreign(text) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: [1, 2\n", "line 2"),
        ("a: 1\n---\nb: 2\n", "more than one document"),
        (BOMB, "values once its aliases are written out"),
        ("a: &a [*a]\n", "alias"),
        ("? [a, b]\n: c\n", "a key must be a plain word"),
        ("a: *unknown\n", "unknown"),
        ("\x00", "not YAML"),
    ],
)
def test_refused(text: str, why: str) -> None:
    with pytest.raises(InputRefused) as caught:
        load_foreign(text, max_nodes=1000)
    assert why in caught.value.why


def test_limits() -> None:
    with pytest.raises(InputRefused, match="larger than 10 bytes"):
        load_foreign("é" * 6, max_bytes=10)
    with pytest.raises(InputRefused, match="nested more than 3 deep"):
        load_foreign("[[[[1]]]]", max_depth=3)
    with pytest.raises(InputRefused, match="more than 5 values"):
        load_foreign("[1, 2, 3, 4, 5]", max_nodes=5)
