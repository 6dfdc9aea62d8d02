"""The facts in seeds/: right in shape, with sources, and about licenses that exist."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from checker.domain.clauses import Basis
from checker.knowledge import Knowledge, store

ROOT = Path(__file__).parents[2]
SHAPES = {
    "licenses": "licenses",
    "authorities": "authorities",
    "claims": "claims",
    "aliases": "aliases",
}
REFERENCES = ("LicenseRef-scancode-", "LicenseRef-openverdict-")


@cache
def knowledge() -> Knowledge:
    return Knowledge()


def files() -> list[tuple[str, str]]:
    return [
        (schema, path.relative_to(ROOT).as_posix())
        for kind, schema in SHAPES.items()
        for path in store.sources(kind)
    ]


def known_id(name: str) -> bool:
    authorities = knowledge().authorities
    base, _, exception = name.partition(" WITH ")
    if exception and exception not in authorities.exceptions:
        return False
    listed = base in authorities.names or base in authorities.exceptions
    return base.startswith(REFERENCES) or (listed and base not in authorities.deprecated)


@pytest.mark.parametrize(("schema", "file"), files())
def test_every_seed_file_has_the_shape_of_its_schema(schema: str, file: str) -> None:
    kind = next(kind for kind in SHAPES if SHAPES[kind] == schema)
    content = store.data(kind)
    document = content[Path(file).stem] if kind in store.FOLDERS else content
    shape = json.loads((ROOT / "policies" / "schema" / f"{schema}.schema.json").read_text(encoding="utf-8"))
    errors = jsonschema.Draft202012Validator(shape).iter_errors(document)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_every_curated_license_has_an_id_that_exists_today() -> None:
    assert [name for name in knowledge().curated if not known_id(name)] == []


def test_every_curated_license_is_built() -> None:
    curated = knowledge().curated
    assert all(curated.get(name) is not None for name in curated)


def test_every_curated_clause_is_a_clause_of_the_taxonomy() -> None:
    taxonomy = knowledge().taxonomy
    named = {
        (name, clause.id) for name in knowledge().curated for clause in knowledge().curated.get(name).add
    }
    named |= {(name, clause) for name in knowledge().curated for clause in knowledge().curated.get(name).drop}
    assert sorted(pair for pair in named if pair[1] not in taxonomy) == []


def test_every_curated_value_is_one_that_its_clause_may_carry() -> None:
    taxonomy = knowledge().taxonomy
    strange = {
        f"{clause.id}.{value}"
        for name in knowledge().curated
        for clause in knowledge().curated.get(name).add
        for value in clause.values
        if value not in taxonomy[clause.id].values and value != "scope"
    }
    assert sorted(strange) == []


def test_what_was_read_points_at_words_and_what_was_not_at_a_source() -> None:
    for name in knowledge().curated:
        entry = knowledge().curated.get(name)
        for clause in entry.add:
            if entry.checked:
                assert clause.words, (name, clause.id)
            elif clause.basis is not Basis.MENTIONED:
                assert clause.source, (name, clause.id)


def test_quotes_are_short() -> None:
    quotes = [clause.words for name in knowledge().curated for clause in knowledge().curated.get(name).add]
    assert [quote for quote in quotes if len(quote.split()) >= 15] == []


def test_second_hand_facts_never_grant_and_never_place_a_license() -> None:
    entry = knowledge().curated.get("LicenseRef-openverdict-grok2-community")
    granted = {
        clause.id: clause.basis for clause in entry.add if clause.id in {"use", "modify", "distribute"}
    }
    assert granted == dict.fromkeys(("use", "modify", "distribute"), Basis.MENTIONED)
    assert entry.category is None


def test_what_a_license_is_like_comes_first_and_what_it_drops_is_gone() -> None:
    clauses = [
        clause.id for clause in knowledge().curated.get("LicenseRef-scancode-llama-3.1-license-2024").add
    ]
    assert "user-cap" in clauses
    assert "no-output-training" not in clauses
    assert clauses.count("include-notice") == 1
    assert clauses[-1] == "name-prefix"


@pytest.mark.parametrize(
    "license_id",
    [
        "LicenseRef-scancode-llama-2-license-2023",
        "LicenseRef-openverdict-llama-3",
        "LicenseRef-scancode-llama-3.1-license-2024",
        "LicenseRef-scancode-llama-3.2-license-2024",
        "LicenseRef-scancode-llama-3.3-license-2024",
        "LicenseRef-scancode-llama-4-cla-2025",
    ],
)
def test_every_llama_since_the_second_stops_at_seven_hundred_million(license_id: str) -> None:
    clauses = {clause.id: clause for clause in knowledge().curated.get(license_id).add}
    assert clauses["user-cap"].values["threshold"] == 700_000_000
    assert clauses["user-cap"].values["metric"] == "monthly-active-users"
    assert clauses["user-cap"].values["measured"] == "at-release"


def test_two_texts_called_modified_mit_do_opposite_things() -> None:
    curated = knowledge().curated
    kimi = curated.get("LicenseRef-scancode-moonshot-ai-modified-mit-2025")
    devstral = curated.get("LicenseRef-openverdict-mistral-modified-mit-20m")
    assert "threshold-attribution" in {clause.id for clause in kimi.add}
    assert "revenue-cap" in {clause.id for clause in devstral.add}
    assert not devstral.checked
