"""A comparison of two licenses as Markdown, for a pull request or an issue."""

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
from checker.reports.markdown import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checker.evaluate.differences import Difference
    from checker.reports.run import RenderOptions

_LONG = 400


def render_markdown(found: Difference, options: RenderOptions) -> str:
    """Return the comparison as a heading, the verdicts and one list for what was gained, lost, changed."""
    del options
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Difference) -> Iterator[str]:
    yield f"### {_text(side(found.before))} → {_text(side(found.after))}"
    yield ""
    yield f"**Verdict:** {_text(verdicts(found))}"
    changed_freedoms = list(outcomes(found))
    if changed_freedoms:
        yield ""
        yield from (f"- {_text(line)}" for line in changed_freedoms)
    for title, clauses in (("Gained", found.gained), ("Lost", found.lost)):
        if clauses:
            yield ""
            yield f"**{title}**"
            yield ""
        for clause in clauses:
            words = quote(clause)
            yield f"- {_text(clause_line(clause))}" + (f": “{_text(words)}”" if words else "")
    if found.changed:
        yield ""
        yield "**Changed**"
        yield ""
    for changed in found.changed:
        said = "; ".join(_text(line) for line in change_lines(changed))
        yield f"- {changed.kind.value} {changed.id}: {said}"
    yield ""
    yield f"{same_words(found)}. {CLOSING}"


def _text(value: str) -> str:
    return plain_text(value, _LONG)
