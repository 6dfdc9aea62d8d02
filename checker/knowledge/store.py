"""The files of policies/ and seeds/ as plain data, parsed once and kept compiled.

YAML is the source that people edit, and parsing it at start would cost more than the judging. So the data
is kept as JSON: inside the wheel, where the build wrote it (`hatch_build.py`), or, in a checkout, in the
user's cache folder under a key made of the path, time and size of every source file. A cache that is stale
or damaged is rebuilt without a word.
"""

from __future__ import annotations

import json
import os
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from checker.errors import PolicyInvalid, Problem
from checker.knowledge.yaml_text import Plain, YamlFault, parse

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_FORMAT: Final = 1
"""Raise it when the compiled form changes, so that old caches are not read."""

KINDS: Final[dict[str, str]] = {
    "policies": "policies/*.yaml",
    "clauses": "policies/clauses/*.yaml",
    "licenses": "seeds/licenses/*.yaml",
    "authorities": "seeds/authorities/*.yaml",
    "models": "seeds/models/*.yaml",
    "model-sources": "seeds/model-sources.yaml",
    "hub-licenses": "seeds/hub-licenses.yaml",
    "claims": "seeds/claims.yaml",
    "aliases": "seeds/aliases.yaml",
}
"""Kind of data -> where its files are. With a `*` the data maps each file's stem to its content."""


def root(top: str) -> Path:
    """Return the folder of `policies` or `seeds`: the wheel's copy when there is one, else the checkout's."""
    packaged = _PACKAGE / f"_{top}"
    return packaged if packaged.is_dir() else _PACKAGE.parent / top


def sources(kind: str) -> tuple[Path, ...]:
    """Return the source files of one kind in name order.

    Raises:
        KeyError: for a kind that `KINDS` does not list.
    """
    top, _, pattern = KINDS[kind].partition("/")
    return tuple(sorted(root(top).glob(pattern)))


def source_name(path: Path) -> str:
    """Return the name to show for a source file: `policies/osd.yaml`, wherever it is installed."""
    for top in ("policies", "seeds"):
        if path.is_relative_to(root(top)):
            return f"{top}/{path.relative_to(root(top)).as_posix()}"
    return path.as_posix()


@lru_cache(maxsize=None)
def data(kind: str) -> Plain:
    """Return the content of one kind of source file as plain data; treat it as read-only.

    Returns:
        For a folder a dict of file stem -> content in name order, for a single file its content; an empty
        dict where there is no such file.

    Raises:
        PolicyInvalid: a source file is not YAML or repeats a key (a checkout only).
    """
    compiled = _PACKAGE / "_compiled" / f"{kind}.json"
    if compiled.is_file():
        return _plain(compiled.read_bytes())
    return _cached(kind)


def compile_kind(kind: str) -> Plain:
    """Parse the source files of one kind.

    Raises:
        PolicyInvalid: lists every file that is not YAML and every key that stands twice.
    """
    problems: list[Problem] = []
    content: dict[str, Plain] = {}
    for path in sources(kind):
        name = source_name(path)
        try:
            parsed = parse(path.read_text(encoding="utf-8"))
        except YamlFault as fault:
            problems.append(Problem(file=name, line=fault.line, what=fault.what))
            continue
        problems += [Problem(file=name, line=fault.line, what=fault.what) for fault in parsed.faults]
        content[path.stem] = parsed.data
    if problems:
        raise PolicyInvalid(tuple(problems))
    if "*" in KINDS[kind]:
        return content
    return next(iter(content.values()), {})


def compile_all(target: Path) -> tuple[Path, ...]:
    """Write the compiled form of every kind into `target`, for the wheel; same sources, same bytes."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for kind in KINDS:
        path = target / f"{kind}.json"
        path.write_bytes(_bytes(compile_kind(kind)))
        written.append(path)
    return tuple(written)


def cache_folder() -> Path:
    """Return the user's cache folder of the checker; it need not exist."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only a checkout needs it at this point

    return user_cache_path("openverdict", appauthor=False)


def _cached(kind: str) -> Plain:
    """Return the cached data of one kind, or parse it and try to keep it."""
    key = _key(kind)
    path = cache_folder() / "store" / f"{kind}-{zlib.crc32(str(_PACKAGE).encode()):08x}.json"
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head == _head(key, body):
            return _plain(body)
    except (OSError, ValueError):
        pass
    content = compile_kind(kind)
    body = _bytes(content)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(_head(key, body) + b"\n" + body)
        draft.replace(path)
    except OSError:
        pass  # a cache that cannot be kept costs time and nothing else
    return content


def _key(kind: str) -> str:
    """Return a key that changes with the path, time or size of any source file of the kind."""
    top, _, pattern = KINDS[kind].partition("/")
    folder, _, name = (root(top) / pattern).as_posix().rpartition("/")
    entries = []
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if entry.name == name or (name.startswith("*") and entry.name.endswith(name[1:])):
                    status = entry.stat()
                    entries.append(f"{entry.path}:{status.st_mtime_ns}:{status.st_size}")
    except OSError:
        pass
    return "|".join([str(_FORMAT), *sorted(entries)])


def _head(key: str, body: bytes) -> bytes:
    return f"{zlib.crc32(key.encode('utf-8', 'surrogateescape')):08x} {len(key)} {zlib.crc32(body):08x}".encode()


def _bytes(content: Plain) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plain(body: bytes) -> Plain:
    content: Plain = json.loads(body)
    return content
