"""Source distributions: PKG-INFO, pyproject.toml and license files, in one pass; nothing is executed."""

from __future__ import annotations

import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from typing import IO

from checker.subjects.requirements.fetch import limits
from checker.subjects.requirements.fetch.contents import (
    CarriedFile,
    Contents,
    check_names,
    damaged,
    is_license_name,
    too_big,
)
from checker.subjects.requirements.fetch.zips import open_zip, read_member


def read_sdist(file: IO[bytes], *, label: str) -> Contents:
    """Read PKG-INFO, pyproject.toml and every license file of an sdist, unpacking nothing to disk.

    Raises:
        InputRefused: it is damaged, over a limit, or made to do harm.
    """
    try:
        if label.endswith(".zip"):
            return _read_zip_sdist(file, label)
        return _read_tar(file, label)
    except (
        tarfile.TarError,
        zipfile.BadZipFile,
        gzip.BadGzipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        struct.error,
        ValueError,
        OSError,
        RuntimeError,
        NotImplementedError,
    ) as fault:
        raise damaged(label, str(fault)) from fault


def _read_zip_sdist(file: IO[bytes], label: str) -> Contents:
    archive = open_zip(file, label)
    infos = [info for info in archive.infolist() if not info.is_dir()]
    check_names([info.filename for info in infos], label)
    found = _Found(label)
    for info in infos:
        if found.wants(info.filename, info.file_size):
            found.take(info.filename, read_member(archive, info, label, base=""))
    return found.contents()


def _read_tar(file: IO[bytes], label: str) -> Contents:
    found = _Found(label)
    opened = _unpacked(file, label)
    with tarfile.open(fileobj=opened, mode="r:") as archive:  # type: ignore[call-overload]
        for count, member in enumerate(archive):
            if count > limits.MEMBERS:
                raise damaged(label, f"it holds more than {limits.MEMBERS:,} files")
            check_names([member.name], label)
            archive.members = []  # else every header stays in memory
            if member.isreg() and found.wants(member.name, member.size):
                stream = archive.extractfile(member)
                if stream is not None:
                    found.take(member.name, stream.read(limits.METADATA + 1))
    return found.contents()


class _Bounded:
    """A forward-reading view of a packed stream that counts what comes out and refuses too much of it."""

    def __init__(self, inner: IO[bytes], label: str) -> None:
        self._inner = inner
        self._label = label
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > limits.MEMORY:
            raise too_big(self._label, "one of its headers", limits.MEMORY)
        data = self._inner.read(size)
        self._advance(len(data))
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence != 0 or offset < self._at:
            raise damaged(self._label, "its headers point backwards")
        while self._at < offset:
            step = self._inner.read(min(1 << 20, offset - self._at))
            if not step:
                break
            self._advance(len(step))
        return self._at

    def tell(self) -> int:
        return self._at

    def _advance(self, count: int) -> None:
        self._at += count
        if self._at > limits.UNPACKED:
            raise too_big(self._label, "what it unpacks to", limits.UNPACKED)


def _unpacked(file: IO[bytes], label: str) -> _Bounded:
    file.seek(0)
    head = file.read(6)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return _Bounded(gzip.GzipFile(fileobj=file), label)  # type: ignore[arg-type]
    if head.startswith(b"BZh"):
        import bz2  # noqa: PLC0415  (old sdists only)

        return _Bounded(bz2.BZ2File(file), label)
    if head.startswith(b"\xfd7zXZ"):
        return _Bounded(lzma.LZMAFile(file), label)
    return _Bounded(file, label)


class _Found:
    """Collects what counts in an sdist."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._metadata: tuple[int, str, bytes] | None = None
        self._pyproject: tuple[int, bytes] | None = None
        self._files: list[CarriedFile] = []
        self._left: list[str] = []
        self._total = 0

    def wants(self, path: str, size: int) -> bool:
        base = path.rsplit("/", 1)[-1]
        depth = path.strip("/").count("/")
        if base == "PKG-INFO" or (base == "pyproject.toml" and depth <= 1):
            if size > limits.METADATA:
                raise too_big(self._label, path, limits.METADATA)
            return True
        if not is_license_name(path) and "/LICENSES/" not in path:
            return False
        too_many = len(self._files) >= limits.LICENSE_FILES or self._total + size > limits.LICENSE_TOTAL
        if size > limits.LICENSE_FILE or too_many:
            self._left.append(path)
            return False
        return True

    def take(self, path: str, data: bytes) -> None:
        base, depth = path.rsplit("/", 1)[-1], path.strip("/").count("/")
        if base == "PKG-INFO":
            if self._metadata is None or depth < self._metadata[0]:
                self._metadata = (depth, path, data)
        elif base == "pyproject.toml":
            if self._pyproject is None or depth < self._pyproject[0]:
                self._pyproject = (depth, data)
        else:
            self._total += len(data)
            self._files.append(CarriedFile(path=path, data=data))

    def contents(self) -> Contents:
        if self._metadata is None:
            raise damaged(self._label, "it has no PKG-INFO")
        return Contents(
            metadata=self._metadata[2],
            metadata_path=self._metadata[1],
            files=tuple(sorted(self._files, key=lambda one: (one.path.count("/"), one.path))),
            not_read=tuple(self._left),
            pyproject=self._pyproject[1] if self._pyproject else None,
        )
