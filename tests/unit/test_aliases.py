"""Names in the wild: what they stand for, and when they stand for nothing certain."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge import Knowledge, store
from checker.knowledge.aliases import Aliases, normal


@cache
def aliases() -> Aliases:
    return Knowledge().aliases


@cache
def content() -> dict:
    return store.data("aliases")


def meanings() -> list[str]:
    listed = [
        *content()["aliases"],
        *(one for entry in content()["ambiguous"].values() for one in entry["candidates"]),
    ]
    for meaning in content()["classifiers"].values():
        listed += [meaning] if isinstance(meaning, str) else meaning["candidates"]
    return [part for one in listed for part in one.replace(" OR ", " WITH ").split(" WITH ")]


def test_every_name_leads_to_an_id_that_exists_today() -> None:
    authorities = Knowledge().authorities
    known = (set(authorities.names) | set(authorities.exceptions)) - set(authorities.deprecated)
    assert sorted(one for one in set(meanings()) - known if not one.startswith("LicenseRef-")) == []


def test_no_name_means_two_licenses() -> None:
    seen: dict[str, str] = {}
    for license_id, names in content()["aliases"].items():
        for name in names:
            assert seen.setdefault(normal(name), license_id) == license_id, name
    assert [name for name in content()["ambiguous"] if normal(name) in seen] == []


def test_every_spdx_id_and_name_means_itself() -> None:
    authorities = Knowledge().authorities
    for license_id, name in authorities.names.items():
        if license_id not in authorities.deprecated:
            assert aliases().resolve(license_id).expression == license_id
            assert aliases().resolve(name).expression == license_id


def test_every_alias_and_every_classifier_says_what_the_file_says() -> None:
    for license_id, names in content()["aliases"].items():
        for name in names:
            assert aliases().resolve(name).expression == license_id, name
    for name, meaning in content()["classifiers"].items():
        found = aliases().resolve(name)
        if isinstance(meaning, str):
            assert found.expression == meaning
        else:
            assert found.ambiguous
            assert found.candidates == tuple(meaning["candidates"])


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("Apache 2", "Apache-2.0"),
        ("APACHE LICENSE, VERSION 2.0", "Apache-2.0"),
        ("the apache licence v2.0", "Apache-2.0"),
        ("http://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("GPLv3+", "GPL-3.0-or-later"),
        ("GPL (>= 2)", "GPL-2.0-or-later"),
        ("GNU GPL v2 or any later version", "GPL-2.0-or-later"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("gpl-3.0", "GPL-3.0-only"),
        ("LGPL v2.1", "LGPL-2.1-only"),
        ("new bsd", "BSD-3-Clause"),
        ("MIT/X11", "MIT"),
        ("The MIT License (MIT)", "MIT"),
        ("MIT or GPLv2 or later", "MIT OR GPL-2.0-or-later"),
        ("MIT License and Apache 2.0", "MIT AND Apache-2.0"),
        ("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("LicenseRef-scancode-openmdw-1.0", "OpenMDW-1.0"),
    ],
)
def test_names_that_mean_one_thing(name: str, expression: str) -> None:
    assert aliases().resolve(name).expression == expression


@pytest.mark.parametrize(
    "name", ["BSD", "gpl", "LGPL", "CC", "Apache", "Public Domain", "python", "BSL", "cc-by"]
)
def test_ambiguous_names_list_candidates_and_are_never_resolved(name: str) -> None:
    found = aliases().resolve(name)
    assert found.expression is None
    assert found.ambiguous
    assert found.candidates
    assert found.why


def test_an_ambiguous_part_keeps_the_whole_from_resolving() -> None:
    assert aliases().resolve("MIT or GPL").expression is None


def test_the_unlicense_and_no_license_at_all_are_told_apart() -> None:
    assert aliases().resolve("Unlicense").expression == "Unlicense"
    assert aliases().resolve("UNLICENSED").expression is None


def test_a_misspelt_name_gets_its_nearest() -> None:
    found = aliases().resolve("Aapche 2.0")
    assert found.expression is None
    assert found.nearest[0] == "Apache-2.0"


def test_a_whole_text_is_no_name() -> None:
    found = aliases().resolve("MIT " * 100)
    assert found.expression is None
    assert len(found.name) == 200


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(name: str) -> None:
    found = aliases().resolve(name)
    assert found.expression is None or found.expression


@given(st.sampled_from(["Apache License, Version 2.0", "GPLv3+", "New BSD", "BSD"]), st.data())
def test_case_and_space_do_not_count(name: str, data: st.DataObject) -> None:
    changed = data.draw(st.sampled_from([name.upper(), name.lower(), f"  {name} ", name.replace(" ", "  ")]))
    assert aliases().resolve(changed).expression == aliases().resolve(name).expression
