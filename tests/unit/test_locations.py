"""Links from a report to the lines of a file."""

from __future__ import annotations

import pytest

from checker.reports.locations import link, reference


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b c.txt", "a/b%20c.txt"),
        ("./LICENSE", "LICENSE"),
        ("../up", "../up"),
        ("/etc/passwd", "file:///etc/passwd"),
        ("//host/share", "file:///host/share"),
        (r"C:\x\y", "file:///C:/x/y"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("caf\udce9", "caf%E9"),
        ("", "."),
    ],
)
def test_reference(path: str, uri: str) -> None:
    assert reference(path) == uri


@pytest.mark.parametrize(
    ("path", "lines", "base", "address"),
    [
        ("LICENSE", (3, 5), "", "LICENSE#L3-L5"),
        ("LICENSE", (3, 3), "https://f.example/blob/abc/", "https://f.example/blob/abc/LICENSE#L3"),
        ("LICENSE", (0, 0), "../..", "../../LICENSE"),
        ("../LICENSE", (1, 1), "https://f.example", "../LICENSE#L1"),
        ("../LICENSE", (1, 1), "..", "../../LICENSE#L1"),
        ("/x", (1, 2), "https://f.example", "file:///x#L1-L2"),
        ("x", (1, 2), "javascript:alert(1)", "javascript%3Aalert%281%29/x#L1-L2"),
    ],
)
def test_link(path: str, lines: tuple[int, int], base: str, address: str) -> None:
    assert link(path, *lines, base=base) == address
