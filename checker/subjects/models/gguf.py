"""The metadata of a GGUF file: the header only, within limits, whatever the header claims.

Format: magic `GGUF`, version, number of tensors, number of key-value pairs, then the pairs. Numbers are
little-endian. Source: ggml-org/ggml docs/gguf.md.
"""

from __future__ import annotations

import os
import struct
from typing import IO, Final

from checker.errors import InputRefused
from checker.subjects.models.opened import opened

MAX_PAIRS: Final = 100_000
MAX_STRING: Final = 1_000_000
"""Bytes of one string that is kept; license names and links are short."""
MAX_ITEMS: Final = 5_000_000
"""Entries of one array that is passed over; vocabularies have some hundred thousand."""
MAX_HEADER: Final = 64_000_000
"""Bytes of metadata before the tensors."""

_SIZES: Final = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
"""Value type -> bytes, for everything of fixed size."""
_STRING, _ARRAY = 8, 9
_NUMBERS: Final = {
    0: "<B",
    1: "<b",
    2: "<H",
    3: "<h",
    4: "<I",
    5: "<i",
    6: "<f",
    7: "<?",
    10: "<Q",
    11: "<q",
    12: "<d",
}
_WANTED: Final = ("general.",)
_VERSIONS: Final = frozenset({2, 3})


def read_gguf(path: str, name: str) -> dict[str, str | int | float | bool]:
    """Return the `general.*` metadata of a GGUF file.

    Args:
        path: The file.
        name: How messages call it.

    Raises:
        InputRefused: it is no GGUF file, ends early, or claims more than it can hold.
    """
    with opened(path, name) as stream:
        return _Reader(stream, os.fstat(stream.fileno()).st_size, name).read()


class _Reader:
    """Walks one header; every length is checked against what the file can still hold."""

    def __init__(self, stream: IO[bytes], size: int, name: str) -> None:
        self._stream = stream
        self._size = min(size, MAX_HEADER)
        self._name = name

    def read(self) -> dict[str, str | int | float | bool]:
        """Read all pairs, keep the general ones."""
        if self._take(4) != b"GGUF":
            raise self._refuse("it does not start with the letters GGUF")
        (version,) = struct.unpack("<I", self._take(4))
        if version not in _VERSIONS:
            raise self._refuse(f"its version {version} is not one that is known (2, 3)")
        _, pairs = struct.unpack("<QQ", self._take(16))
        if pairs > MAX_PAIRS:
            raise self._refuse(f"it claims {pairs:,} metadata entries; {MAX_PAIRS:,} is the limit")
        found: dict[str, str | int | float | bool] = {}
        for _ in range(pairs):
            key = self._string()
            (kind,) = struct.unpack("<I", self._take(4))
            if key.startswith(_WANTED) and kind != _ARRAY:
                found[key] = self._string() if kind == _STRING else self._number(kind)
            else:
                self._pass_over(kind)
        return found

    def _number(self, kind: int) -> int | float | bool:
        if kind not in _NUMBERS:
            raise self._refuse(f"it holds a value of type {kind}, which does not exist")
        (value,) = struct.unpack(_NUMBERS[kind], self._take(_SIZES[kind]))
        return value  # type: ignore[no-any-return]

    def _pass_over(self, kind: int) -> None:
        if kind == _STRING:
            self._skip(self._length())
        elif kind == _ARRAY:
            (inner,) = struct.unpack("<I", self._take(4))
            (count,) = struct.unpack("<Q", self._take(8))
            if count > MAX_ITEMS:
                raise self._refuse(f"it claims an array of {count:,} entries; {MAX_ITEMS:,} is the limit")
            if inner in _SIZES:
                self._skip(count * _SIZES[inner])
            elif inner == _STRING:
                for _ in range(count):
                    self._skip(self._length())
            else:
                raise self._refuse("it holds an array of arrays or of an unknown type")
        elif kind in _SIZES:
            self._skip(_SIZES[kind])
        else:
            raise self._refuse(f"it holds a value of type {kind}, which does not exist")

    def _length(self) -> int:
        (length,) = struct.unpack("<Q", self._take(8))
        return int(length)

    def _string(self) -> str:
        length = self._length()
        if length > MAX_STRING:
            raise self._refuse(f"it claims a string of {length:,} bytes; {MAX_STRING:,} is the limit")
        return self._take(length).decode("utf-8", errors="replace")

    def _take(self, count: int) -> bytes:
        if self._stream.tell() + count > self._size:
            raise self._refuse("its header says there is more than the file holds")
        data = self._stream.read(count)
        if len(data) != count:
            raise self._refuse("it ends in the middle of its header")
        return data

    def _skip(self, count: int) -> None:
        if self._stream.tell() + count > self._size:
            raise self._refuse("its header says there is more than the file holds")
        self._stream.seek(count, os.SEEK_CUR)

    def _refuse(self, why: str) -> InputRefused:
        return InputRefused(
            f"the metadata of {self._name} cannot be read",
            why=why,
            fix="download the file again; if it stays so, ask its producer",
        )
