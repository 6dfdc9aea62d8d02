"""A remote file as a file: reads become Range requests, near ones become one, and lies are found out."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import IO

from checker.errors import InputRefused
from checker.subjects.requirements.fetch import limits
from checker.subjects.requirements.fetch.client import Fetcher
from checker.subjects.requirements.model import redact

_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})$")
PARTIAL, WHOLE, MISSING = 206, 200, 404
UNSATISFIABLE = frozenset({400, 403, 405, 416, 501})
"""What servers answer to a range they do not understand; then the whole file is asked for."""


class RangeFile(io.RawIOBase):
    """A read-only, seekable view of an address.

    A server without Range sends the whole file at the first request: `whole` is then true, and the bytes
    wait in memory or, when long, in a temporary file of the cache folder.

    Raises (every method that reads):
        InputRefused: the server refuses, breaks off, changes the file under our hands or lies about ranges.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        url: str,
        *,
        size: int | None = None,
        spool: Path | None = None,
        deadline: float | None = None,
        ranges: bool = True,
        limit: int = limits.WHOLE,
    ) -> None:
        super().__init__()
        self._fetcher = fetcher
        self.url = url
        self.whole = False
        self.sha256: str | None = None
        """Of the whole file, where it was read whole."""
        self._spool = spool
        self._deadline = deadline
        self._parts: list[tuple[int, bytes]] = []
        self._file: IO[bytes] | None = None
        self._etag = ""
        self._at = 0
        self._size = -1
        self._expected = size
        self._limit = limit
        if ranges:
            self._open_tail(size)
        else:
            self._fetch_whole()
        if size is not None and size != self._size:
            raise self._refused(
                f"it has {self._size:,} bytes, and the index says {size:,}",
                "check the index: the file was changed",
            )

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self._size

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; nothing is fetched."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Read, fetching what is not there yet."""
        end = self._size if size < 0 else min(self._size, self._at + size)
        if self._at >= end:
            return b""
        if self._file is not None:
            self._file.seek(self._at)
            data = self._file.read(end - self._at)
        else:
            self.prefetch([(self._at, end)])
            data = self._covered(self._at, end)
        self._at += len(data)
        return data

    def close(self) -> None:
        """Drop what was fetched."""
        if self._file is not None:
            self._file.close()
        self._parts.clear()
        super().close()

    def prefetch(self, spans: Iterable[tuple[int, int]]) -> None:
        """Fetch these half-open spans, as few requests as their distances allow."""
        if self._file is not None:
            return
        for start, end in merged(self._missing(spans), gap=limits.GAP):
            self._fetch(start, end)
            if self._file is not None:
                return

    def _missing(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        missing = []
        for start, end in spans:
            at = max(0, start)
            last = min(end, self._size)
            for have, data in self._parts:
                if have > at and have < last:
                    missing.append((at, have))
                if have <= last and have + len(data) > at:
                    at = max(at, have + len(data))
            if at < last:
                missing.append((at, last))
        return missing

    def _covered(self, start: int, end: int) -> bytes:
        pieces = []
        for have, data in self._parts:
            low, high = max(start, have), min(end, have + len(data))
            if low < high:
                pieces.append(data[low - have : high - have])
                start = high
        return b"".join(pieces)

    def _open_tail(self, size: int | None) -> None:
        """Learn the size and fetch the end, where a zip keeps its directory."""
        tail = limits.TAIL_LARGE if size is not None and size > limits.LARGE else limits.TAIL
        if not self._request(f"bytes=-{tail}", None):
            self._fetch_whole()

    def _fetch(self, start: int, end: int) -> None:
        if not self._request(f"bytes={start}-{end - 1}", (start, end)):
            raise self._refused("the server answered one range and refused the next", "try again")

    def _request(self, span: str, expected: tuple[int, int] | None) -> bool:
        """Ask for one range. False where the server refuses ranges."""
        headers = {"Range": span, "Accept-Encoding": "identity"}
        if self._etag and not self._etag.startswith("W/"):
            headers["If-Range"] = self._etag
        with self._fetcher.open(self.url, headers=headers, deadline=self._deadline) as (response, _):
            if response.status == PARTIAL:
                given = _CONTENT_RANGE.match(response.headers.get("content-range", ""))
                if given is None:
                    raise self._refused(
                        "its answer to a range does not say which bytes it holds", "tell whoever runs it"
                    )
                start, last, total = (int(part) for part in given.groups())
                etag = response.headers.get("etag", "")
                self._believe(start, last, total, expected, etag)
                body = b"".join(
                    self._fetcher.pieces(
                        response, url=self.url, limit=last - start + 1, deadline=self._deadline
                    )
                )
                if len(body) != last - start + 1:
                    raise self._refused("its answer to a range is shorter than it says", "try again")
                self._size, self._etag = total, etag
                self._parts.append((start, body))
                self._parts.sort(key=lambda part: part[0])
                return True
            if response.status == WHOLE:
                if expected is not None and self._size >= 0:
                    raise self._refused("the file changed while it was read", "try again")
                self._keep(response)
                return True
            if response.status in UNSATISFIABLE:
                return False
            raise self._status(response.status)

    def _believe(
        self, start: int, last: int, total: int, expected: tuple[int, int] | None, etag: str
    ) -> None:
        """Check that a partial answer is the part that was asked for."""
        asked = expected or (start, total)
        changed = self._size >= 0 and (total != self._size or etag != self._etag)
        if changed:
            raise self._refused("the file changed while it was read", "try again")
        if start > last or last >= total or (start, last + 1) != (asked[0], min(asked[1], total)):
            raise self._refused(
                "it answers with other bytes than were asked for", "tell whoever runs that server"
            )
        if expected is None and last - start + 1 > limits.TAIL_LARGE:
            raise self._refused(
                "it answers with more bytes than were asked for", "tell whoever runs that server"
            )

    def _fetch_whole(self) -> None:
        with self._fetcher.open(
            self.url, headers={"Accept-Encoding": "identity"}, deadline=self._deadline
        ) as (response, _):
            if response.status != WHOLE:
                raise self._status(response.status)
            self._keep(response)

    def _keep(self, response: object) -> None:
        """Keep a whole file, and its hash."""
        if self._spool is not None:
            self._spool.mkdir(parents=True, exist_ok=True)
        file = tempfile.SpooledTemporaryFile(  # noqa: SIM115  (closed with the view)
            max_size=limits.MEMORY, dir=str(self._spool) if self._spool else None
        )
        digest, total = sha256(), 0
        limit = self._expected if self._expected is not None else self._limit
        for piece in self._fetcher.pieces(
            response,  # type: ignore[arg-type]
            url=self.url,
            limit=min(limit, self._limit),
            deadline=self._deadline,
        ):
            digest.update(piece)
            total += len(piece)
            file.write(piece)
        self._file, self._size, self.whole, self.sha256 = file, total, True, digest.hexdigest()

    def _status(self, status: int) -> InputRefused:
        why = "it is not there" if status == MISSING else f"the server answered with status {status}"
        if status in {401, 403}:
            why = f"the server wants credentials (status {status})"
        return self._refused(why, "check the address and, for a private index, the credentials")

    def _refused(self, why: str, fix: str) -> InputRefused:
        return InputRefused(f"{redact(self.url)} cannot be read", why=why, fix=fix)


def merged(spans: Iterable[tuple[int, int]], *, gap: int) -> list[tuple[int, int]]:
    """Join half-open spans that overlap or lie nearer than `gap`; sorted."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= gap:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
