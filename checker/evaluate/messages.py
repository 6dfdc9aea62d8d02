"""The sentence of a finding: why the rule speaks, then what the clause says in figures and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checker.domain.values import Values

if TYPE_CHECKING:
    from checker.domain.clauses import Clause
    from checker.domain.values import Value

_MAX: Final = 240
"""Characters of values to show; a list of forty countries stays in the clause, not in the sentence."""


def message(why: str, clause: Clause | None) -> str:
    """Return the sentence of one finding: the rule's why, and the clause's values where it has any."""
    details = describe(clause.values) if clause else ""
    return f"{why} ({details})" if details else why


def describe(values: Values) -> str:
    """Return values in words: `threshold 700,000,000, metric monthly-active-users`."""
    parts = [f"{name} {text}" for name, value in values.items() if (text := _show(value))]
    text = ", ".join(parts)
    return text if len(text) <= _MAX else f"{text[: _MAX - 3].rstrip(', ')}..."


def _show(value: Value) -> str:
    """Return one value in words; nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:,}"
    if isinstance(value, tuple):
        return " / ".join(text for item in value if (text := _show(item)))
    if isinstance(value, Values):
        return describe(value)
    return value
