"""Manifests that declare a license. To add one: write the module, add one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from checker.subjects.scan.manifests import (
    cargo_toml,
    model_card,
    package_json,
    pyproject,
    sbom,
    setup_cfg,
)
from checker.subjects.scan.model import Declared, Unread

Read = Callable[[str, str], tuple[tuple[Declared, ...], tuple[Unread, ...]]]
"""(text, path) -> what it declares, and what could not be understood."""

MAX_BYTES = 20_000_000
"""A longer manifest is not read."""

MANIFESTS: Mapping[str, Read] = MappingProxyType(
    {
        r"pyproject\.toml": pyproject.read,
        r"setup\.cfg": setup_cfg.read,
        r"package\.json": package_json.read,
        r"Cargo\.toml": cargo_toml.read,
        r"README\.md": model_card.read,
        r"(?:bom|sbom)\.json|.+\.(?:cdx|spdx|spdx3)\.json": sbom.read,
    }
)
"""Pattern of the file's name -> how it is read."""

_NAMES = re.compile("|".join(f"(?:{pattern})" for pattern in MANIFESTS))
LISTS = re.compile(
    r"(?:.*[-_.])?requirements(?:[-_.].*)?\.(?:txt|in)|constraints.*\.txt|(?:uv|poetry|pdm)\.lock|Pipfile\.lock"
    r"|pylock(?:\.[^.]+)?\.toml|environment\.ya?ml"
)
"""Names of requirement lists: `openverdict requirements` audits them."""


def is_manifest(name: str) -> bool:
    """Say whether a file of this name is read as a manifest."""
    return _NAMES.fullmatch(name) is not None


def read_manifest(text: str, path: str) -> tuple[tuple[Declared, ...], tuple[Unread, ...]]:
    """Read a manifest by its name.

    Args:
        text: The file.
        path: For evidence, POSIX form.
    """
    name = path.rsplit("/", 1)[-1]
    read = next(read for pattern, read in MANIFESTS.items() if re.fullmatch(pattern, name))
    return read(text, path)
