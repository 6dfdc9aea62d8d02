"""Judge the license files of a tree, on all cores when there are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Protocol

from checker.domain.judgement import Judgement
from checker.subjects.license_files import DEFAULT_MAX_SIZE, LicenseFile, read_license_file
from checker.subjects.scan.headers import cores

ALONE = 150
"""Up to this many texts one process is faster than starting several."""
CHUNK = 16
"""Texts a process takes at a time."""


class JudgesFiles(Protocol):
    """What judges a license file that was read; it can be sent to another process."""

    def license_file(self, file: LicenseFile) -> Judgement:
        """Judge one file."""


def judge_texts(
    paths: Sequence[str], judge: JudgesFiles, *, workers: int | None = None
) -> Iterator[Judgement]:
    """Yield the judgement of each file, in order.

    Args:
        paths: As the system names them.
        judge: Judges what was read.
        workers: Processes; as many as there are cores if None.
    """
    processes = workers or cores()
    if len(paths) <= ALONE or processes == 1:
        for path in paths:
            yield judge.license_file(read_license_file(path, max_size=DEFAULT_MAX_SIZE))
        return
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_prepare, initargs=(judge,)
    ) as pool:
        yield from pool.map(_judged, paths, chunksize=CHUNK)


_JUDGES: list[JudgesFiles] = []
"""The judge of this process, put here once so that knowledge is loaded once."""


def _prepare(judge: JudgesFiles) -> None:
    _JUDGES[:] = [judge]


def _judged(path: str) -> Judgement:
    return _JUDGES[0].license_file(read_license_file(path, max_size=DEFAULT_MAX_SIZE))
