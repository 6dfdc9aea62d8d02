"""Hard sentences, fed one by one: fixtures/sentences/*.yaml says what is read in each, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.domain.values import thaw
from checker.knowledge import Knowledge
from checker.reading.document import Document
from checker.reading.pipeline import read_text

FILES = sorted((Path(__file__).parents[1] / "fixtures" / "sentences").glob("*.yaml"))
CASES = [
    pytest.param(row, id=f"{path.stem}: {row['text'][:60]}")
    for path in FILES
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))["sentences"]
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


@pytest.mark.parametrize("row", CASES)
def test_a_sentence_alone(row: dict[str, Any], knowledge: Knowledge):
    reading = read_text(Document("-", row["text"]), knowledge, identify=False)
    found = [clause for profile in reading.profiles.values() for clause in profile.clauses]
    wanted = row["clauses"]
    assert sorted(clause.id for clause in found) == sorted(clause["id"] for clause in wanted), row["why"]
    for clause in wanted:
        values = thaw(next(item.values for item in found if item.id == clause["id"]))
        assert isinstance(values, dict)
        told = {name: values.get(name) for name in clause.get("values", {})}
        assert told == clause.get("values", {}), row["why"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_and_sentence_says_why(path: Path):
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert data["why"]
    assert all(row["why"] and row["text"] for row in data["sentences"])
