"""pylock.toml (PEP 751), read with packaging: the lock that every tool may write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import InputRefused
from checker.subjects.requirements.inputs.common import HASHES, Context, Lines, local_path
from checker.subjects.requirements.inputs.graph import chains
from checker.subjects.requirements.inputs.plain import load_toml, newer
from checker.subjects.requirements.model import FileLink, Listing, Origin, Source, Wanted, normal_name

if TYPE_CHECKING:  # 60 ms, paid by the function that reads a lock
    from packaging.pylock import Package, PackageSdist, PackageWheel

KNOWN = "1.x"


def read(text: str, context: Context) -> Listing:
    """Read a lock.

    Raises:
        InputRefused: it is not TOML, breaks PEP 751, or is of a newer version.
    """
    from packaging.pylock import (  # noqa: PLC0415  (see above)
        Pylock,
        PylockUnsupportedVersionError,
        PylockValidationError,
    )

    data = load_toml(text, context.source)
    try:
        lock = Pylock.from_dict(data)
    except PylockUnsupportedVersionError as fault:
        raise newer(
            context.source, kind="pylock.toml", version=str(data.get("lock-version")), known=KNOWN
        ) from fault
    except PylockValidationError as fault:
        raise InputRefused(
            f"{context.source} breaks PEP 751",
            why=str(fault),
            fix="write the lock again with the tool that makes it",
        ) from fault
    edges = {
        str(one.name): tuple(
            normal_name(str(need.get("name", "")))
            for need in one.dependencies or ()
            if isinstance(need, dict)
        )
        for one in lock.packages
    }
    needed = {name for listed in edges.values() for name in listed}
    found = chains([name for name in edges if name not in needed] or list(edges), edges)
    lines = Lines(text)
    wanted, skipped = [], []
    for one in lock.packages:
        origin = Origin(
            file=context.source,
            line=lines.named(str(one.name)),
            text=f"{one.name} {one.version or ''}".strip(),
            chain=found.get(str(one.name), ()),
        )
        if one.marker is not None and not context.all_markers and not _holds(one, context):
            skipped.append(f"{one.name} ; {one.marker}")
            continue
        wanted.append(_wanted(one, origin, context.folder))
    return Listing(
        source=context.source, format="pylock", wanted=tuple(wanted), locked=True, skipped=tuple(skipped)
    )


def _holds(package: Package, context: Context) -> bool:
    environment: dict[str, str | frozenset[str]] = {
        **context.markers,
        "extras": frozenset(context.extras),
        "dependency_groups": frozenset(context.groups),
    }
    marker = package.marker
    return marker is None or marker.evaluate(environment, context="lock_file")


def _wanted(package: Package, origin: Origin, folder: Path) -> Wanted:
    kind, location = Source.INDEX, ""
    hashes: tuple[str, ...] = ()
    if package.vcs is not None:
        kind, location = Source.VCS, package.vcs.url or package.vcs.path or ""
    elif package.directory is not None:
        kind, location = Source.FOLDER, str(local_path(package.directory.path, folder))
    elif package.archive is not None:
        archive = package.archive
        hashes = _hashes(archive.hashes)
        kind, location = (
            (Source.URL, archive.url)
            if archive.url
            else (Source.FILE, str(local_path(archive.path or "", folder)))
        )
    files = tuple(
        _link(one, folder) for one in (*(package.wheels or ()), *((package.sdist,) if package.sdist else ()))
    )
    return Wanted(
        name=str(package.name),
        version=str(package.version) if package.version else None,
        origin=origin,
        source=kind,
        location=location,
        files=files,
        hashes=hashes,
        index=package.index or "",
    )


def _link(file: PackageWheel | PackageSdist, folder: Path) -> FileLink:
    address = file.url or (folder / (file.path or "")).resolve().as_uri()
    return FileLink(
        filename=file.name or address.split("#")[0].split("?")[0].rsplit("/", 1)[-1],
        url=address,
        hashes=_hashes(file.hashes),
        size=file.size,
    )


def _hashes(given: object) -> tuple[str, ...]:
    if not hasattr(given, "items"):
        return ()
    return tuple(f"{name}:{digest.lower()}" for name, digest in given.items() if name in HASHES)
