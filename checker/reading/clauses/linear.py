"""RE2 as the readings use it: bytes in, one byte a character, linear in the text whatever the pattern."""

from __future__ import annotations

from typing import Any, Final

MEMORY: Final = 8 << 20
"""Bytes that one pattern may use for what it learns of the texts it runs on; beyond that it learns anew."""


def compile_pattern(source: str, *, captures: bool = False, memory: int = MEMORY) -> Any:  # noqa: ANN401 - re2 has no types
    """Compile RE2 source for ASCII bytes.

    Args:
        source: What RE2 understands; no macros.
        captures: Whether groups are asked for: without them a search is several times as quick.
        memory: Most bytes to keep for a pattern.

    Raises:
        re2.error: the source is broken.
    """
    import re2  # noqa: PLC0415 - only when a text is read for clauses

    options = re2.Options()
    options.never_capture = not captures
    options.max_mem = memory
    options.log_errors = False
    if captures:  # names of groups are asked for as text, which Latin-1 does not allow
        return re2.compile(source, options)
    options.encoding = re2.Options.Encoding.LATIN1
    return re2.compile(source.encode(), options)
