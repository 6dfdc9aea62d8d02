"""The sentences that make the rules about a release concrete: which base, which element, which component."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checker.evaluate.mof import ADDED, State

if TYPE_CHECKING:
    from checker.domain.release import Release
    from checker.evaluate.lineage import Lineage, Link
    from checker.evaluate.mof import Mof
    from checker.evaluate.osaid import Osaid

Sentences = tuple[tuple[str, str], ...]
"""(rule id, sentence) pairs."""

_ELEMENTS: Final = (
    ("parameters", "parameters"),
    ("code", "code"),
    ("data_information", "data-information"),
)
"""Element of the definition -> the rules about it."""
_FIRST_CLASS: Final = 3
"""The class without which no other is reached."""


def sentences(release: Release, lineage: Lineage, osaid: Osaid | None, mof: Mof | None) -> Sentences:
    """Return what to say for each rule that may speak of this release."""
    return (*_of_lineage(lineage), *_of_record(release), *_of_osaid(osaid), *_of_mof(mof))


def _of_lineage(lineage: Lineage) -> Sentences:
    found = []
    told = [link for link in lineage.restricting if link.enters]
    if told:
        found.append(("lineage/inherited", " ".join(_enters(link) for link in told)))
    if lineage.unknown:
        names = ", ".join(link.base.label for link in lineage.unknown)
        sentence = f"It was made from {names}, and nobody here knows under which terms that stands."
        found.append(("lineage/base-unknown", sentence))
    if lineage.incompatible:
        first, second = lineage.incompatible
        sentence = f"{first} asks that the whole stay under its terms, and {second} adds limits to them."
        found.append(("lineage/incompatible", sentence))
    return tuple(found)


def _enters(link: Link) -> str:
    license_id = link.result.expression if link.result else ""
    start = f"From {link.base.label} ({link.base.relation.value}), under {license_id}"
    return f"{start}, come {', '.join(link.enters)}."


def _of_record(release: Release) -> Sentences:
    found = []
    if not release.firm_pattern and release.stands_for:
        sentence = f"This checkpoint itself is not recorded; {release.stands_for} stands for its family."
        found.append(("release/family-assumed", sentence))
    if len(release.history) > 1:
        steps = "; ".join(f"from {change.since} {change.license}" for change in release.history)
        found.append(("release/license-changed", f"The license of this release changed over time: {steps}."))
    return tuple(found)


def _of_osaid(osaid: Osaid | None) -> Sentences:
    if osaid is None:
        return ()
    why = dict(osaid.reasons)
    found = []
    for element, rule in _ELEMENTS:
        sentence = f"OSAID 1.0, {element.replace('_', ' ')}: {why[element]}."
        found += [(f"osaid/{rule}", sentence), (f"osaid/{rule}-unknown", sentence)]
    if "osi" in why:
        found.append(("osaid/osi", f"{why['osi']}."))
    return tuple(found)


def _of_mof(mof: Mof | None) -> Sentences:
    lacking = [
        f"{name} ({state})"
        for name, state in (mof.states if mof else ())
        if state != State.INCLUDED and name in ADDED[_FIRST_CLASS]
    ]
    if not lacking:
        return ()
    sentence = f"No class of the Model Openness Framework is reached; class III lacks {', '.join(lacking)}."
    return (("mof/unclassified", sentence),)
