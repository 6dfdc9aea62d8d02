"""SPDX expressions: parsed into trees, refused with a reason, spelled as today's lists spell them."""

from __future__ import annotations

import pytest

from checker.errors import InputRefused
from checker.knowledge import Knowledge
from checker.knowledge.expressions import Both, Either, Term, parse_expression, terms

KNOWLEDGE = Knowledge()


def test_trees() -> None:
    assert parse_expression("MIT") == Term(id="MIT")
    assert parse_expression("a OR b AND c") == Either(
        parts=(Term(id="a"), Both(parts=(Term(id="b"), Term(id="c"))))
    )
    assert parse_expression("GPL-2.0-only WITH Classpath-exception-2.0") == Term(
        id="GPL-2.0-only", exception="Classpath-exception-2.0"
    )
    assert parse_expression("a AND (b AND c)") == parse_expression("a AND b AND c")


@pytest.mark.parametrize(
    "text",
    [
        "MIT",
        "(MIT OR GPL-2.0+) AND BSD-3-Clause",
        "LicenseRef-a OR DocumentRef-b:LicenseRef-c",
        "GPL-2.0-only WITH Classpath-exception-2.0 OR MIT AND ISC",
    ],
)
def test_written_out_and_read_again(text: str) -> None:
    tree = parse_expression(text)
    assert parse_expression(str(tree)) == tree


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "AND",
        "MIT AND",
        "MIT OR OR ISC",
        "(MIT",
        "MIT ISC",
        "MIT WITH",
        "(MIT OR ISC) WITH x",
        "MIT/ISC",
        "a\0b",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        parse_expression(text)


def test_bounds() -> None:
    with pytest.raises(InputRefused, match="longer than"):
        parse_expression("MIT OR " * 5000 + "MIT")
    with pytest.raises(InputRefused, match="nest too deep"):
        parse_expression("(a AND (b OR " * 200 + "MIT" + "))" * 200)
    assert parse_expression("(" * 2000 + "MIT" + ")" * 2000) == Term(id="MIT")


def test_terms_are_listed_left_to_right() -> None:
    assert [str(term) for term in terms(parse_expression("a AND (b OR a WITH c)"))] == ["a", "b", "a WITH c"]


@pytest.mark.parametrize(
    ("written", "today"),
    [
        ("mit", "MIT"),
        ("GPL-2.0+ or apache-2.0", "GPL-2.0-or-later OR Apache-2.0"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("gpl-2.0 WITH classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("MPL-1.1+", "MPL-1.1+"),
        ("LicenseRef-Of-Ours", "LicenseRef-Of-Ours"),
        ("Nobody-Knows-1.0", "Nobody-Knows-1.0"),
    ],
)
def test_spelling(written: str, today: str) -> None:
    assert KNOWLEDGE.spell(written) == today
