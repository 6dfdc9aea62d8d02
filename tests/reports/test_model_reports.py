"""Reports about releases: plots, lines, bills of materials."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from checker.domain.freedoms import Verdict
from checker.domain.judgement import Judgement
from checker.knowledge import Knowledge
from checker.reports import model_charts, renderer
from checker.reports.run import RenderOptions, RunReport
from checker.subjects.models.judge import ModelJudge

if TYPE_CHECKING:
    from checker.domain.policy import Policy

AS_OF = date(2026, 11, 22)
KNOWLEDGE = Knowledge()
POLICY: Policy = KNOWLEDGE.policy("four-freedoms")
JUDGE = ModelJudge(knowledge=KNOWLEDGE, policy=POLICY, as_of=AS_OF)


def judged(name: str) -> Judgement:
    release = KNOWLEDGE.releases.find(name).release
    assert release is not None
    return JUDGE.release(release)


def run(*judgements: Judgement) -> RunReport:
    return RunReport(
        policy=POLICY, as_of=AS_OF, judgements=judgements, version="0", knowledge="0", command="model"
    )


def test_one_bar_a_year_open_at_the_foot() -> None:
    drawing = model_charts.timeline(
        run(judged("allenai/OLMo-7B"), judged("meta-llama/Llama-2-70b-hf"), judged("Linux"))
    )
    assert "1991: 1 of 1 open; 2023: 0 of 1 open; 2024: 1 of 1 open" in drawing
    assert "2023, restricted: 1 (meta-llama/Llama-2-70b-hf)" in drawing


def test_one_year_is_no_line_of_time() -> None:
    assert model_charts.timeline(run(judged("allenai/OLMo-7B"))) == ""
    assert model_charts.timeline(run(Judgement(kind="license-file", name="LICENSE"))) == ""


def test_systems_are_counted() -> None:
    drawing = model_charts.systems(run(judged("allenai/OLMo-7B"), judged("mistralai/Mixtral-8x7B-v0.1")))
    assert "OSAID: meets 1, OSAID: does not meet 1, OSAID: not settled 0, MOF class I 1" in drawing
    assert model_charts.systems(run(judged("Linux"))) == ""


def test_the_facts_of_a_release_stand_on_the_page() -> None:
    facts = dict(model_charts.facts(judged("deepseek-ai/DeepSeek-R1-Distill-Llama-70B")))
    assert facts["Weights"] == "restricted"
    assert facts["License by itself"] == "open"
    assert "finetune of meta-llama/Llama-3.3-70B-Instruct (restricted)" in facts["Made from"]
    assert model_charts.facts(Judgement(kind="license-file", name="LICENSE")) == []


def test_many_releases_get_a_line_each_and_v_tells_all() -> None:
    many = run(*(JUDGE.release(release) for release in KNOWLEDGE.releases.of("mistralai")))
    short = renderer("text")(many, RenderOptions())
    full = renderer("text")(many, RenderOptions(verbosity=1))
    assert "✓ open       2023-09    mistralai/Mistral-7B-v0.1  Apache-2.0, OSAID" in short
    assert len(full) > 5 * len(short)


def test_a_bill_of_materials_declares_and_concludes() -> None:
    report = run(
        judged("meta-llama/Llama-3.1-8B"),
        Judgement(kind="requirement", name="demo", version="1.2", concluded="MIT", verdict=Verdict.OPEN),
        Judgement(kind="license-file", name="LICENSE", declared="some words, of nobody"),
        Judgement(kind="license-file", name="NONE", declared="NOASSERTION"),
    )
    text = renderer("cyclonedx")(report, RenderOptions())
    assert text == renderer("cyclonedx")(report, RenderOptions())
    bom = json.loads(text)
    parts = {component["name"]: component for component in bom["components"]}
    model = parts["Llama-3.1-8B"]
    assert model["purl"] == "pkg:huggingface/meta-llama/Llama-3.1-8B"
    assert model["licenses"] == [
        {"expression": "LicenseRef-scancode-llama-3.1-license-2024", "acknowledgement": "declared"}
    ]
    properties = {one["name"]: one["value"] for one in model["properties"]}
    assert properties["openverdict:verdict:weights"] == "restricted"
    assert properties["openverdict:concluded"] == "LicenseRef-scancode-llama-3.1-license-2024"
    assert parts["demo"]["purl"] == "pkg:pypi/demo@1.2"
    assert parts["demo"]["licenses"][0]["acknowledgement"] == "concluded"
    assert parts["LICENSE"]["licenses"][0]["license"]["name"] == "some words, of nobody"
    assert "licenses" not in parts["NONE"]


def test_without_its_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.errors import CheckerError  # noqa: PLC0415 - beside its use

    monkeypatch.setitem(__import__("sys").modules, "cyclonedx.model.bom", None)
    with pytest.raises(CheckerError, match="not installed"):
        renderer("cyclonedx")(run(judged("Linux")), RenderOptions())
