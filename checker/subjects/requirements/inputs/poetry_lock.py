"""poetry.lock, lock versions 1 and 2.

Source: the lock files that poetry writes. Which packages the project itself asks for stands in
pyproject.toml, not in the lock: what nothing in the lock depends on counts as asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.subjects.requirements.inputs.common import HASHES, Context, Lines, local_path
from checker.subjects.requirements.inputs.graph import chains
from checker.subjects.requirements.inputs.plain import load_toml, newer, table, tables, words
from checker.subjects.requirements.model import Listing, Origin, Source, Wanted, normal_name

KNOWN = 2


def read(text: str, context: Context) -> Listing:
    """Read a lock.

    Raises:
        InputRefused: it is not TOML, or of a newer version.
    """
    data = load_toml(text, context.source)
    version = words(table(data.get("metadata")).get("lock-version")) or "1.0"
    if not version.split(".")[0].isdigit() or int(version.split(".")[0]) > KNOWN:
        raise newer(context.source, kind="poetry.lock", version=version, known=f"{KNOWN}.x")
    packages = tables(data.get("package"))
    older = table(table(data.get("metadata")).get("files"))
    edges = {
        normal_name(words(one.get("name"))): tuple(
            normal_name(name) for name in table(one.get("dependencies"))
        )
        for one in packages
    }
    needed = {name for listed in edges.values() for name in listed}
    found = chains([name for name in edges if name not in needed] or list(edges), edges)
    lines = Lines(text)
    wanted = []
    for one in packages:
        written = words(one.get("name"))
        line = lines.named(written)
        name = normal_name(written)
        origin = Origin(
            file=context.source,
            line=line,
            text=f"{written} {words(one.get('version'))}".strip(),
            chain=found.get(name, ()),
        )
        files = tables(one.get("files")) or tables(older.get(written))
        wanted.append(_wanted(one, origin, context, files))
    return Listing(source=context.source, format="poetry.lock", wanted=tuple(wanted), locked=True)


def _wanted(
    package: Mapping[str, Any], origin: Origin, context: Context, files: list[Mapping[str, Any]]
) -> Wanted:
    source = table(package.get("source"))
    address = words(source.get("url"))
    kind = {
        "git": Source.VCS,
        "url": Source.URL,
        "file": Source.FILE,
        "directory": Source.FOLDER,
    }.get(words(source.get("type")), Source.INDEX)
    if kind in {Source.FILE, Source.FOLDER}:
        address = str(local_path(address, context.folder))
    hashes = tuple(
        digest for one in files if (digest := words(one.get("hash")).lower()).partition(":")[0] in HASHES
    )
    return Wanted(
        name=normal_name(words(package.get("name"))),
        version=words(package.get("version")) or None,
        origin=origin,
        source=kind,
        location=address if kind is not Source.INDEX else "",
        index=address if kind is Source.INDEX else "",
        hashes=hashes,
    )
