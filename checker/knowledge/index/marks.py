"""SPDX ids by any spelling, and the addresses at which licenses stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checker.domain.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUFFIX = re.compile(r"(?:\.(?:html?|php|txt|en|md|json))+$")


@dataclass(frozen=True, slots=True)
class Marks:
    """How a license is pointed at without its words."""

    ids: Mapping[str, str]
    """Lower-case id -> the id, or the expression that the list says to write for a deprecated one."""
    addresses: Mapping[str, str]
    """Beginning of an address, lower case, without scheme and `www.` -> id."""
    id_pages: tuple[str, ...]
    """Addresses after which an id stands."""

    def by_id(self, written: str) -> str | None:
        """Return the id, or the expression for a deprecated one; None for what is no id."""
        lowered = written.lower()
        found = self.ids.get(lowered)
        if found is None and lowered.endswith("+"):
            base = self.ids.get(lowered[:-1])
            found = None if base is None else _or_later(base)
        return found

    def by_address(self, address: str) -> str | None:
        """Return the license that stands at an address written in a text."""
        plain = address.lower().rstrip(".,;:/)'\"")
        plain = plain.split("://", 1)[-1].removeprefix("www.").split("#", 1)[0].split("?", 1)[0].rstrip("/")
        for page in self.id_pages:
            if plain.startswith(page):
                found = self.by_id(_SUFFIX.sub("", plain[len(page) :]))
                if found is not None:
                    return found
        best = ""
        for beginning in self.addresses:
            if (
                plain.startswith(beginning)
                and len(beginning) > len(best)
                and not plain[len(beginning) :][:1].isalnum()
            ):
                best = beginning
        return self.addresses.get(best)


def _or_later(base: str) -> str:
    if base.endswith("-only"):
        return base.removesuffix("-only") + "-or-later"
    return base if base.endswith("-or-later") else f"{base}+"
