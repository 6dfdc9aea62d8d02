"""SPDX license expressions as trees, parsed by license-expression (which costs 40 ms to import).

A lone id, by far the commonest expression, needs no parser and pays nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from checker.domain.dataclass import dataclass
from checker.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS: Final = 20_000
"""Longer expressions are refused: the longest one in use names some sixty licenses."""

MAX_DEPTH: Final = 50
"""Brackets of AND and OR in turn that may nest; two levels are rare."""

_LONE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:+-]*")
_TERM: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:_+-]*")
_OPERATORS: Final = frozenset({"AND", "OR", "WITH"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One license, with its exception if it has one."""

    id: str
    """SPDX id (with a `+` if it was written so), `LicenseRef-...` or `DocumentRef-...:LicenseRef-...`."""
    exception: str | None = None

    def __str__(self) -> str:
        return f"{self.id} WITH {self.exception}" if self.exception else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """AND: all parts apply at once. At least two parts."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " AND ".join(f"({part})" if isinstance(part, Either) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    """OR: one part may be chosen. At least two parts."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({part})" if isinstance(part, Both) else str(part) for part in self.parts)


Expression = Term | Both | Either


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> Expression:
    """Read one SPDX expression.

    Args:
        text: As written; operators in any case. Ids are taken as they stand, known or not.

    Raises:
        InputRefused: It is empty, not an expression, or longer than `MAX_CHARACTERS`.
    """
    text = text.strip()
    if _LONE.fullmatch(text) and text.upper() not in _OPERATORS:
        return Term(id=text)
    if not text or len(text) > MAX_CHARACTERS:
        raise _refused(
            text, "it is empty" if not text else f"it is longer than {MAX_CHARACTERS:,} characters"
        )
    return _parse_compound(text)


def terms(expression: Expression) -> Iterator[Term]:
    """Yield every license of the expression, left to right, repeats included."""
    if isinstance(expression, Term):
        yield expression
    else:
        for part in expression.parts:
            yield from terms(part)


def _parse_compound(text: str) -> Expression:
    """Read an expression that holds more than a lone id."""
    from license_expression import (  # noqa: PLC0415 - 40 ms
        ExpressionError,
        ExpressionParseError,
        Licensing,
    )

    try:
        tree = Licensing().parse(text, validate=False, strict=False, simple=True)
        return _convert(tree)
    except (ExpressionError, ExpressionParseError) as error:
        raise _refused(
            text, str(error).split("\n", maxsplit=1)[0] or "it does not follow the grammar"
        ) from error
    except RecursionError as error:
        raise _refused(text, "its brackets nest too deep") from error


def _convert(tree: object, depth: int = 0) -> Expression:
    """Turn the library's tree into ours; raise ExpressionError for an id that cannot be one."""
    from license_expression import ExpressionError, LicenseWithExceptionSymbol  # noqa: PLC0415 - as above

    if isinstance(tree, LicenseWithExceptionSymbol):
        return Term(id=_checked(tree.license_symbol.key), exception=_checked(tree.exception_symbol.key))
    if depth > MAX_DEPTH:
        message = "its brackets nest too deep"
        raise ExpressionError(message)
    arguments = getattr(tree, "args", ())
    if not arguments:
        key = getattr(tree, "key", None)
        if not isinstance(key, str):
            message = "it does not follow the grammar"
            raise ExpressionError(message)
        return Term(id=_checked(key))
    kind = Both if type(tree).__name__ == "AND" else Either
    parts: list[Expression] = []
    for argument in arguments:
        part = _convert(argument, depth + 1)
        if isinstance(part, kind):
            parts += part.parts
        else:
            parts.append(part)
    return kind(parts=tuple(parts))


def _checked(key: str) -> str:
    from license_expression import ExpressionError  # noqa: PLC0415 - as above

    if not _TERM.fullmatch(key):
        message = f"{key!r} is not a license id"
        raise ExpressionError(message)
    return key


def _refused(text: str, why: str) -> InputRefused:
    shown = text if len(text) <= 80 else f"{text[:77]}..."  # noqa: PLR2004 - one line of a terminal
    return InputRefused(
        f"not an SPDX expression: {shown!r}",
        why=why,
        fix="write ids joined by AND, OR and WITH, as in `MIT OR (Apache-2.0 WITH LLVM-exception)`",
    )
