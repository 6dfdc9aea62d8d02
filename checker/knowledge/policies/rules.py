"""The `rules:` of a policy: YAML -> rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from checker.domain.freedoms import Freedom, Level, Outcome
from checker.domain.policy import Rule
from checker.knowledge.policies.conditions import FREEDOMS, NEVER, read_condition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.domain.taxonomy import ClauseType
    from checker.knowledge.policies.problems import Mistakes
    from checker.knowledge.yaml_text import Path, Plain

KEYS: Final = frozenset(
    {"id", "freedom", "when", "outcome", "level", "why", "fix", "claims", "see", "if-unknown"}
)
LEVELS: Final = {level.value: level for level in Level}
OUTCOMES: Final = {outcome.value: outcome for outcome in Outcome if outcome is not Outcome.GRANTED}
"""What a rule may bring a freedom to. Nothing grants but the text itself."""

_T = TypeVar("_T", Level, Outcome)
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9.-]*")


def read_rules(
    value: Plain, path: Path, mistakes: Mistakes, taxonomy: Mapping[str, ClauseType]
) -> tuple[Rule, ...]:
    """Read a list of rules; wrong ones are noted and left out."""
    rules: dict[str, Rule] = {}
    for i, entry in enumerate(mistakes.sequence(value, path)):
        before = len(mistakes.found)
        rule = _read_rule(entry, (*path, i), mistakes, taxonomy)
        if rule.id and rule.id in rules:
            mistakes.at(
                (*path, i, "id"),
                f"a rule {rule.id!r} stands above already",
                "give each rule an id of its own",
            )
        elif len(mistakes.found) == before:
            rules[rule.id] = rule
    return tuple(rules.values())


def _read_rule(value: Plain, path: Path, mistakes: Mistakes, taxonomy: Mapping[str, ClauseType]) -> Rule:
    """Read one rule."""
    entry = mistakes.mapping(value, path, keys=KEYS, required=("id", "when", "why"))
    name = mistakes.text(entry["id"], (*path, "id")) if "id" in entry else ""
    if name and not _ID.fullmatch(name):
        mistakes.at(
            (*path, "id"),
            f"{name!r} is not a rule id",
            "write `topic/name` in lower case, as in `use/user-cap`",
        )
    outcome = _word(entry, "outcome", path, mistakes, OUTCOMES)
    level = _word(entry, "level", path, mistakes, LEVELS)
    if entry and "outcome" not in entry and "level" not in entry:
        mistakes.at(path, "the rule does nothing", "add `outcome:`, `level:` or both")
    if outcome is not None and outcome < Outcome.CONDITIONAL and "level" not in entry:
        mistakes.at(
            path,
            f"the outcome {outcome.value} would go unexplained",
            "add `level: error`, `warning` or `note`",
        )
    freedoms = _read_freedoms(entry["freedom"], (*path, "freedom"), mistakes) if "freedom" in entry else None
    if "outcome" in entry and "freedom" not in entry:
        mistakes.at(
            path,
            "`freedom:` is missing",
            "add `freedom:` with use, study, modify, share, a list, `all` or `touched`",
        )
    if_unknown = mistakes.choice(
        entry.get("if-unknown", "skip"), (*path, "if-unknown"), "a choice", {"skip", "unknown"}
    )
    return Rule(
        id=name,
        freedoms=freedoms,
        when=read_condition(entry["when"], (*path, "when"), mistakes, taxonomy) if "when" in entry else NEVER,
        outcome=outcome,
        level=level,
        why=mistakes.text(entry["why"], (*path, "why")) if "why" in entry else "",
        fix=mistakes.text(entry["fix"], (*path, "fix")) if "fix" in entry else "",
        claims=mistakes.texts(entry["claims"], (*path, "claims")) if "claims" in entry else (),
        see=mistakes.texts(entry["see"], (*path, "see")) if "see" in entry else (),
        if_unknown=if_unknown == "unknown",
    )


def _read_freedoms(value: Plain, path: Path, mistakes: Mistakes) -> frozenset[Freedom] | None:
    """Read `freedom:`: one, a list, `all`, or `touched` (None)."""
    if value == "touched":
        return None
    if value == "all":
        return frozenset(Freedom)
    if isinstance(value, list):
        names = [
            mistakes.choice(name, (*path, i), "a freedom", FREEDOMS)
            for i, name in enumerate(mistakes.sequence(value, path))
        ]
    else:
        names = [mistakes.choice(value, path, "a freedom", {*FREEDOMS, "touched", "all"})]
    return frozenset(FREEDOMS[name] for name in names if name)


def _word(
    entry: Mapping[str, Plain], key: str, path: Path, mistakes: Mistakes, known: Mapping[str, _T]
) -> _T | None:
    """Read a key whose value is one of a closed set of words; None where it is left out or wrong."""
    if key not in entry:
        return None
    return known.get(mistakes.choice(entry[key], (*path, key), f"a word for `{key}:`", known))
