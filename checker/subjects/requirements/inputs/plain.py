"""Reading TOML and JSON lists into plain data, with typed access that never trusts a shape."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from checker.errors import InputRefused


def load_toml(text: str, source: str) -> Mapping[str, Any]:
    """Parse TOML.

    Raises:
        InputRefused: it is not TOML; the parser's words name line and column.
    """
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise _refused(source, "TOML", fault) from fault


def load_json(text: str, source: str) -> Mapping[str, Any]:
    """Parse JSON whose top is an object.

    Raises:
        InputRefused: it is not JSON, nests too deep, or its top is something else.
    """
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as fault:
        raise _refused(source, "JSON", fault) from fault
    if not isinstance(data, dict):
        raise InputRefused(
            f"{source} cannot be read",
            why="the top of the JSON document is not an object",
            fix="name a lock file or an SBOM in JSON",
        )
    return data


def _refused(source: str, kind: str, fault: Exception) -> InputRefused:
    why = "it nests too deep" if isinstance(fault, RecursionError) else str(fault)
    return InputRefused(
        f"{source} is not {kind}", why=why, fix="write the file again with the tool that makes it"
    )


def newer(source: str, *, kind: str, version: str, known: str) -> InputRefused:
    """Make the error for a lock of a version that is not known."""
    return InputRefused(
        f"{source} cannot be read",
        why=f"it is a {kind} of version {version}; versions up to {known} are known",
        fix="update openverdict, or write the lock with the tool's older format",
    )


def table(value: object) -> Mapping[str, Any]:
    """Return the value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def tables(value: object) -> list[Mapping[str, Any]]:
    """Return the mappings in a list; of anything else, nothing."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def words(value: object) -> str:
    """Return the value if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def strings(value: object) -> Sequence[str]:
    """Return the strings in a list; of anything else, nothing."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def number(value: object) -> int | None:
    """Return the value if it is a whole number that is not negative, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
