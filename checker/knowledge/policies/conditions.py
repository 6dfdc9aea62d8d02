"""The `when:` of a rule: YAML -> condition.

    when: {clause: user-cap}                        a clause of this id was found
    when: {clause: [no-sale, royalty]}              ... of any of these ids
    when: {clause: no-sale, values: {scope: any}}   ... and its values pass their tests
    when: {clause: binary-only, touches: share}     ... and it touches this freedom
    when: {not-granted: modify}                     a license text that grants no such thing
    when: {unsettled: modify}                       ... that names it and settles nothing
    when: {fact: access, is: api}                   a fact of the subject passes its test (else `is: true`)
    when: {fact: license, component: data, is: ..}  ... of one of its components (`any`, `every` or a name)
    when: {all: [...]}  {any: [...]}  {not: {...}}

A test is a scalar (equal), a list (one of these), or a mapping: `min` and `max` (numbers), `present`
(true or false), `not` (a scalar or a list).

Three values: a fact that is absent (or null) makes its test *unknown*, except under `present`. `all` is false
if a part is false, else unknown if one is; `any` is true if a part is true, else unknown if one is; `not`
leaves unknown as it is. A rule whose condition comes out unknown is silent, unless it says
`if-unknown: unknown`: then it speaks, and its outcome is unknown. Clause conditions are never unknown: a
clause was found or it was not, and a value it does not carry equals nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from checker.domain.freedoms import Freedom
from checker.domain.policy import AllOf, AnyOf, ClauseIs, Condition, FactIs, Not, NotGranted, Unsettled
from checker.domain.values import Values, freeze
from checker.knowledge.policies.problems import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.domain.taxonomy import ClauseType
    from checker.domain.values import Value
    from checker.knowledge.policies.problems import Mistakes
    from checker.knowledge.yaml_text import Path, Plain

FREEDOMS: Final = {freedom.value: freedom for freedom in Freedom}

COMMON_VALUES: Final = frozenset(
    {
        "basis",
        "except",
        "exempt",
        "files",
        "for",
        "form",
        "neutral",
        "part",
        "scope",
        "trigger",
        "unless",
        "until",
        "via",
        "what",
        "who",
    }
)
"""Values that any clause may carry, beside those the taxonomy names for it."""

_FORMS: Final = {
    "clause": frozenset({"clause", "values", "touches"}),
    "not-granted": frozenset({"not-granted"}),
    "unsettled": frozenset({"unsettled"}),
    "fact": frozenset({"fact", "is", "component"}),
    "all": frozenset({"all"}),
    "any": frozenset({"any"}),
    "not": frozenset({"not"}),
}
_TESTS: Final = frozenset({"min", "max", "present", "not"})
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_MAX_DEPTH: Final = 20
NEVER: Final = AnyOf(parts=())
"""Stands in for a condition that could not be read."""


def read_condition(
    value: Plain, path: Path, mistakes: Mistakes, taxonomy: Mapping[str, ClauseType], depth: int = 0
) -> Condition:
    """Read one condition; a wrong one is noted and never holds."""
    form = next((name for name in _FORMS if name in value), None) if isinstance(value, dict) else None
    if not isinstance(value, dict) or form is None or depth > _MAX_DEPTH:
        _note_formless(value, path, mistakes, too_deep=depth > _MAX_DEPTH)
        return NEVER
    entry = mistakes.mapping(value, path, keys=_FORMS[form])
    inner = (*path, form)
    if form == "clause":
        return _read_clause(entry, path, mistakes, taxonomy)
    if form == "fact":
        return _read_fact(entry, path, mistakes)
    if form in {"not-granted", "unsettled"}:
        return _read_grant(form, entry[form], inner, mistakes)
    given = [entry[form]] if form == "not" else mistakes.sequence(entry[form], inner)
    parts = tuple(
        read_condition(part, inner if form == "not" else (*inner, i), mistakes, taxonomy, depth + 1)
        for i, part in enumerate(given)
    )
    if form == "not":
        return Not(part=parts[0])
    return AllOf(parts=parts) if form == "all" else AnyOf(parts=parts)


def _note_formless(value: Plain, path: Path, mistakes: Mistakes, *, too_deep: bool) -> None:
    """Note a condition that has none of the known forms, or stands too deep to be read by a person."""
    if too_deep:
        mistakes.at(path, f"conditions nest more than {_MAX_DEPTH} deep", "split the rule in two")
    elif isinstance(value, dict) and value:
        key = next(iter(value))
        mistakes.unknown((*path, key), "a form of condition", key, _FORMS)
    else:
        fix = "write `{clause: ID}` or another form of `when:`"
        mistakes.at(path, f"must be a mapping, not {'an empty one' if value == {} else kind_of(value)}", fix)


def _read_grant(form: str, value: Plain, path: Path, mistakes: Mistakes) -> Condition:
    """Read `not-granted:` or `unsettled:`."""
    freedom = FREEDOMS.get(mistakes.choice(value, path, "a freedom", FREEDOMS), Freedom.USE)
    return NotGranted(freedom=freedom) if form == "not-granted" else Unsettled(freedom=freedom)


def _read_clause(
    entry: Mapping[str, Plain], path: Path, mistakes: Mistakes, taxonomy: Mapping[str, ClauseType]
) -> Condition:
    """Read `clause:` with its `values:` and `touches:`."""
    ids = mistakes.texts(entry["clause"], (*path, "clause"))
    for name in ids:
        if taxonomy and name not in taxonomy:
            mistakes.unknown((*path, "clause"), "a clause of the taxonomy", name, taxonomy)
    touches = None
    if "touches" in entry:
        touches = FREEDOMS.get(mistakes.choice(entry["touches"], (*path, "touches"), "a freedom", FREEDOMS))
    tests: dict[str, Value] = {}
    given = entry.get("values", {})
    if not isinstance(given, dict):
        mistakes.at((*path, "values"), f"must be a mapping, not {kind_of(given)}", "write `{name: test}`")
        given = {}
    elif "values" in entry and not given:
        mistakes.at((*path, "values"), "the mapping is empty", "add a test, or leave the key out")
    for name, test in given.items():
        where = (*path, "values", name)
        for known in (taxonomy[i] for i in ids if i in taxonomy):
            if known.values and name not in known.values and name not in COMMON_VALUES:
                mistakes.unknown(
                    where, f"a value of the clause `{known.id}`", name, {*known.values, *COMMON_VALUES}
                )
        tests[name] = read_test(test, where, mistakes)
    found = tuple(ClauseIs(id=name, values=Values(tests), touches=touches) for name in ids)
    return found[0] if len(found) == 1 else AnyOf(parts=found)


def _read_fact(entry: Mapping[str, Plain], path: Path, mistakes: Mistakes) -> Condition:
    """Read `fact:` with its `is:` and `component:`."""
    name = mistakes.text(entry["fact"], (*path, "fact"))
    component = mistakes.text(entry["component"], (*path, "component")) if "component" in entry else None
    for key, word in (("fact", name), ("component", component)):
        if word and not _NAME.fullmatch(word):
            mistakes.at((*path, key), f"{word!r} is not a name", "use lower case letters, digits and dashes")
    test = read_test(entry["is"], (*path, "is"), mistakes) if "is" in entry else True
    return FactIs(name=name, test=test, component=component)


def read_test(value: Plain, path: Path, mistakes: Mistakes) -> Value:
    """Read one test of a value."""
    if value is None:
        mistakes.at(path, "the test is empty", "write a value, a list of values, or {present: false}")
        return None
    if isinstance(value, list):
        items = mistakes.sequence(value, path)
        _scalars(items, path, mistakes)
        return freeze(items)
    if not isinstance(value, dict):
        return value
    test = mistakes.mapping(value, path, keys=_TESTS)
    if not test:
        mistakes.at(path, "the test is empty", "use any of `min`, `max`, `present`, `not`")
    for key in ("min", "max"):
        if key in test and (isinstance(test[key], bool) or not isinstance(test[key], (int, float))):
            mistakes.at((*path, key), f"must be a number, not {kind_of(test[key])}", "write digits")
    if "present" in test and not isinstance(test["present"], bool):
        mistakes.at(
            (*path, "present"),
            f"must be true or false, not {kind_of(test['present'])}",
            "write true or false",
        )
    barred = test.get("not")
    if isinstance(barred, list):
        _scalars(mistakes.sequence(barred, (*path, "not")), (*path, "not"), mistakes)
    elif isinstance(barred, dict) or ("not" in test and barred is None):
        mistakes.at(
            (*path, "not"), "must be a value or a list of values", "write `not: word` or `not: [word, word]`"
        )
    return freeze({str(key): item for key, item in test.items()})


def _scalars(items: list[Plain], path: Path, mistakes: Mistakes) -> None:
    """Note every entry of a list of values that is a list or a mapping itself."""
    for i, item in enumerate(items):
        if isinstance(item, (list, dict)):
            mistakes.at((*path, i), f"must be a plain value, not {kind_of(item)}", "write a word or a number")
