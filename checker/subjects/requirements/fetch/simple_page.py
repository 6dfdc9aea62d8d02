"""Pages of the simple index, JSON (PEP 691) and HTML (PEP 503): which files a project has."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from checker.errors import InputRefused
from checker.subjects.requirements.inputs.common import HASHES, named_by_file
from checker.subjects.requirements.model import FileLink, normal_name, redact

JSON_TYPE = "application/vnd.pypi.simple.v1+json"
ACCEPT = f"{JSON_TYPE}, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"


def links(body: bytes, content_type: str, base: str) -> list[FileLink]:
    """Read one page.

    Args:
        body: The page.
        content_type: As the server says.
        base: Its address; relative links start there. Only a `file:` page may link to `file:` addresses.

    Raises:
        InputRefused: it is no such page.
    """
    try:
        found = (
            _from_json(body, base)
            if "json" in content_type
            else _from_html(body.decode("utf-8", "replace"), base)
        )
    except (ValueError, RecursionError) as fault:
        raise InputRefused(
            f"{redact(base)} is no index page", why=str(fault), fix="check the address of the index"
        ) from fault
    local = base.startswith("file:")
    schemes = {"http", "https", "file"} if local else {"http", "https"}
    return [link for link in found if urlsplit(link.url).scheme in schemes]


def of_version(found: Iterable[FileLink], name: str, version: str) -> tuple[FileLink, ...]:
    """Keep the wheels and sdists of one release."""
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415  (30 ms, only when an index is asked)

    try:
        wanted: Version | None = Version(version)
    except InvalidVersion:
        wanted = None
    kept = []
    for link in found:
        file_name, file_version = named_by_file(link.filename)
        if file_name != normal_name(name) or file_version is None:
            continue
        if file_version == version or (wanted is not None and Version(file_version) == wanted):
            kept.append(link)
    return tuple(kept)


def _from_json(body: bytes, base: str) -> list[FileLink]:
    data = json.loads(body)
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, list):
        raise ValueError("it has no list of files")  # noqa: TRY004  (a fault of the page, not of a type)
    return [link for one in files if isinstance(one, dict) and (link := _json_link(one, base))]


def _json_link(one: Mapping[str, Any], base: str) -> FileLink | None:
    filename, address = one.get("filename"), one.get("url")
    if not isinstance(filename, str) or not isinstance(address, str):
        return None
    metadata = one.get("core-metadata") or one.get("data-dist-info-metadata")
    size = one.get("size")
    return FileLink(
        filename=filename,
        url=urljoin(base, address),
        hashes=_hashes(one.get("hashes")),
        size=size if isinstance(size, int) and size >= 0 else None,
        metadata_hash=next(iter(_hashes(metadata)), None),
        yanked=bool(one.get("yanked")),
    )


def _hashes(given: object) -> tuple[str, ...]:
    if not isinstance(given, dict):
        return ()
    return tuple(
        f"{name}:{digest.lower()}"
        for name, digest in given.items()
        if isinstance(digest, str) and len(digest) == HASHES.get(name)
    )


def _from_html(text: str, base: str) -> list[FileLink]:
    page = _Page(base)
    page.feed(text)
    page.close()
    return page.found


class _Page(HTMLParser):
    """Collects the links of an HTML page."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base
        self.found: list[FileLink] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "base" and given.get("href"):
            moved = urljoin(self._base, given["href"] or "")
            if urlsplit(moved).scheme in {"http", "https", urlsplit(self._base).scheme}:
                self._base = moved
        if tag != "a" or not given.get("href"):
            return
        address, _, fragment = urljoin(self._base, given["href"] or "").partition("#")
        algorithm, _, digest = fragment.partition("=")
        metadata = (given.get("data-core-metadata") or given.get("data-dist-info-metadata") or "").replace(
            "=", ":"
        )
        self.found.append(
            FileLink(
                filename=unquote(urlsplit(address).path.rsplit("/", 1)[-1]),
                url=address,
                hashes=_hashes({algorithm: digest}),
                metadata_hash=metadata.lower() if metadata.startswith("sha256:") else None,
                yanked="data-yanked" in given,
            )
        )
