"""Names of licenses in the wild -> SPDX ids; a name that may mean several is never resolved.

Names are compared after normalisation: case, punctuation and words such as "the", "license", "version" do
not count, `2` and `2.0` are one, `+` and "or any later version" are "or later". Source: `seeds/aliases.yaml`
and the ids and names of the SPDX list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.knowledge.authorities import Authorities
    from checker.knowledge.yaml_text import Plain

MAX_NAME: Final = 200
"""Characters of a name that are looked at; what is longer is a text and no name."""

_URL: Final = re.compile(
    r"^(?:https?://)?(?:www\.)?([a-z0-9.-]+\.[a-z]{2,}/\S*|unlicense\.org|mit-license\.org)$"
)
_URL_TAIL: Final = re.compile(r"(?:\.(?:txt|html?|php|md))?/?(?:#\S*)?$")
_LATER: Final = re.compile(
    r"\+|\b(?:and|or)[ -]?(?:any[ -])?(?:later|newer|above|higher|greater)(?:[ -]versions?)?(?=$|[^a-z])"
)
_AT_LEAST: Final = re.compile(r">=\s*([0-9][0-9.]*)")
_WORD: Final = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)*")
FILLER: Final = frozenset(
    {
        "the",
        "license",
        "licence",
        "licenses",
        "licensed",
        "version",
        "ver",
        "v",
        "under",
        "terms",
        "of",
        "a",
        "only",
    }
)
_JOIN: Final = re.compile(
    r"\s+(and|or)\s+(?!(?:any\s+)?(?:later|newer|above|higher|greater)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a name stands for: an expression, or candidates, or nothing known."""

    name: str
    expression: str | None = None
    """SPDX expression, when the name means one thing."""
    candidates: tuple[str, ...] = ()
    """What an ambiguous name may mean; empty where it names no license at all."""
    why: str = ""
    """Why it was not resolved, as a clause without a capital or a full stop."""
    nearest: tuple[str, ...] = ()
    """Known names like an unknown one, best first."""

    @property
    def ambiguous(self) -> bool:
        """Whether the name is known and means no single license."""
        return self.expression is None and bool(self.why)


class Aliases:
    """The names of `seeds/aliases.yaml` and of the SPDX list; tables are built when first asked for.

    Args:
        content: The file as the store gives it.
        authorities: For ids, full names and deprecated ids.
    """

    def __init__(self, content: Mapping[str, Plain], authorities: Authorities) -> None:
        self._content = content
        self._authorities = authorities

    def resolve(self, name: str) -> Resolved:
        """Say what one license name, URL or PyPI classifier stands for.

        Names joined by "or" or "and" resolve when each part does. Expressions are not parsed here: whoever
        has one tries the parser of expressions first.

        Args:
            name: As written in some metadata; longer than `MAX_NAME` characters is not looked at.
        """
        given = " ".join(name.split())
        if not given or len(given) > MAX_NAME:
            return Resolved(name=given[:MAX_NAME])
        return self._known(given) or self._joined(given) or Resolved(name=given, nearest=self._nearest(given))

    def _known(self, given: str) -> Resolved | None:
        """Look a name up as a classifier, an id, or a name."""
        if given.casefold().startswith("license ::"):
            return self._meaning(given, self._classifiers.get(given.casefold()))
        if given.startswith("LicenseRef-"):
            return Resolved(name=given, expression=self._authorities.current(given))
        spelled = self._ids.get(given.casefold())
        if spelled is not None:
            return Resolved(name=given, expression=self._authorities.current(spelled))
        return self._meaning(given, self._names.get(normal(given)))

    def _joined(self, given: str) -> Resolved | None:
        """Resolve `A or B`, `A and B`: one joining word throughout, every part known."""
        parts = _JOIN.split(given)
        words = {word.upper() for word in parts[1::2]}
        if len(words) != 1:
            return None
        found = [self._known(part) for part in parts[::2]]
        expressions = [one.expression for one in found if one is not None and one.expression]
        if len(expressions) != len(found):
            return None
        return Resolved(name=given, expression=f" {words.pop()} ".join(dict.fromkeys(expressions)))

    def _meaning(self, given: str, meaning: Plain) -> Resolved | None:
        if isinstance(meaning, str):
            return Resolved(name=given, expression=self._authorities.current(meaning))
        if isinstance(meaning, dict):
            candidates = meaning.get("candidates")
            listed = tuple(str(one) for one in candidates) if isinstance(candidates, list) else ()
            return Resolved(
                name=given, candidates=listed, why=str(meaning.get("why") or "names no single license")
            )
        return None

    def _nearest(self, given: str, limit: int = 3) -> tuple[str, ...]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - 30 ms that only an unknown name pays

        found = process.extract(
            normal(given), list(self._shown), scorer=fuzz.ratio, score_cutoff=75, limit=limit
        )
        return tuple(dict.fromkeys(self._shown[key] for key, _, _ in found))

    @cached_property
    def _classifiers(self) -> dict[str, Plain]:
        return {key.casefold(): value for key, value in _mapping(self._content.get("classifiers")).items()}

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {name.casefold(): name for name in self._authorities.names}

    @cached_property
    def _names(self) -> dict[str, Plain]:
        """Normalised name -> id, or the ambiguous entry; what the seeds say wins over SPDX names."""
        names: dict[str, Plain] = {}
        for license_id, full in self._authorities.names.items():
            if license_id not in self._authorities.deprecated:
                names.setdefault(normal(full), license_id)
                names.setdefault(normal(license_id), license_id)
        for license_id, listed in _mapping(self._content.get("aliases")).items():
            for one in listed if isinstance(listed, list) else ():
                names[normal(str(one))] = license_id
        for one, meaning in _mapping(self._content.get("ambiguous")).items():
            names[normal(one)] = meaning
        names.pop("", None)
        return names

    @cached_property
    def _shown(self) -> dict[str, str]:
        """Normalised name -> how to show it to a person."""
        return {key: value if isinstance(value, str) else key for key, value in self._names.items()}


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """Return a name in the form in which names are compared; a URL keeps its host and path."""
    text = name.casefold().strip().strip("\"'")
    url = _URL.match(text)
    if url:
        return "url " + _URL_TAIL.sub("", url[1])
    text = _AT_LEAST.sub(r"\1 or later", text)
    text = _LATER.sub(" orlater ", text)
    words = [_number(word) for word in _WORD.findall(text)]
    kept = [word for word in words if word not in FILLER]
    return " ".join(kept or words)


def _number(word: str) -> str:
    """Write `2.0` and `2` alike; `2.0.1` stays."""
    return word.removesuffix(".0") if word.count(".") == 1 else word


def _mapping(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}
