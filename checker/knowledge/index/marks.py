"""SPDX ids by any spelling, and the addresses at which licenses stand."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from checker.knowledge.aliases import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_SUFFIX = re.compile(r"(?:\.(?:html?|php|txt|en|md|json))+$")


class Marks:
    """How a license is pointed at without its words; each table is made when first asked for."""

    def __init__(
        self, license_ids: Iterable[str], names: Iterable[str], seeds: Callable[[str], object]
    ) -> None:
        """Remember where the tables come from.

        Args:
            license_ids: the ids of the index.
            names: the sections `names` of its shards: a line is a name as `aliases.normal` writes it, a
                tab, and the id.
            seeds: gives the plain data of `spdx-ids`, `urls` and `aliases`.
        """
        self._license_ids = license_ids
        self._name_sections = names
        self._seeds = seeds

    def _seed(self, kind: str) -> dict[str, Any]:
        given = self._seeds(kind)
        return given if isinstance(given, dict) else {}

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """Lower-case id -> the id, or the expression that the list says to write for a deprecated one."""
        listed = self._seed("spdx-ids")
        ids = {license_id.lower(): license_id for license_id in self._license_ids}
        ids |= {name.lower(): name for name in listed.get("names_only", ())}
        return ids | {old.lower(): new for old, new in listed.get("deprecated", {}).items()}

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Beginning of an address, lower case, without scheme and `www.` -> id."""
        addresses: dict[str, str] = self._seed("urls").get("addresses", {})
        return addresses

    @cached_property
    def id_pages(self) -> tuple[str, ...]:
        """Addresses after which an id stands."""
        return tuple(self._seed("urls").get("id_pages", ()))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Name, as `aliases.normal` writes it -> id. Names that may mean several licenses are not here."""
        given = self._seed("aliases")
        names: dict[str, str] = {}
        for section in self._name_sections:
            for line in section.split("\n"):
                name, _, license_id = line.partition("\t")
                names.setdefault(name, license_id)
        names |= {
            normal(name): meant for meant, listed in given.get("aliases", {}).items() for name in listed
        }
        for name in given.get("ambiguous", {}):
            names.pop(normal(name), None)
        names.pop("", None)
        return names

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words with which names begin."""
        return frozenset(name.split(" ", 1)[0] for name in self.names)

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
