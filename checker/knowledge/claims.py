"""What the founding documents say, and which rules, features, cases and subjects answer to it.

Source: `seeds/claims.yaml`. Rules name claims (`claims:`) or parts of published definitions (`see:`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.knowledge.yaml_text import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that a document says, in our own words."""

    id: str
    document: str
    """File name of the document."""
    title: str
    """Title of the document."""
    says: str
    stated: bool
    """False where it is our conclusion from what the document says."""
    rules: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    fixtures: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A published definition, or one part of it: `OSD-5`, `FSF-0`, `OSAID-data`."""

    id: str
    title: str
    url: str


class Claims:
    """The claims and definitions, asked by id.

    Args:
        content: `seeds/claims.yaml` as the store gives it.
    """

    def __init__(self, content: Mapping[str, Plain]) -> None:
        self._content = content

    @cached_property
    def all(self) -> dict[str, Claim]:
        """Claim id -> claim, in the order of the file."""
        listed = self._content.get("claims")
        documents = _mapping(self._content.get("documents"))
        entries = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        return {str(entry["id"]): _claim(entry, documents) for entry in entries}

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """Id of a definition or of one of its parts -> what it is; `OSAID` and `OSAID-use` are both in it."""
        found: dict[str, Definition] = {}
        for name, entry in _mapping(self._content.get("definitions")).items():
            fields = _mapping(entry)
            title, url = str(fields["title"]), str(fields["url"])
            found[name] = Definition(id=name, title=title, url=url)
            for part in _strings(fields.get("parts")):
                found[f"{name}-{part}"] = Definition(id=f"{name}-{part}", title=f"{title}, {part}", url=url)
        return found

    @cached_property
    def features(self) -> dict[str, str]:
        """Feature id -> what it does, in one line."""
        return {name: str(text) for name, text in _mapping(self._content.get("features")).items()}

    def of_rule(self, rule: str) -> tuple[Claim, ...]:
        """Return the claims that a rule answers to."""
        return tuple(claim for claim in self.all.values() if rule in claim.rules)


def _claim(entry: dict[str, Plain], documents: dict[str, Plain]) -> Claim:
    document = str(entry["document"])
    answered = _mapping(entry.get("answered_by"))
    return Claim(
        id=str(entry["id"]),
        document=document,
        title=str(_mapping(documents.get(document)).get("title") or ""),
        says=str(entry["says"]),
        stated=entry.get("status") == "stated",
        rules=_strings(answered.get("rules")),
        features=_strings(answered.get("features")),
        fixtures=_strings(answered.get("fixtures")),
        subjects=_strings(answered.get("subjects")),
    )


def _mapping(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _strings(value: Plain) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
