"""`openverdict policy check` on readings: broken, too large, never used, and held against their examples."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker.knowledge import store
from checker.reading.clauses.check import check_readings

Check = Callable[[str], list[str]]
ROOT = Path(__file__).resolve().parents[2]
GOOD = r"""clauses:
  - id: no-juggling
    kind: limitation
    meaning: Juggling is barred.
    freedoms: [use]
    readings:
      - name: may not juggle
        says: ["{bar}{..}juggl\\w+"]
        yes: ["You may not juggle with it.", "Users must not juggle."]
        no: ["You may juggle with it.", "Jugglers are welcome."]
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Check]:
    """Check one clause file of our own beside the shared words, and say what was found."""
    (tmp_path / "checker").mkdir()
    (tmp_path / "policies/clauses").mkdir(parents=True)
    shutil.copy(ROOT / "policies/clauses/words.yaml", tmp_path / "policies/clauses/words.yaml")
    monkeypatch.setattr(store, "_PACKAGE", tmp_path / "checker")
    monkeypatch.setattr(store, "cache_folder", lambda: tmp_path / "cache")
    store.data.cache_clear()

    def check(text: str) -> list[str]:
        (tmp_path / "policies/clauses/ours.yaml").write_text(text)
        return [str(problem) for problem in check_readings() if "words.yaml" not in problem.file]

    yield check
    store.data.cache_clear()


def test_a_good_reading(told: Check) -> None:
    assert told(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("juggl\\\\w+", "(juggl", 8, "broken pattern"),
        ("{bar}{..}", "{bars}", 8, "unknown macro {bars}"),
        ("juggl\\\\w+", "\\\\w{2000}", 8, "broken pattern"),
        ("juggl\\\\w+", "(?:(?:a[0-9]|bc|def|[x-z]q){1,90} ){9}juggl", 8, "too slow to compile"),
        ("says:", "sais:", 8, "sais: unknown key"),
        ("says:", "sais:", 7, "`says:` is missing"),
        ("        yes:", "        within: nowhere\n        yes:", 9, "'nowhere' is not a place"),
        ("        yes:", "        touches: [fly]\n        yes:", 9, "'fly' is not a freedom"),
        ("        yes:", "        touches: some\n        yes:", 9, "'some' is not what a reading can touch"),
        ("        yes:", "        basis: firm\n        yes:", 9, "'firm' is not a basis"),
        (', "Users must not juggle."', "", 7, "has 1 example(s) under `yes:`"),
        (
            "juggl\\\\w+",
            "dance",
            7,
            "never used: the reading 'may not juggle' reads none of its own examples",
        ),
        ("Users must not juggle.", "Users must not dance.", 9, "does not read 'Users must not dance.'"),
        ("Jugglers are welcome.", "Nobody may juggle.", 10, "reads 'Nobody may juggle.'"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(told: Check, old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    found = told(GOOD.replace(old, new))
    assert any(one.startswith(f"policies/clauses/ours.yaml:{line}: ") and words in one for one in found), (
        found
    )


def test_macros_that_nothing_uses_are_named(told: Check, tmp_path: Path) -> None:
    words = tmp_path / "policies/clauses/words.yaml"
    words.write_text(words.read_text().replace("\nmacros:\n", "\nmacros:\n  idle: nothing\n"))
    told(GOOD)
    lines = [str(problem) for problem in check_readings()]
    assert any(line.endswith("macros.idle: never used") for line in lines)


def test_the_example_of_the_guide_is_sound(told: Check) -> None:
    guide = (ROOT / "policies/README.md").read_text(encoding="utf-8")
    example = guide.partition("## A reading")[2].partition("```yaml\n")[2].partition("```")[0]
    assert told(f"clauses:\n{example}") == []
