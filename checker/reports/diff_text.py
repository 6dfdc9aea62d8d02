"""A comparison of two licenses for people at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.reports.diff_words import (
    CLOSING,
    change_lines,
    clause_line,
    outcomes,
    quote,
    same_words,
    side,
    verdicts,
)
from checker.reports.pen import Pen, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.domain.clauses import Clause
    from checker.evaluate.differences import Difference
    from checker.reports.run import RenderOptions


def render_text(found: Difference, options: RenderOptions) -> str:
    """Return the comparison as lines; a gained limitation is painted as bad, a lost one as good."""
    pen = Pen(options=options)
    return "\n".join(line.rstrip() for line in _lines(found, pen)) + "\n"


def _lines(found: Difference, pen: Pen) -> Iterator[str]:
    yield from pen.wrap(f"--- {side(found.before)}", style=Style.STRONG)
    yield from pen.wrap(f"+++ {side(found.after)}", style=Style.STRONG)
    yield from pen.wrap(f"verdict: {verdicts(found)}", first="  ")
    for line in outcomes(found):
        yield from pen.wrap(line, first="  ", rest="    ")
    for title, sign, clauses in (("gained", "+", found.gained), ("lost", "-", found.lost)):
        if clauses:
            yield ""
            yield pen.paint(title, Style.STRONG)
        for clause in clauses:
            yield from _clause(clause, sign, pen)
    if found.changed:
        yield ""
        yield pen.paint("changed", Style.STRONG)
    for changed in found.changed:
        yield from pen.wrap(f"{changed.kind.value} {changed.id}", first="  ~ ", rest="    ")
        for line in change_lines(changed):
            yield from pen.wrap(line, first="      ", rest="        ")
    yield ""
    yield from pen.wrap(f"{same_words(found)}. {CLOSING}", style=Style.QUIET)


def _clause(clause: Clause, sign: str, pen: Pen) -> Iterator[str]:
    yield from pen.wrap(clause_line(clause), first=f"  {sign} ", rest="    ")
    words = quote(clause)
    if words:
        yield from pen.wrap(f'"{words}"', first="      ", rest="      ", style=Style.QUIET)
