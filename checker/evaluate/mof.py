"""The Model Openness Framework over one release: classes III, II, I and how far each is reached.

Two readings, which differ in what counts as an open license:

* `spec`: our own reading of the license, and a note where its kind does not fit the component (the
  specification 1.1 asks for open-source licenses on code, open-data licenses on data, open-content
  licenses on documents, as a SHOULD).
* `tool`: what the published tool counts: on FSF's or OSI's list, or on the tool's own list of data and
  content licenses, whatever the component. Its quirks are kept: PDDL-1.0 is not open (the list spells it
  ODC-PDDL-1.0), OpenMDW-1.0 is and 1.1 is not, WTFPL is because FSF lists it.

Source: arXiv 2403.13784, and src/ModelEvaluator.php, src/LicenseHandler.php of lfai/model_openness_tool.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from checker.domain.dataclass import dataclass
from checker.domain.release import Presence

if TYPE_CHECKING:
    from checker.domain.release import Component, Release

CLASS_NAMES: Final = {3: "III, Open Model", 2: "II, Open Tooling", 1: "I, Open Science"}
ADDED: Final[dict[int, tuple[str, ...]]] = {
    3: (
        "architecture",
        "parameters-final",
        "technical-report",
        "evaluation-results",
        "model-card",
        "data-card",
    ),
    2: ("training-code", "inference-code", "evaluation-code", "evaluation-data"),
    1: ("datasets", "preprocessing-code", "parameters-intermediate", "research-paper"),
}
"""What each class requires beyond the class before it."""
REPORT: Final = "technical-report"
PAPER: Final = "research-paper"
KIND: Final = {
    "architecture": "code", "training-code": "code", "inference-code": "code", "evaluation-code": "code",
    "preprocessing-code": "code", "supporting-libraries": "code", "parameters-final": "data",
    "parameters-intermediate": "data", "datasets": "data", "evaluation-data": "data", "metadata": "data",
}  # fmt: skip
"""Component -> code or data; everything else is a document."""

_DATA_LICENSES: Final = (
    "CC0-1.0",
    "CC-BY-",
    "CC-BY-SA-",
    "CDLA-",
    "ODC-By-1.0",
    "ODbL-1.0",
    "GFDL-1.3",
    "OGL-",
)
"""Licenses of data and content that the tool counts as open; an entry with a dash at its end is a prefix."""
_MODEL_LICENSE: Final = "OpenMDW-1.0"
_CONTENT: Final = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "GFDL-1.3", "CC-BY-3.0", "CC-BY-SA-3.0")
_DATA: Final = ("CDLA-", "ODC-By-1.0", "ODbL-1.0", "CC0-1.0", "PDDL-1.0", "CC-BY-4.0", "CC-BY-SA-4.0")
_UNFREE_PARTS: Final = ("-NC", "-ND")


class State:
    """What the framework calls a component: the four words of the tool."""

    INCLUDED = "included"
    INVALID = "invalid"
    UNLICENSED = "unlicensed"
    MISSING = "missing"


IsOpen = Callable[[str], bool | None]
"""License expression -> open, not open, or nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mof:
    """The class reached, the way to each class, and what stands in it."""

    reached: int | None
    """1, 2 or 3; None for none."""
    progress: tuple[tuple[int, float], ...]
    """(class, per cent) for 1, 2, 3; a class counts only when the ones before it are complete."""
    states: tuple[tuple[str, str], ...]
    """Required component -> included, invalid, unlicensed or missing."""
    unfit: tuple[tuple[str, str], ...]
    """(component, license) where the license is open and made for another kind of thing."""


def judge_mof(release: Release, is_open: IsOpen) -> Mof:
    """Classify a release.

    Args:
        release: Its components; one that no source mentions counts as missing, as the tool has it.
        is_open: `tool_open` for the tool's reading, or our own for the specification's.
    """
    states = {part.id: state(part, is_open) for part in release.components}
    paper_stands_in = states.get(PAPER, State.MISSING) != State.MISSING
    progress: dict[int, float] = {}
    complete = True
    required: list[str] = []
    for level in (3, 2, 1):
        required += ADDED[level]
        wanted = [name for name in required if not (level == 1 and name == REPORT and paper_stands_in)]
        met = sum(_counts(name, states, paper_stands_in=paper_stands_in) for name in wanted)
        progress[level] = round(100 * met / len(wanted), 1) if complete else 0.0
        complete = complete and met == len(wanted)
    reached = next((level for level in (1, 2, 3) if progress[level] == 100), None)  # noqa: PLR2004 - per cent
    return Mof(
        reached=reached,
        progress=tuple((level, progress[level]) for level in (1, 2, 3)),
        states=tuple((name, states.get(name, State.MISSING)) for level in (3, 2, 1) for name in ADDED[level]),
        unfit=tuple(
            (part.id, part.license)
            for part in release.components
            if part.license and states[part.id] == State.INCLUDED and not fits(part.id, part.license)
        ),
    )


def state(component: Component, is_open: IsOpen) -> str:
    """Return the tool's word for one component."""
    if component.state in {Presence.ABSENT, Presence.UNKNOWN}:
        return State.MISSING
    if component.terms == "none" or (component.license is None and component.terms is None):
        return State.UNLICENSED
    if component.license is None:
        return State.INCLUDED if component.terms == "open" else State.INVALID
    return State.INCLUDED if is_open(component.license) else State.INVALID


def tool_open(license_id: str, listed: Callable[[str], bool]) -> bool:
    """Say whether the published tool counts a license as open.

    Args:
        license_id: One SPDX id; an expression is never open there.
        listed: Whether OSI approves it or FSF calls it free.
    """
    if license_id == _MODEL_LICENSE or listed(license_id):
        return True
    return not any(part in license_id for part in _UNFREE_PARTS) and _on(license_id, _DATA_LICENSES)


def fits(component: str, license_id: str) -> bool:
    """Say whether a license is made for this kind of component (code, data, document)."""
    if license_id == _MODEL_LICENSE:
        return True
    kind = KIND.get(component, "document")
    if kind == "data":
        return _on(license_id, _DATA)
    documents = _on(license_id, _CONTENT) or license_id == "Apache-2.0"
    return documents if kind == "document" else not _on(license_id, (*_DATA, *_CONTENT))


def _counts(name: str, states: dict[str, str], *, paper_stands_in: bool) -> bool:
    """Say whether a required component is there; a paper speaks for a report that is not."""
    if name == REPORT and states.get(REPORT) != State.INCLUDED and paper_stands_in:
        return states.get(PAPER) == State.INCLUDED
    return states.get(name) == State.INCLUDED


def _on(license_id: str, entries: tuple[str, ...]) -> bool:
    return any(
        license_id.startswith(entry) if entry.endswith("-") else license_id == entry for entry in entries
    )
