"""License tags of the Hugging Face Hub: not SPDX ids, some of them families, one a trap.

Source: seeds/hub-licenses.yaml; names written beside `license: other` come from seeds/licenses/ (`hub:`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

from checker.domain.dataclass import dataclass
from checker.knowledge import store

if TYPE_CHECKING:
    from checker.knowledge.curated import CuratedLicenses

_OTHER: Final = frozenset({"other", "unknown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What a license tag stands for."""

    written: str
    license: str | None = None
    """One license; None for a family, for `other`, and for a tag that nobody knows."""
    family: tuple[str, ...] = ()
    """Licenses it may stand for."""
    look: bool = False
    """It says: look at the name and the file."""
    known: bool = True
    note: str = ""


class HubTags:
    """The table of tags, and the names of licenses that have none."""

    def __init__(self, tags: dict[str, Any], curated: CuratedLicenses) -> None:
        self._tags = tags
        self._curated = curated

    @classmethod
    def load(cls, curated: CuratedLicenses) -> HubTags:
        """Read the compiled seeds."""
        data = cast("dict[str, Any]", store.data("hub-licenses"))
        return cls(data.get("tags", {}), curated)

    def read(self, tag: str, license_name: str | None = None) -> Tag:
        """Say what a tag stands for.

        Args:
            tag: The value of `license:` as written.
            license_name: The value of `license_name:`, which counts where the tag is `other` or `unknown`.
        """
        written = tag.strip()
        low = written.lower()
        if low in _OTHER:
            named = self._names.get(_plain(license_name)) if license_name else None
            if named is None or len(named) != 1:
                return Tag(written=license_name or written, family=tuple(named or ()), look=True)
            return Tag(written=license_name or written, license=named[0], look=True)
        entry = self._tags.get(low)
        if entry is None:
            return Tag(written=written, known=False)
        return Tag(
            written=written,
            license=entry.get("license"),
            family=tuple(entry.get("family", ())),
            note=entry.get("note", ""),
        )

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """License names on the Hub -> licenses known under that name."""
        found: dict[str, list[str]] = {}
        for license_id in self._curated:
            known = self._curated.get(license_id)
            for name in known.hub if known else ():
                found.setdefault(_plain(name), []).append(license_id)
        return found


def _plain(name: str) -> str:
    return "-".join(name.lower().replace("_", "-").split())
