"""The Open Source AI Definition 1.0 over one release: three elements, three values each.

A license file can refute the definition and never prove it: whether the data information is enough for a
skilled person is found by people. OSI's own validation is such a finding; without one, `meets` is out of
reach. Source: opensource.org/ai, sections "Preferred form" and "Open Source models and weights".
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from checker.domain.dataclass import dataclass
from checker.domain.freedoms import Verdict
from checker.domain.release import Access, DataInformation, Presence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.domain.release import Component, Release, Source, Statement


class Meets(Enum):
    """How one element, or the whole, fares."""

    MEETS = "meets"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Osaid:
    """The answer and its three elements, each with the reason."""

    verdict: Meets
    data_information: Meets
    code: Meets
    parameters: Meets
    reasons: tuple[tuple[str, str], ...]
    """(element, why), one for each element and one `osi` where OSI has spoken."""


_OSI: Final = "OSI"


def judge_osaid(release: Release, parameters: Verdict, open_parts: Mapping[str, bool | None]) -> Osaid:
    """Say whether a model release meets the definition.

    Args:
        release: Facts with their sources.
        parameters: Verdict of the final parameters, lineage included, under the policy `osaid`.
        open_parts: Component -> is its license open; None where nobody knows.
    """
    spoke = next((said for said in release.says if said.who == _OSI and said.verdict in _SPOKEN), None)
    passed = spoke is not None and spoke.verdict == "passed"
    params, why_params = _parameters(release, parameters)
    code, why_code = _code(release, open_parts, spoke, passed=passed)
    data, why_data = _data(release, spoke, passed=passed)
    reasons = [("parameters", why_params), ("code", why_code), ("data_information", why_data)]
    if spoke is not None:
        reasons.append(("osi", f"OSI{_on(spoke)}: {spoke.says}"))
    elements = (params, code, data)
    if Meets.FAILS in elements or (spoke is not None and spoke.verdict == "failed"):
        verdict = Meets.FAILS
    else:
        verdict = Meets.UNKNOWN if Meets.UNKNOWN in elements else Meets.MEETS
    return Osaid(verdict=verdict, data_information=data, code=code, parameters=params, reasons=tuple(reasons))


_SPOKEN: Final = frozenset({"passed", "failed", "would-pass"})
_BY_VERDICT: Final = {
    Verdict.OPEN: (Meets.MEETS, "the terms of the parameters are open"),
    Verdict.RESTRICTED: (Meets.FAILS, "the terms of the parameters leave people, purposes or places out"),
    Verdict.CLOSED: (Meets.FAILS, "the terms of the parameters do not grant what the definition asks for"),
    Verdict.UNKNOWN: (Meets.UNKNOWN, "the terms of the parameters are not settled"),
}


def _parameters(release: Release, verdict: Verdict) -> tuple[Meets, str]:
    if release.access is Access.API:
        return Meets.FAILS, "the parameters are not handed out"
    return _BY_VERDICT[verdict]


def _code(
    release: Release, open_parts: Mapping[str, bool | None], spoke: Statement | None, *, passed: bool
) -> tuple[Meets, str]:
    if passed and spoke is not None:
        return Meets.MEETS, f"validated by OSI{_on(spoke)}"
    training = release.component("training-code")
    state = Presence.ABSENT if release.access is Access.API else training.state
    if release.access is not Access.API and _doubtful(training.source) and state is not Presence.UNKNOWN:
        words = {Presence.ABSENT: "is not published", Presence.PARTIAL: "is published in part"}
        said = words.get(state, "is published")
        return (
            Meets.UNKNOWN,
            f"the code that trained it {said}, says a source that is not relied on{_by(training)}",
        )
    if state in _CODE:
        result, why = _CODE[state]
        return result, why + _by(training)
    parts = [open_parts.get(name) for name in ("training-code", "inference-code", "preprocessing-code")]
    if parts[0] is False:
        return (
            Meets.FAILS,
            f"the code that trained it is published under terms that are not open{_by(training)}",
        )
    if all(parts):
        return Meets.MEETS, f"training, preprocessing and inference code are open{_by(training)}"
    return (
        Meets.UNKNOWN,
        f"code is published{_by(training)}; whether all of it is there and open is not settled",
    )


_CODE: Final = {
    Presence.ABSENT: (Meets.FAILS, "the code that trained it is not published"),
    Presence.PARTIAL: (
        Meets.UNKNOWN,
        "only a part of the code that trained it is published; whether that suffices is not settled",
    ),
    Presence.UNKNOWN: (Meets.UNKNOWN, "no source says whether the code that trained it is published"),
}
_DATA: Final = {
    DataInformation.NONE: (
        Meets.FAILS,
        "nothing that would let a skilled person rebuild the training data is published",
    ),
    DataInformation.DESCRIBED: (
        Meets.UNKNOWN,
        "the training data is described; whether that suffices nobody has attested",
    ),
    DataInformation.OBTAINABLE: (
        Meets.UNKNOWN,
        "the training data can be obtained; that the information suffices nobody has attested",
    ),
    DataInformation.OPEN: (
        Meets.UNKNOWN,
        "the training data is said to be open; that the information suffices nobody has attested",
    ),
    DataInformation.UNKNOWN: (Meets.UNKNOWN, "no source says what is known of the training data"),
}


def _data(release: Release, spoke: Statement | None, *, passed: bool) -> tuple[Meets, str]:
    if passed and spoke is not None:
        return Meets.MEETS, f"validated by OSI{_on(spoke)}"
    if release.attested_by:
        return Meets.MEETS, f"attested by {release.attested_by}"
    result, why = _DATA[release.data_information]
    if result is Meets.FAILS and _doubtful(release.data_source) and release.access is not Access.API:
        result = Meets.UNKNOWN
    return result, why + (f" ({release.data_source.title})" if release.data_source else "")


def _doubtful(source: Source | None) -> bool:
    """Say whether a source is one with many errors, or somebody's memory: it settles nothing by itself."""
    return source is not None and not source.firm


def _by(component: Component) -> str:
    return f" ({component.source.title})" if component.source else ""


def _on(said: Statement) -> str:
    return f" on {said.source.date}" if said.source else ""
