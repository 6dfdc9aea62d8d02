"""Opening files that others made: regular files only, never waiting, what goes wrong said in full."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from checker.errors import InputRefused


@contextmanager
def opened(path: str, name: str) -> Iterator[IO[bytes]]:
    """Open a regular file for reading.

    Args:
        path: The file; a link is followed.
        name: How messages call it.

    Raises:
        InputRefused: it is no regular file, or cannot be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as problem:
        raise _refused(name, problem) from problem
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise InputRefused(
            f"{name} is not a file",
            why="only regular files are read: others may never end",
            fix="remove it, or name the files that matter",
        )
    with os.fdopen(handle, "rb") as stream:
        try:
            yield stream
        except OSError as problem:
            raise _refused(name, problem) from problem


def read_bytes(path: str, name: str, limit: int) -> bytes:
    """Return the content of a file of at most `limit` bytes.

    Raises:
        InputRefused: it is longer, no regular file, or cannot be read.
    """
    with opened(path, name) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputRefused(
            f"{name} is larger than {limit:,} bytes",
            why="no file of this kind is that long, and reading without end is no answer",
            fix="look at what the file holds; the folder is judged without it once it is gone",
        )
    return data


def _refused(name: str, problem: OSError | ValueError) -> InputRefused:
    why = (getattr(problem, "strerror", None) or str(problem)).lower()
    return InputRefused(f"cannot read {name}", why=why, fix="check the name and the rights of the file")
