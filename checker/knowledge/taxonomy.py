"""The clause types of policies/clauses/*.yaml: what ids exist, and what each means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.domain.freedoms import ClauseKind, Freedom
from checker.domain.taxonomy import ClauseType
from checker.domain.values import Values
from checker.errors import PolicyInvalid, Problem
from checker.knowledge import store
from checker.knowledge.policies.problems import Mistakes
from checker.knowledge.yaml_text import YamlFault, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.knowledge.yaml_text import Path, Plain

_KEYS = frozenset({"id", "kind", "meaning", "freedoms", "values", "source", "readings"})
_KINDS = {kind.value: kind for kind in ClauseKind}
_FREEDOMS = {freedom.value: freedom for freedom in Freedom}


def load_taxonomy() -> Mapping[str, ClauseType]:
    """Return every clause type by its id, in the order of the files.

    Raises:
        PolicyInvalid: lists every mistake; the readings are left to whoever reads them.
    """
    content = store.data("clauses")
    files = content if isinstance(content, dict) else {}
    types: dict[str, ClauseType] = {}
    mistakes = [Mistakes(f"policies/clauses/{name}.yaml", _first_line) for name in files]
    for found, entries in zip(mistakes, files.values(), strict=True):
        read_clause_types(entries, found, types)
    if any(found.found for found in mistakes):
        raise PolicyInvalid(_with_lines())
    return types


def read_clause_types(content: Plain, mistakes: Mistakes, types: dict[str, ClauseType]) -> None:
    """Add the clause types of one file to `types`; mistakes go to `mistakes`.

    A file without `clauses:` holds words that readings share and describes none.
    """
    if isinstance(content, dict) and content and "clauses" not in content:
        return
    entry = mistakes.mapping(content, (), keys={"clauses"}, required=("clauses",))
    for i, item in enumerate(mistakes.sequence(entry.get("clauses", []), ("clauses",))):
        path: Path = ("clauses", i)
        clause = mistakes.mapping(item, path, keys=_KEYS, required=("id", "kind", "meaning"))
        name = mistakes.text(clause["id"], (*path, "id")) if "id" in clause else ""
        if name in types:
            mistakes.at((*path, "id"), f"a clause {name!r} is described already", "keep one of the two")
        kind = mistakes.choice(clause.get("kind"), (*path, "kind"), "a kind of clause", _KINDS)
        freedoms = clause.get("freedoms", [])
        values = clause.get("values", {})
        if not isinstance(values, dict):
            mistakes.at(
                (*path, "values"), "must be a mapping of name to meaning", "write `{name: what it means}`"
            )
            values = {}
        touched = [
            mistakes.choice(freedom, (*path, "freedoms", j), "a freedom", _FREEDOMS)
            for j, freedom in enumerate(freedoms if isinstance(freedoms, list) else [freedoms])
        ]
        if name and kind:
            types[name] = ClauseType(
                id=name,
                kind=_KINDS[kind],
                meaning=mistakes.text(clause.get("meaning"), (*path, "meaning")),
                freedoms=frozenset(_FREEDOMS[freedom] for freedom in touched if freedom),
                values=Values(values),
                source=mistakes.text(clause["source"], (*path, "source")) if "source" in clause else "",
            )


def _first_line(_path: Path) -> int:
    """Stand in for the line where only compiled data is at hand."""
    return 1


def _with_lines() -> tuple[Problem, ...]:
    """Read the source files once more, to say where each mistake stands."""
    problems: list[Problem] = []
    types: dict[str, ClauseType] = {}
    for path in store.sources("clauses"):
        name = store.source_name(path)
        try:
            parsed = parse(path.read_text(encoding="utf-8"))
        except YamlFault as fault:
            problems.append(Problem(file=name, line=fault.line, what=fault.what))
            continue
        mistakes = Mistakes(name, parsed.line)
        read_clause_types(parsed.data, mistakes, types)
        problems += mistakes.found
    return tuple(problems)
