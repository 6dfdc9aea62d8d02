"""License tags in the first lines of sources, read in batches on all cores.

Source: SPDX specification, annex "Using SPDX short identifiers in source files"; REUSE specification 3.3 for
`REUSE-IgnoreStart`/`REUSE-IgnoreEnd` and for `<file>.license` beside a file.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from checker.subjects.license_files import display
from checker.subjects.scan.model import Group, Tags
from checker.subjects.scan.reuse import Annotations
from checker.subjects.scan.walk import Entry

HEAD = 8_192
"""Bytes looked at: a tag stands at the top of a file, and a whole tree has to be read."""
EXAMPLES = 5
"""Files named for each thing said."""
BATCH = 2_000
"""Files a process reads in one go."""
ALONE = 6_000
"""Up to this many files one process is faster than starting several."""
_AHEAD = 2
"""Batches waiting for each process: the walk never runs far ahead of the reading."""
_TAG = b"SPDX-License-Identifier:"
_SAID = re.compile(rb"SPDX-License-Identifier:[ \t]{0,20}([^\r\n]{1,400})")
_COMMENT = re.compile(rb"[^A-Za-z0-9]*(?:(?:@?rem|dnl|comment|c)[^A-Za-z0-9]+)?|.*copyright.*", re.IGNORECASE)
"""What may stand before a tag on its line; after other words it is a mention, in a program about licenses."""
_IGNORED = re.compile(rb"REUSE-IgnoreStart.*?(?:REUSE-IgnoreEnd|\Z)", re.DOTALL)
_CLOSING = (
    "*/",
    "-->",
    "--}}",
    "#}",
    "%>",
    "*)",
    "-}",
    '"""',
    "'''",
    "?>",
    "}}",
    "|#",
    '">',
    "`",
    '"',
    "'",
    ";",
    ",",
)
"""What ends a comment, or a string that holds the tag; it is no part of the expression."""


def read_tags(
    entries: Iterable[Entry], annotations: Annotations, *, workers: int | None = None
) -> Iterator[Tags]:
    """Read the tags of many files, batch by batch, with memory that does not grow with the tree.

    Args:
        entries: Files, in order.
        annotations: What REUSE.toml says of files by their path.
        workers: Processes; as many as there are cores if None.

    Yields:
        What each batch says; adding them up in any order gives the same.
    """
    stream = iter(entries)
    first = list(islice(stream, ALONE))
    processes = workers or cores()
    if len(first) < ALONE or processes == 1:
        yield tags_of(first, annotations)
        while batch := list(islice(stream, BATCH)):
            yield tags_of(batch, annotations)
        return
    batches = (first[at : at + BATCH] for at in range(0, len(first), BATCH))
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Tags]] = deque()
        for batch in batches:
            waiting.append(pool.submit(tags_of, batch, annotations))
        while batch := list(islice(stream, BATCH)):
            waiting.append(pool.submit(tags_of, batch, annotations))
            if len(waiting) > _AHEAD * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def cores() -> int:
    """Cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def tags_of(entries: list[Entry], annotations: Annotations) -> Tags:
    """Read one batch in this process."""
    tags = Tags(files=len(entries))
    for entry in entries:
        path = f"{entry.path}.license" if entry.sidecar else entry.path
        try:
            data = _head(path)
        except OSError:
            continue  # gone or unreadable since it was listed; a license file among them is reported by name
        said = list(_said(data))
        override = annotations.of(entry.relative)
        if override is not None and (override.overrides or not said):
            said = [(words, override.line) for words in override.licenses]
            path = annotations.source
        if said:
            for words, line in said:
                _add(tags.said.setdefault(words, Group()), path, line)
        elif b"\0" not in data and data.strip():
            _add(tags.untagged, path, 0)
    return tags


def _add(group: Group, path: str, line: int) -> None:
    group.count += 1
    if len(group.examples) < EXAMPLES:
        group.examples.append((display(path), line))


def _head(path: str) -> bytes:
    """Read the first bytes; opened without waiting, so that no pipe can hold the run."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        return os.read(handle, HEAD)
    finally:
        os.close(handle)


def _said(data: bytes) -> Iterator[tuple[str, int]]:
    """Yield what each tag says, with its line."""
    if _TAG not in data:
        return
    plain = data
    if b"REUSE-IgnoreStart" in data:
        plain = _IGNORED.sub(lambda found: b"\n" * found[0].count(b"\n"), data)
    for found in _SAID.finditer(plain):
        words = _bare(found[1].decode("utf-8", "replace"))
        before = plain[
            max(plain.rfind(b"\n", 0, found.start()), plain.rfind(b"\r", 0, found.start()))
            + 1 : found.start()
        ]
        if words and _COMMENT.fullmatch(before):
            yield words, plain.count(b"\n", 0, found.start()) + 1


def _bare(words: str) -> str:
    """Take away what closes the comment around a tag."""
    words = words.strip()
    shorter = True
    while shorter:
        shorter = False
        for closing in _CLOSING:
            if words.endswith(closing):
                words, shorter = words[: -len(closing)].rstrip(), True
    return words
