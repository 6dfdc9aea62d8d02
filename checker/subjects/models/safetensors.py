"""The metadata of a safetensors file: an eight-byte length, then JSON; the tensors are never read.

Source: huggingface/safetensors, README, "Format": the header is at most 100 MB; `__metadata__` maps
strings to strings.
"""

from __future__ import annotations

import json
import os
import struct
from typing import Final

from checker.errors import InputRefused
from checker.subjects.models.opened import opened

MAX_HEADER: Final = 25_000_000
"""Bytes of JSON that are read; the headers of the largest models have two million."""


def read_safetensors(path: str, name: str) -> dict[str, str]:
    """Return `__metadata__` of a safetensors file; empty where it has none.

    Args:
        path: The file.
        name: How messages call it.

    Raises:
        InputRefused: the header lies about its length, is too long, or is not JSON.
    """
    with opened(path, name) as stream:
        size = os.fstat(stream.fileno()).st_size
        start = stream.read(8)
        if len(start) != 8:  # noqa: PLR2004 - the length of the length
            raise _refuse(name, "it ends before its header")
        (length,) = struct.unpack("<Q", start)
        if length > size - 8:
            raise _refuse(name, f"its header claims {length:,} bytes and the file has {size:,}")
        if length > MAX_HEADER:
            raise _refuse(name, f"its header claims {length:,} bytes; {MAX_HEADER:,} is the limit")
        try:
            header = json.loads(stream.read(length))
        except (ValueError, RecursionError) as problem:
            raise _refuse(name, "its header is not JSON") from problem
    metadata = header.get("__metadata__") if isinstance(header, dict) else None
    if not isinstance(metadata, dict):
        return {}
    return {str(key): value for key, value in metadata.items() if isinstance(value, str)}


def _refuse(name: str, why: str) -> InputRefused:
    return InputRefused(
        f"the metadata of {name} cannot be read",
        why=why,
        fix="download the file again; if it stays so, ask its producer",
    )
