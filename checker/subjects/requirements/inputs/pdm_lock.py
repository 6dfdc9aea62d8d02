"""pdm.lock, lock version 4.

Source: the lock files that pdm writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from checker.subjects.requirements.inputs.common import HASHES, Context, Lines, local_path
from checker.subjects.requirements.inputs.graph import chains
from checker.subjects.requirements.inputs.plain import load_toml, newer, strings, table, tables, words
from checker.subjects.requirements.model import FileLink, Listing, Origin, Source, Wanted, normal_name

KNOWN = 4
_NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]{0,200})")


def read(text: str, context: Context) -> Listing:
    """Read a lock.

    Raises:
        InputRefused: it is not TOML, or of a newer version.
    """
    data = load_toml(text, context.source)
    version = words(table(data.get("metadata")).get("lock_version")) or "0"
    if not version.split(".")[0].isdigit() or int(version.split(".")[0]) > KNOWN:
        raise newer(context.source, kind="pdm.lock", version=version, known=f"{KNOWN}.x")
    packages = [one for one in tables(data.get("package")) if not one.get("extras")]
    edges: dict[str, tuple[str, ...]] = {}
    for one in tables(data.get("package")):  # a package with extras stands twice, and its needs add up
        name = normal_name(words(one.get("name")))
        needs = (found[1] for entry in strings(one.get("dependencies")) if (found := _NAME.match(entry)))
        edges[name] = (*edges.get(name, ()), *(need for need in map(normal_name, needs) if need != name))
    needed = {name for listed in edges.values() for name in listed}
    found_chains = chains([name for name in edges if name not in needed] or list(edges), edges)
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
            chain=found_chains.get(name, ()),
        )
        wanted.append(_wanted(one, origin, context))
    return Listing(source=context.source, format="pdm.lock", wanted=tuple(wanted), locked=True)


def _wanted(package: Mapping[str, Any], origin: Origin, context: Context) -> Wanted:
    kind, location = Source.INDEX, ""
    if package.get("git"):
        kind, location = Source.VCS, words(package.get("git"))
    elif package.get("url"):
        kind, location = Source.URL, words(package.get("url"))
    elif package.get("path"):
        location = str(local_path(words(package.get("path")), context.folder))
        kind = Source.FILE if location.endswith((".whl", ".gz", ".zip")) else Source.FOLDER
    files = tables(package.get("files"))
    hashes = tuple(
        digest for one in files if (digest := words(one.get("hash")).lower()).partition(":")[0] in HASHES
    )
    links = tuple(
        FileLink(
            filename=words(one.get("file")) or words(one.get("url")).rsplit("/", 1)[-1],
            url=words(one.get("url")),
            hashes=(words(one.get("hash")).lower(),),
        )
        for one in files
        if words(one.get("url")) and words(one.get("hash"))
    )
    return Wanted(
        name=normal_name(words(package.get("name"))),
        version=words(package.get("version")) or None,
        origin=origin,
        source=kind,
        location=location,
        files=links if kind is Source.INDEX else (),
        hashes=hashes,
    )
