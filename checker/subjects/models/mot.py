"""Release files of the Model Openness Tool, read as they are: the flat form and the one with shared licenses.

A component's license is its own; else the release's license for its kind (code, data, document); else the
release's license for the whole distribution; else it has none. `Component not included` means missing,
`unlicensed` and `License not specified` mean none. Source: lfai/model_openness_tool, models/ and
src/ModelEvaluator.php.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checker.domain.release import Access, Component, Presence, Producer, Release, Source
from checker.errors import InputRefused
from checker.evaluate.mof import KIND

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from checker.knowledge.yaml_text import Plain

NAMES: Final = {
    "model architecture": "architecture",
    "model parameters (final)": "parameters-final",
    "model parameters (intermediate)": "parameters-intermediate",
    "training code": "training-code",
    "inference code": "inference-code",
    "evaluation code": "evaluation-code",
    "data preprocessing code": "preprocessing-code",
    "supporting libraries and tools": "supporting-libraries",
    "datasets": "datasets",
    "evaluation data": "evaluation-data",
    "data card": "data-card",
    "model card": "model-card",
    "technical report": "technical-report",
    "research paper": "research-paper",
    "evaluation results": "evaluation-results",
    "sample model outputs": "sample-outputs",
    "model metadata": "metadata",
}
"""What the tool calls a component -> our name for it."""
_MISSING: Final = ("component not included", "component not include", "not included")
_NONE: Final = ("", "unlicensed", "license not specified", "none", "undisclosed", "pending evaluation")
_HUB: Final = "huggingface.co/"


def is_release_file(data: Plain) -> bool:
    """Say whether a YAML document is a release file of that tool."""
    return (
        isinstance(data, dict)
        and isinstance(data.get("framework"), dict)
        and isinstance(data.get("release"), dict)
    )


def read_release(data: Mapping[str, Plain], name: str, license_of: Callable[[str], str | None]) -> Release:
    """Turn a release file into a release.

    Args:
        data: The YAML document.
        name: How messages call it.
        license_of: The license id of a name as written; None for one that nobody knows.

    Raises:
        InputRefused: the parts that make a release are missing or have the wrong type.
    """
    release = data.get("release")
    if not isinstance(release, dict) or not isinstance(release.get("components"), list):
        raise InputRefused(
            f"{name} is no release file",
            why="`release:` with a list of `components:` is missing",
            fix="compare it with models/*.yml of the Model Openness Tool",
        )
    source = Source(id="mot-file", title=name, date="", trust="primary")
    listed = release["components"]
    components = tuple(
        _component(entry, release, source, license_of)
        for entry in (listed if isinstance(listed, list) else [])
        if _known(entry)
    )
    hub = str(release.get("huggingface") or "")
    identifier = hub.partition(_HUB)[2].strip("/") if _HUB in hub else ""
    return Release(
        id=identifier if identifier.count("/") == 1 else name,
        name=str(release.get("name") or name),
        producer=Producer(id="mot-file", name=str(release.get("producer") or ""), kind="unknown"),
        date=str(release.get("date") or "") or None,
        access=Access.UNKNOWN,
        components=components,
    )


def _known(entry: Plain) -> bool:
    return isinstance(entry, dict) and str(entry.get("name") or "").strip().lower() in NAMES


def _component(
    entry: Plain, release: Mapping[str, Plain], source: Source, license_of: Callable[[str], str | None]
) -> Component:
    """Read one component with the license that applies to it."""
    given: Mapping[str, Plain] = entry if isinstance(entry, dict) else {}
    name = NAMES[str(given.get("name")).strip().lower()]
    own = _name(given.get("license")) or _name(given.get("license_name"))
    if own.lower() in _MISSING:
        return Component(id=name, state=Presence.ABSENT, source=source)
    stated = own if own.lower() not in _NONE else _shared(release, name)
    if stated.lower() in _NONE:
        return Component(id=name, state=Presence.PRESENT, terms="none", source=source)
    found = license_of(stated)
    if found is None:
        return Component(id=name, state=Presence.PRESENT, terms="not-open", stated_as=stated, source=source)
    return Component(id=name, state=Presence.PRESENT, license=found, source=source)


def _shared(release: Mapping[str, Plain], component: str) -> str:
    """Return the release's license for this kind of component, else for the whole distribution."""
    shared = release.get("license")
    if not isinstance(shared, dict):
        return _name(shared)
    kind = KIND.get(component, "document")
    return _name(shared.get(kind)) or _name(shared.get("distribution"))


def _name(value: Plain) -> str:
    """Return a license given as a word or as `{name: ..., path: ...}`."""
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else ""
