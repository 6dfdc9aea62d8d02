"""The file format of one shard of the index: named sections behind a checked header, memory-mapped.

    8 bytes   magic
    u32       format version
    u32       length of the header
    u32       CRC-32 of the header
    header    JSON: shard, knowledge version, source, sections {name: [offset, length, crc32]}
    sections  each at a multiple of 8, counted from the end of the header

A section's sum is checked when it is first used, so a start that needs one section does not read all.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from typing import TYPE_CHECKING, Any, Literal

from checker.errors import IndexDamaged

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAGIC = b"OVINDEX\n"
FORMAT = 1
_HEAD = struct.Struct("<8sIII")
_REBUILD = "reinstall openverdict, or build the index again with `openverdict knowledge build`"


def pack(header: Mapping[str, object], sections: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a shard; the same input gives the same bytes."""
    table: dict[str, tuple[int, int, int]] = {}
    body = bytearray()
    for name, data in sections.items():
        body += bytes(-len(body) % 8)
        table[name] = (len(body), len(data), zlib.crc32(data))
        body += data
    packed = json.dumps({**header, "sections": table}, sort_keys=True, separators=(",", ":")).encode()
    packed += b" " * (-(_HEAD.size + len(packed)) % 8)
    return _HEAD.pack(MAGIC, FORMAT, len(packed), zlib.crc32(packed)) + packed + bytes(body)


class Shard:
    """One mapped index file.

    Raises:
        IndexDamaged: when the file is missing, foreign, of another version, cut short or altered.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as problem:
            raise self._damaged(f"it cannot be read ({problem})") from problem
        if len(self._map) < _HEAD.size or self._map[:8] != MAGIC:
            raise self._damaged("it is no index of openverdict")
        _, version, length, total = _HEAD.unpack_from(self._map, 0)
        if version != FORMAT:
            raise self._damaged(f"it has format {version}, this program reads format {FORMAT}")
        packed = self._map[_HEAD.size : _HEAD.size + length]
        if zlib.crc32(packed) != total:
            raise self._damaged("its header does not match its sum")
        header: dict[str, Any] = json.loads(packed)
        self.header = header
        self._base = _HEAD.size + length
        self._sections: dict[str, tuple[int, int, int]] = header["sections"]
        self._checked: dict[str, memoryview] = {}
        ends = [offset + size for offset, size, _ in self._sections.values()]
        if self._base + max(ends, default=0) != len(self._map):
            raise self._damaged("it is cut short or has grown")

    def section(self, name: str) -> memoryview:
        """Return the bytes of a section, checked against their sum once."""
        view = self._checked.get(name)
        if view is None:
            if name not in self._sections:
                raise self._damaged(f"its section `{name}` is missing")
            offset, size, total = self._sections[name]
            start = self._base + offset
            view = memoryview(self._map)[start : start + size]
            if zlib.crc32(view) != total:
                raise self._damaged(f"its section `{name}` does not match its sum")
            self._checked[name] = view
        return view

    def numbers(self, name: str, form: Literal["I", "H"]) -> memoryview[int]:
        """Return a section as numbers: `form` is `I` (u32) or `H` (u16)."""
        return self.section(name).cast(form)

    def text(self, name: str) -> str:
        """Return a section as text."""
        return str(self.section(name), "utf-8")

    def sizes(self) -> dict[str, int]:
        """Return the size of each section in bytes."""
        return {name: size for name, (_, size, _) in self._sections.items()}

    def _damaged(self, why: str) -> IndexDamaged:
        return IndexDamaged(
            f"the index of known texts {self.path.name} cannot be used", why=why, fix=_REBUILD
        )
