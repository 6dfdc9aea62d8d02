"""openverdict: says whether a license is open, why, and on which words.

>>> from checker import judge_text
>>> judge_text(text).verdict  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.api import judge_expression, judge_file, judge_text

__version__ = "0.1.0"
__all__ = ["__version__", "judge_expression", "judge_file", "judge_text"]


def __getattr__(name: str) -> object:
    """Load the programming interface when it is first asked for: the command line starts quicker without."""
    if name in __all__:
        from checker import api  # noqa: PLC0415  (see above)

        return getattr(api, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
