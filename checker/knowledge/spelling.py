"""License ids as today's lists spell them: `gpl-2.0+` is `GPL-2.0-or-later`, `mit` is `MIT`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checker.errors import InputRefused
from checker.knowledge.expressions import Both, Either, Expression, Term, parse_expression, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.knowledge.authorities import Authorities

_OWN: Final = ("LicenseRef-", "DocumentRef-", "AdditionRef-")
_NO_LICENSE: Final = frozenset({"NONE", "NOASSERTION"})


def spelled(expression: Expression, authorities: Authorities) -> Expression:
    """Return the expression with every id as the lists spell it today; ids that no list knows stay."""
    if isinstance(expression, Both):
        return Both(parts=tuple(spelled(part, authorities) for part in expression.parts))
    if isinstance(expression, Either):
        return Either(parts=tuple(spelled(part, authorities) for part in expression.parts))
    now = _today(expression.id, authorities)
    if expression.exception is None:
        return now
    exception = authorities.current(expression.exception)
    return Term(id=now.id if isinstance(now, Term) else expression.id, exception=exception)


def unknown_ids(expression: Expression, authorities: Authorities) -> Iterator[str]:
    """Yield the ids that are neither on the SPDX list nor made for the occasion (`LicenseRef-...`)."""
    for term in terms(spelled(expression, authorities)):
        license_id = term.id.removesuffix("+")
        if not license_id.startswith(_OWN) and license_id not in {*authorities.names, *_NO_LICENSE}:
            yield term.id
        exception = term.exception or ""
        if exception and not exception.startswith(_OWN) and exception not in authorities.exceptions:
            yield exception


def _today(license_id: str, authorities: Authorities) -> Expression:
    """Return what stands for one license id today; a `+` that the list does not know stays on its license."""
    current = authorities.current(license_id)
    if current == license_id and license_id.endswith("+"):
        return Term(id=f"{authorities.current(license_id[:-1])}+")
    try:
        return parse_expression(current)
    except InputRefused:
        return Term(id=license_id)
