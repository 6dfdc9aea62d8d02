"""Building the index: license texts in, figures derived from them out. Slow, offline, rarely run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.knowledge.index.build.texts import collect
from checker.knowledge.index.build.write import shard_bytes
from checker.knowledge.store import data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from checker.knowledge.index.build.sources import Source

KNOWLEDGE_VERSION = "2026.11"
"""Rises with every committed index: what is known changed, so verdicts may."""


def build_shard(
    name: str, source: Source, corrections: Mapping[str, str], clean: Callable[[str], str]
) -> bytes:
    """Return the bytes of the shard `name` for the texts of one source; equal inputs give equal bytes."""
    entries, candidates = collect(source, corrections, clean)
    header = {"shard": name, "version": KNOWLEDGE_VERSION, "source": source.label}
    return shard_bytes(header, entries, candidates)


def renamed_keys() -> dict[str, str]:
    """Return the keys of the source whose texts have an SPDX id only since a newer list."""
    listed = data("spdx-ids")
    renamed = listed.get("renamed", {}) if isinstance(listed, dict) else {}
    return {str(key): str(value) for key, value in renamed.items()} if isinstance(renamed, dict) else {}
