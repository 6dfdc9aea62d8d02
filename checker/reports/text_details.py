"""What a kind of subject has to say beyond its freedoms, in the text report.

To add a kind: write a function of (judgement, pen) that yields lines, add it to `DETAILS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from checker.domain.judgement import Judgement
from checker.reports.model_text import model_details
from checker.reports.pen import Pen

Details = Callable[[Judgement, Pen], Iterator[str]]

DETAILS: Mapping[str, Details] = MappingProxyType({"model": model_details})
"""Kind of subject -> the lines of its own."""


def details(judgement: Judgement, pen: Pen) -> Iterator[str]:
    """Yield the lines that only this kind of subject has."""
    own = DETAILS.get(judgement.kind)
    if own is not None:
        yield from own(judgement, pen)
