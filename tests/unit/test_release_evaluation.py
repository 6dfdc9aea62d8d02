"""OSAID, the Model Openness Framework and lineage as functions of values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from checker.domain.freedoms import Freedom, Outcome, Verdict
from checker.domain.release import (
    Access,
    Base,
    Change,
    Component,
    DataInformation,
    Presence,
    Producer,
    Relation,
    Release,
    Source,
    Statement,
)
from checker.evaluate.lineage import MAX_LINKS, trace
from checker.evaluate.mof import ADDED, judge_mof, tool_open
from checker.evaluate.osaid import Meets, judge_osaid
from checker.evaluate.releases import Bench, judge_release
from checker.knowledge import Knowledge

KNOWLEDGE = Knowledge()
Find = Callable[[str], Release | None]
ANYONE = Producer(id="anyone", name="Anyone", kind="company")
OSI = Source(id="osi", title="OSI", date="2024-10-28", trust="primary")
REQUIRED = [name for names in ADDED.values() for name in names]


def release(name: str = "a/b", **given: object) -> Release:
    return Release(id=name, name=name, producer=ANYONE, **given)  # type: ignore[arg-type]


def parts(*names: str, license_id: str = "MIT") -> tuple[Component, ...]:
    return tuple(Component(id=name, state=Presence.PRESENT, license=license_id) for name in names)


def bench(find: Find = lambda _: None, policy: str = "four-freedoms") -> Bench:
    return Bench(
        policy=KNOWLEDGE.policy(policy),
        osaid=KNOWLEDGE.policy("osaid"),
        taxonomy=KNOWLEDGE.taxonomy,
        profile_of=KNOWLEDGE.profile,
        find=find,
        listed=lambda _: False,
        as_of=date(2026, 11, 22),
    )


def said(verdict: str) -> Statement:
    return Statement(who="OSI", says=verdict, verdict=verdict, source=OSI)


def test_nothing_but_a_validation_attests_data_information() -> None:
    open_code = {"training-code": True, "inference-code": True, "preprocessing-code": True}
    bare = release(components=parts(*open_code), data_information=DataInformation.OPEN)
    found = judge_osaid(bare, Verdict.OPEN, open_code)
    assert (found.verdict, found.code, found.data_information) == (Meets.UNKNOWN, Meets.MEETS, Meets.UNKNOWN)
    validated = judge_osaid(release(says=(said("passed"),)), Verdict.OPEN, {})
    assert validated.verdict is Meets.MEETS
    assert "2024-10-28" in dict(validated.reasons)["data_information"]


def test_a_validation_does_not_repair_the_license() -> None:
    assert judge_osaid(release(says=(said("passed"),)), Verdict.RESTRICTED, {}).verdict is Meets.FAILS


def test_what_osi_failed_fails() -> None:
    assert judge_osaid(release(says=(said("failed"),)), Verdict.OPEN, {}).verdict is Meets.FAILS
    assert judge_osaid(release(says=(said("would-pass"),)), Verdict.OPEN, {}).verdict is Meets.UNKNOWN


@pytest.mark.parametrize(
    ("state", "open_part", "expected"),
    [
        (Presence.ABSENT, None, Meets.FAILS),
        (Presence.PARTIAL, None, Meets.UNKNOWN),
        (Presence.PRESENT, None, Meets.UNKNOWN),
        (Presence.PRESENT, False, Meets.FAILS),
        (Presence.UNKNOWN, None, Meets.UNKNOWN),
    ],
)
def test_code_has_three_values(state: Presence, open_part: bool | None, expected: Meets) -> None:
    one = release(components=(Component(id="training-code", state=state),))
    assert judge_osaid(one, Verdict.OPEN, {"training-code": open_part}).code is expected


def test_a_source_with_many_errors_settles_nothing() -> None:
    reported = Source(id="mot", title="A tool", date="2026-01-01", trust="reported")
    absent = Component(id="training-code", state=Presence.ABSENT, source=reported)
    found = judge_osaid(
        release(components=(absent,), data_information=DataInformation.NONE, data_source=reported),
        Verdict.OPEN,
        {},
    )
    assert (found.code, found.data_information) == (Meets.UNKNOWN, Meets.UNKNOWN)


def test_a_service_hands_out_nothing() -> None:
    found = judge_osaid(release(access=Access.API), Verdict.OPEN, {})
    assert (found.parameters, found.code, found.verdict) == (Meets.FAILS, Meets.FAILS, Meets.FAILS)


def is_open(license_id: str) -> bool:
    return license_id in {"MIT", "Apache-2.0"}


def test_classes_are_cumulative() -> None:
    assert judge_mof(release(components=parts(*REQUIRED)), is_open).reached == 1
    assert judge_mof(release(components=parts(*REQUIRED[:10])), is_open).reached == 2
    assert judge_mof(release(components=parts(*REQUIRED[:6])), is_open).reached == 3
    assert judge_mof(release(components=parts(*REQUIRED[:5])), is_open).reached is None
    without = judge_mof(release(components=parts(*REQUIRED[1:])), is_open)
    assert dict(without.progress) == {3: 83.3, 2: 0.0, 1: 0.0}


def test_a_paper_stands_in_for_the_report_and_shrinks_class_one() -> None:
    rest = [name for name in REQUIRED if name != "technical-report"]
    assert judge_mof(release(components=parts(*rest)), is_open).reached == 1
    closed_paper = (
        *parts(*[n for n in rest if n != "research-paper"]),
        *parts("research-paper", license_id="X"),
    )
    assert dict(judge_mof(release(components=closed_paper), is_open).progress)[3] == 83.3


def test_a_component_has_one_of_four_states() -> None:
    made = release(
        components=(
            *parts("architecture"),
            *parts("parameters-final", license_id="LicenseRef-x"),
            Component(id="model-card", state=Presence.PRESENT, terms="none"),
            Component(id="data-card", state=Presence.ABSENT),
            Component(id="technical-report", state=Presence.PRESENT, terms="open"),
            Component(id="evaluation-results", state=Presence.PRESENT, terms="not-open"),
        )
    )
    states = dict(judge_mof(made, is_open).states)
    assert states["architecture"] == states["technical-report"] == "included"
    assert states["parameters-final"] == states["evaluation-results"] == "invalid"
    assert states["model-card"] == "unlicensed"
    assert states["data-card"] == states["datasets"] == "missing"


@pytest.mark.parametrize(
    ("license_id", "counted"),
    [
        ("PDDL-1.0", False),
        ("OpenMDW-1.0", True),
        ("OpenMDW-1.1", False),
        ("CC-BY-4.0", True),
        ("CC-BY-NC-4.0", False),
        ("CC-BY-SA-3.0", True),
        ("CC-BY-ND-4.0", False),
        ("CDLA-Permissive-2.0", True),
        ("WTFPL", True),
        ("BSL-1.0", True),
        ("BUSL-1.1", False),
    ],
)
def test_the_published_tool_counts_with_its_quirks(license_id: str, counted: bool) -> None:
    listed = {"WTFPL", "BSL-1.0"}
    assert tool_open(license_id, lambda name: name in listed) is counted


def test_a_license_may_be_open_and_made_for_something_else() -> None:
    made = judge_mof(
        release(components=parts("parameters-final", "training-code", license_id="MIT")), is_open
    )
    assert made.unfit == (("parameters-final", "MIT"),)


def base(name: str, relation: Relation = Relation.FINETUNE) -> Base:
    return Base(id=name, relation=relation)


def test_a_chain_that_leads_back_to_itself_is_broken() -> None:
    known = {
        "a/b": release("a/b", base=(base("c/d"),), components=parts("parameters-final")),
        "c/d": release("c/d", base=(base("a/b"),), components=parts("parameters-final")),
    }
    found = judge_release(known["a/b"], bench(known.get))
    assert found.lineage.broken
    assert found.weights is Verdict.UNKNOWN
    assert "lineage/broken" in {one.rule for one in found.findings}


def test_a_chain_of_ten_thousand_is_not_followed_to_its_end() -> None:
    def find(name: str) -> Release:
        number = int(name.partition("/")[2])
        return release(name, base=(base(f"m/{number + 1}"),) if number < 10_000 else ())

    found = trace(find("m/0"), (), find, lambda _: None)
    assert found.broken
    assert len(found.links) == MAX_LINKS


def test_two_parents_that_share_an_ancestor_are_no_cycle() -> None:
    known = {
        "x/1": release("x/1", base=(base("x/0"),), components=parts("parameters-final")),
        "x/2": release("x/2", base=(base("x/0"),), components=parts("parameters-final")),
        "x/0": release("x/0", components=parts("parameters-final")),
    }
    merged = release(
        "x/3",
        base=(base("x/1", Relation.MERGE), base("x/2", Relation.MERGE)),
        components=parts("parameters-final"),
    )
    found = judge_release(merged, bench(known.get))
    assert not found.lineage.broken
    assert [link.base.label for link in found.lineage.links] == ["x/1", "x/2", "x/0"]
    assert found.weights is Verdict.OPEN


def test_a_restriction_comes_down_the_whole_chain() -> None:
    known = {
        "x/1": release("x/1", base=(base("x/0"),), components=parts("parameters-final")),
        "x/0": release("x/0", components=parts("parameters-final", license_id="CC-BY-NC-4.0")),
    }
    found = judge_release(
        release("x/2", base=(base("x/1"),), components=parts("parameters-final")), bench(known.get)
    )
    assert (found.license, found.weights) == (Verdict.OPEN, Verdict.RESTRICTED)
    assert found.freedoms[Freedom.USE].outcome is Outcome.RESTRICTED
    brought = [clause for clause in found.clauses if clause.id == "non-commercial"]
    assert brought[0].values["inherited_from"] == "x/0"
    assert "non-commercial" in found.lineage.links[1].enters


def test_what_is_known_from_memory_is_never_open() -> None:
    unsure = Component(id="parameters-final", state=Presence.PRESENT, license="MIT", verified=False)
    assert judge_release(release(components=(unsure,)), bench()).weights is Verdict.UNKNOWN
    closed = Component(id="parameters-final", state=Presence.PRESENT, license="CC-BY-NC-4.0", verified=False)
    assert judge_release(release(components=(closed,)), bench()).weights is Verdict.RESTRICTED
    under = release("x/2", base=(base("a/b"),), components=parts("parameters-final"))
    assert judge_release(under, bench(lambda _: release(components=(unsure,)))).weights is Verdict.UNKNOWN


def test_a_license_that_changed_is_the_one_of_the_day() -> None:
    changes = (Change(since="2023-05", license="CC-BY-NC-4.0"), Change(since="2023-06", license="MIT"))
    unsure = Change(since="2024-01", license="Apache-2.0", verified=False)
    one = release(components=parts("parameters-final"), history=(*changes, unsure))
    assert judge_release(one, bench()).terms.declared == "MIT"
    before = replace(bench(), as_of=date(2023, 5, 20))
    assert judge_release(one, before).weights is Verdict.RESTRICTED
    assert "release/license-changed" in {found.rule for found in judge_release(one, before).findings}


def test_no_license_is_unknown_and_a_service_is_closed() -> None:
    assert judge_release(release(), bench()).weights is Verdict.UNKNOWN
    assert judge_release(release(access=Access.API), bench()).weights is Verdict.CLOSED
    assert judge_release(release(access=Access.BINARY, kind="software"), bench()).weights is Verdict.CLOSED


def test_an_unknown_verdict_has_no_place_in_the_two_by_two() -> None:
    assert judge_release(release(), bench()).openness is None
    assert judge_release(release(components=parts("parameters-final")), bench()).openness == "open"
