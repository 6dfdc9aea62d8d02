"""What OSI, FSF and ScanCode say, and what a license is called today."""

from __future__ import annotations

from functools import cache

import pytest

from checker.knowledge import Knowledge, store
from checker.knowledge.authorities import Authorities


@cache
def authorities() -> Authorities:
    return Knowledge().authorities


def said(license_id: str) -> dict[str, tuple[str, bool | None, bool]]:
    return {one.who: (one.says, one.approves, one.explicit) for one in authorities().says(license_id)}


def test_an_approved_and_free_license() -> None:
    assert said("MIT") == {
        "OSI": ("approved", True, True),
        "FSF": ("free", True, True),
        "ScanCode": ("Permissive", True, False),
    }


def test_absence_from_a_list_approves_and_refuses_nothing() -> None:
    assert said("JSON")["OSI"] == ("not on its list", None, False)
    assert said("JSON")["FSF"] == ("not free", False, True)


def test_a_published_statement_wins_over_the_list() -> None:
    assert said("SSPL-1.0")["OSI"] == ("not an open source license", False, True)


def test_osi_and_fsf_on_llama() -> None:
    spoken = said("LicenseRef-scancode-llama-3.1-license-2024")
    assert spoken["OSI"][1:] == (False, True)
    assert spoken["FSF"][1:] == (False, True)
    assert {one.who for one in authorities().explicit_no("LicenseRef-scancode-llama-3.1-license-2024")} == {
        "OSI",
        "FSF",
    }


def test_where_the_two_differ_both_are_told() -> None:
    spoken = said("NASA-1.3")
    assert spoken["OSI"][1] is True
    assert spoken["FSF"][1] is False


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("GPL-2.0", "GPL-2.0-only"),
        ("gpl-2.0+", "GPL-2.0-or-later"),
        ("mit", "MIT"),
        ("LicenseRef-scancode-openmdw-1.0", "OpenMDW-1.0"),
        ("wxWindows", "LGPL-2.0-or-later WITH WxWindows-exception-3.1"),
        ("no-such-thing", "no-such-thing"),
    ],
)
def test_what_an_id_is_called_today(old: str, new: str) -> None:
    assert authorities().current(old) == new


def test_a_deprecated_id_is_asked_under_its_name_of_today() -> None:
    assert said("GPL-2.0") == said("GPL-2.0-only")


def test_every_deprecated_id_leads_to_ids_that_are_not() -> None:
    known = {**authorities().names, **authorities().exceptions}
    for old, new in authorities().deprecated.items():
        for part in new.split(" WITH "):
            assert part in known or part.startswith("LicenseRef-"), old
            assert part not in authorities().deprecated, old


def test_the_index_and_the_lists_call_a_license_the_same() -> None:
    index = store.data("spdx-ids")
    assert set(index["renamed"].values()) == set(authorities().renamed.values())
    for old, new in index["deprecated"].items():
        assert authorities().deprecated.get(old, new) == new


def test_nobody_says_anything_of_a_license_nobody_knows() -> None:
    assert authorities().says("LicenseRef-acme-1") == ()


def test_nearest_ids() -> None:
    assert authorities().nearest("Apache2.0")[0] == "Apache-2.0"
    assert authorities().nearest("something else entirely, of great length") == ()


def test_the_lists_carry_version_and_date() -> None:
    assert authorities().versions == {
        "SPDX": "3.29.0 (2026-09-22)",
        "OSI": "3.29.0 (2026-09-22)",
        "FSF": "3.29.0 (2026-09-22)",
        "ScanCode": "32.5.0 (2026-01-15)",
    }


def test_empty_data_say_nothing() -> None:
    empty = Authorities({})
    assert empty.says("MIT") == ()
    assert empty.current("MIT") == "MIT"
    assert empty.versions == {}
