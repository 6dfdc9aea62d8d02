"""Models named by an AI bill of materials: CycloneDX (JSON) and the AI profile of SPDX 3 (JSON-LD).

CycloneDX: components of type `machine-learning-model`, licenses with `acknowledgement` declared or
concluded. SPDX 3: `ai_AIPackage` elements, joined to licenses by `hasDeclaredLicense` and
`hasConcludedLicense` relationships.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import unquote

from checker.domain.dataclass import dataclass
from checker.errors import InputRefused

MAX_COMPONENTS: Final = 20_000
"""Components looked at, nested ones included."""
_MODEL: Final = "machine-learning-model"
_HUB: Final = "pkg:huggingface/"
_LISTED: Final = "https://spdx.org/licenses/"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One model that a document names."""

    name: str
    """Hub id where a package URL gives it, else the name as written."""
    version: str | None = None
    declared: tuple[str, ...] = ()
    """License ids, names or expressions as written."""
    concluded: tuple[str, ...] = ()


def is_cyclonedx(data: object) -> bool:
    """Say whether a JSON document is a CycloneDX BOM."""
    return isinstance(data, dict) and data.get("bomFormat") == "CycloneDX"


def is_spdx3(data: object) -> bool:
    """Say whether a JSON document is an SPDX 3 graph."""
    return isinstance(data, dict) and isinstance(data.get("@graph"), list)


def read_cyclonedx(data: Json) -> tuple[Named, ...]:
    """Return the models of a CycloneDX BOM, in its order.

    Raises:
        InputRefused: it holds more components than are read.
    """
    metadata = data.get("metadata")
    top = metadata.get("component") if isinstance(metadata, dict) else None
    waiting = [*([top] if top else []), *_list(data.get("components"))]
    found: list[Named] = []
    count = 0
    while waiting:
        component = waiting.pop(0)
        count += 1
        if count > MAX_COMPONENTS:
            raise InputRefused(
                "the bill of materials is too long",
                why=f"it names more than {MAX_COMPONENTS:,} components",
                fix="split it",
            )
        if not isinstance(component, dict):
            continue
        waiting += _list(component.get("components"))
        if component.get("type") == _MODEL:
            found.append(_named(component))
    return tuple(found)


def _named(component: Json) -> Named:
    declared: list[str] = []
    concluded: list[str] = []
    for entry in _list(component.get("licenses")):
        if not isinstance(entry, dict):
            continue
        inner = entry.get("license")
        held = inner if isinstance(inner, dict) else entry
        text = held.get("id") or held.get("name") or entry.get("expression")
        if isinstance(text, str) and text.strip():
            (concluded if held.get("acknowledgement") == "concluded" else declared).append(text.strip()[:500])
    group, name = component.get("group"), str(component.get("name") or "")[:300]
    purl_name, purl_version = _purl(component.get("purl"))
    version = purl_version or component.get("version")
    return Named(
        name=purl_name
        or (f"{group}/{name}" if isinstance(group, str) and group and "/" not in name else name),
        version=str(version) if version else None,
        declared=tuple(declared),
        concluded=tuple(concluded),
    )


def read_spdx3(data: Json) -> tuple[Named, ...]:
    """Return the models of an SPDX 3 graph, in its order."""
    graph = [element for element in _list(data.get("@graph"))[:MAX_COMPONENTS] if isinstance(element, dict)]
    licenses = {_id(element): text for element in graph if (text := _license(element))}
    declared: dict[str, list[str]] = {}
    concluded: dict[str, list[str]] = {}
    for element in graph:
        kind = element.get("relationshipType")
        place = (
            declared if kind == "hasDeclaredLicense" else concluded if kind == "hasConcludedLicense" else None
        )
        origin = element.get("from")
        if place is not None and isinstance(origin, str):
            place.setdefault(origin, []).extend(
                licenses.get(str(to)) or str(to).removeprefix(_LISTED) for to in _list(element.get("to"))
            )
    return tuple(
        Named(
            name=_purl(element.get("software_packageUrl") or element.get("packageUrl"))[0]
            or str(element.get("name") or "")[:300],
            version=str(element.get("software_packageVersion") or "") or None,
            declared=tuple(declared.get(_id(element), ())),
            concluded=tuple(concluded.get(_id(element), ())),
        )
        for element in graph
        if str(element.get("type")) in {"ai_AIPackage", "AIPackage"}
    )


def _license(element: Json) -> str | None:
    """Return what an SPDX license element names."""
    text = element.get("simplelicensing_licenseExpression") or element.get("licenseExpression")
    if isinstance(text, str):
        return text
    if "License" in str(element.get("type")):
        identifier = _id(element)
        return (
            identifier.removeprefix(_LISTED)
            if identifier.startswith(_LISTED)
            else str(element.get("name") or "") or None
        )
    return None


def _purl(purl: object) -> tuple[str | None, str | None]:
    """Return Hub id and revision of a `pkg:huggingface/` package URL."""
    if not isinstance(purl, str) or not purl.lower().startswith(_HUB):
        return None, None
    path = purl[len(_HUB) :].partition("?")[0].partition("#")[0]
    name, _, version = path.partition("@")
    return unquote(name), unquote(version) or None


def _id(element: Json) -> str:
    return str(element.get("spdxId") or element.get("@id") or "")


def _list(value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
