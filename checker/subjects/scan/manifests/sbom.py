"""CycloneDX and SPDX documents: what they state for their components, grouped by what is stated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import InputRefused
from checker.subjects.scan.model import Declared, Unread

if TYPE_CHECKING:
    from checker.subjects.requirements.model import Listing


def read(text: str, path: str) -> tuple[tuple[Declared, ...], tuple[Unread, ...]]:
    """Read the components; one `Declared` for each thing that is stated, named after its components."""
    # The readers of requirement lists bring packaging with them, which only an SBOM needs.
    from checker.subjects.requirements.inputs.common import Context  # noqa: PLC0415
    from checker.subjects.requirements.inputs.sbom import read_cyclonedx, read_spdx  # noqa: PLC0415

    reader = read_cyclonedx if '"bomFormat"' in text else read_spdx
    try:
        listing: Listing = reader(text, Context(source=path, folder=Path(path).parent))
    except InputRefused as refused:
        return (), (Unread(source=path, why=refused.why),)
    stated: dict[str, list[tuple[str, int]]] = {}
    for wanted in listing.wanted:
        if wanted.stated:
            stated.setdefault(wanted.stated, []).append((wanted.label, wanted.origin.line))
    return tuple(
        Declared(source=path, words=words, line=named[0][1], of=_names([name for name, _ in named]))
        for words, named in sorted(stated.items())
    ), ()


def _names(names: list[str]) -> str:
    """Name the first component and count the others."""
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1:,} more"
