"""Text and attribute values for XML 1.0, whatever characters come in."""

from __future__ import annotations

import re

from checker.reports.plain import visible

_NO_CHARACTER = re.compile("[\ufffe\uffff]")
"""Code points that XML 1.0 does not know and that `visible` lets through."""


def text(value: str, *, keep_lines: bool = False) -> str:
    """Escape a value for the text or an attribute of an element; `]]>` cannot come out of it.

    Args:
        value: Anything.
        keep_lines: Leave line breaks as they are; an attribute must not.
    """
    shown = _NO_CHARACTER.sub(lambda found: f"\\u{ord(found[0]):04x}", visible(value, keep_lines=keep_lines))
    escaped = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace('"', "&quot;").replace("'", "&#39;")
