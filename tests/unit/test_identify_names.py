"""Licenses that a text names without their words, and how several are joined."""

from __future__ import annotations

import pytest

from checker.domain.matches import How
from checker.knowledge.index import KnownTexts, load_known_texts
from checker.reading.document import Document
from checker.reading.identify import TextMatch, identify
from checker.reading.identify.joining import join, operands, says_choice
from checker.reading.identify.pointers import read_expression


@pytest.fixture(scope="module")
def known() -> KnownTexts:
    return load_known_texts(())


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("MIT", "MIT"),
        ("The ISC License", "ISC"),
        ("LGPL 2.1", "LGPL-2.1-only"),
        ("License: GPLv3", "GPL-3.0-only"),
        ("Released under GPLv2 or later.", "GPL-2.0-or-later"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("Licensed under the Apache License, v. 2.0", "Apache-2.0"),
        (
            "Licensed under either of Apache License, Version 2.0 or MIT license at your option.",
            "Apache-2.0 OR MIT",
        ),
        ("This software is dual-licensed under MIT and GPL-3.0.", "MIT OR GPL-3.0-only"),
        ("Apache 2.0 with LLVM exception", "Apache-2.0 WITH LLVM-exception"),
        ("Python Software Foundation License", "PSF-2.0"),
        # What is denied, unclear, elsewhere or nothing at all.
        ("This is not licensed under the GPLv3.", None),
        ("Apache License", None),
        ("BSD", None),
        ("See LICENSE.MIT and LICENSE.APACHE", None),
        ("All rights reserved.", None),
        ("Proprietary", None),
    ],
)
def test_names_in_short_texts(known: KnownTexts, text: str, expression: str | None) -> None:
    assert identify(Document("-", text), known).expression == expression


def test_a_name_in_passing_says_nothing(known: KnownTexts) -> None:
    page = "We compared this program with seven others over the summer and wrote down what we saw. " * 9
    assert identify(Document("-", f"{page} One of them came from MIT. {page}"), known).expression is None
    assert (
        identify(Document("-", f"{page} It is distributed under the zlib license. {page}"), known).expression
        == "Zlib"
    )


def match(license_id: str, how: How = How.EXACT) -> TextMatch:
    return TextMatch(license=license_id, how=how, score=1.0, span=(0, 1))


@pytest.mark.parametrize(
    ("found", "choice", "expression"),
    [
        ([], False, None),
        ([match("MIT")], True, "MIT"),
        ([match("MIT"), match("MIT")], True, "MIT"),
        ([match("MIT"), match("Zlib")], False, "MIT AND Zlib"),
        ([match("MIT"), match("Zlib")], True, "MIT OR Zlib"),
        # More than a few are a collection, not a choice.
        ([match("MIT"), match("Zlib"), match("ISC"), match("X11")], True, "MIT AND Zlib AND ISC AND X11"),
        # A notice speaks for the texts it names.
        ([match("MIT OR Zlib", How.NOTICE), match("MIT"), match("Zlib")], False, "MIT OR Zlib"),
        ([match("GPL-2.0-or-later", How.NOTICE), match("GPL-2.0-only")], False, "GPL-2.0-or-later"),
        ([match("GPL-2.0-only", How.URL), match("GPL-2.0-or-later", How.NOTICE)], False, "GPL-2.0-or-later"),
        ([match("GPL-1.0-or-later", How.NOTICE), match("GPL-3.0-only")], False, "GPL-3.0-only"),
        ([match("MIT", How.URL), match("MIT")], False, "MIT"),
        # What belongs together.
        (
            [match("GPL-2.0-only"), match("Classpath-exception-2.0")],
            False,
            "GPL-2.0-only WITH Classpath-exception-2.0",
        ),
        ([match("LLVM-exception"), match("Apache-2.0")], False, "Apache-2.0 WITH LLVM-exception"),
        ([match("LGPL-3.0-only"), match("GPL-3.0-only")], False, "LGPL-3.0-only"),
        # A rider that no list calls an exception is one more set of terms.
        (
            [match("LicenseRef-scancode-commons-clause"), match("MIT")],
            False,
            "LicenseRef-scancode-commons-clause AND MIT",
        ),
        ([match("MIT OR Zlib", How.NOTICE), match("ISC")], False, "ISC AND (MIT OR Zlib)"),
    ],
)
def test_how_matches_are_joined(
    known: KnownTexts, found: list[TextMatch], choice: bool, expression: str | None
) -> None:
    assert join(found, known.is_exception, choice=lambda: choice) == expression


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("this work is dual licensed", True),
        ("at your option", True),
        ("you may use it under either the one or the other", True),
        ("either version 2 of the license, or (at your option) any later version", False),
        ("both apply at once", False),
    ],
)
def test_words_of_choice(text: str, offers: bool) -> None:
    assert says_choice(text) is offers


def test_expressions_of_tags(known: KnownTexts) -> None:
    assert read_expression("mit */", known.marks) == ("MIT", 3)
    assert read_expression("(mit or isc", known.marks) is None
    assert read_expression("mit or", known.marks) == ("MIT", 3)
    assert read_expression("no-such-license", known.marks) is None
    assert operands("(MIT OR ISC) AND GPL-2.0-only WITH Classpath-exception-2.0") == (
        "MIT",
        "ISC",
        "GPL-2.0-only",
        "Classpath-exception-2.0",
    )
