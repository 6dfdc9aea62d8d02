"""Paths as references that a reader of a report can follow: relative, percent-encoded, never a script."""

from __future__ import annotations

import re
from urllib.parse import quote

FILELESS = frozenset({"requirement", "model", "expression", "component", "tag", "project"})
"""Kinds of subject whose name is no path of a file."""
_DRIVE = re.compile(r"[A-Za-z]:[/\\]")


def reference(path: str) -> str:
    """Turn a path as given into a URI reference: relative paths stay relative, absolute ones become `file:`.

    Args:
        path: POSIX or Windows; may hold any character, lone surrogates of undecodable bytes too.
    """
    if _DRIVE.match(path):
        return f"file:///{path[0]}:{_encode(path[2:])}"
    if path.startswith("/"):
        return f"file://{_encode('/' + path.lstrip('/'))}"
    encoded = _encode(path)
    while encoded.startswith("./"):
        encoded = encoded[2:].lstrip("/")
    return encoded or "."


def link(path: str, start_line: int, end_line: int, *, base: str = "") -> str:
    """Return an address for the lines of a file: below `base` where there is one, else beside the report.

    Args:
        path: As given; an absolute one is never put below `base`.
        start_line: From 1; 0 for the file as a whole.
        end_line: Last line.
        base: Address of the folder the paths are relative to: of a commit on a forge, or from the report.
    """
    target = reference(path)
    on_a_forge = base.startswith(("https://", "http://"))
    if base and not target.startswith("file:") and not (on_a_forge and target.startswith("../")):
        target = f"{base.rstrip('/') if on_a_forge else reference(base)}/{target}"
    if not start_line:
        return target
    last = f"-L{end_line}" if end_line > start_line else ""
    return f"{target}#L{start_line}{last}"


def _encode(path: str) -> str:
    """Percent-encode what a URI cannot hold; the bytes of an undecodable name come back as they were."""
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = path.encode("utf-8", "replace")
    return quote(data.replace(b"\\", b"/"), safe="/~")
