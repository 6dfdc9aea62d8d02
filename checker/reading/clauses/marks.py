"""Mark in a plain text where permission, prohibition, duty and exception begin.

The space before each such phrase becomes a control character, so that a pattern can say "inside the scope of
a prohibition, before the next turn of the sentence" as `\\x01[^\\x01-\\x07]*?`: readable as `{bar}{..}` in a
reading, and linear. The text keeps its length. The phrases are data: policies/clauses/words.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MARKS: dict[str, str] = {
    "bar": "\x01",  # you may not ...
    "may": "\x02",  # you may ..., permission is granted to ...
    "must": "\x03",  # you must ..., provided that ...
    "except": "\x04",  # except, unless, other than, but, however
    "barred": "\x05",  # ... is prohibited: the bar stands after what it bars
    "nothing": "\x06",  # nothing in this license limits ...: takes a bar back
    "no-grant": "\x07",  # no right is granted to ...
}
ANY_MARK = "".join(MARKS.values())

CURRENCIES = {"€": "\x0e", "£": "\x0f", "¥": "\x10"}
"""Signs that matter to a reading, as single bytes."""


def narrow(text: str) -> str:
    """Return the text with one ASCII character for each of its own: offsets are those of its bytes, too."""
    if text.isascii():
        return text
    for sign, byte in CURRENCIES.items():
        text = text.replace(sign, byte)
    return text.encode("ascii", "replace").decode("ascii")


class Marker:
    """Compiled mark phrases."""

    def __init__(self, phrases: Mapping[str, Sequence[str]], expand: Any) -> None:  # noqa: ANN401 - a callable on str
        import re2  # noqa: PLC0415 - only when a text is read for clauses

        # RE2 prefers the leftmost and then the first alternative: longer phrases must come first, and a bar
        # ("may not") before the permission it contains ("may").
        order = ["nothing", "no-grant", "bar", "barred", "must", "except", "may"]
        groups = [
            f"(?P<{name.replace('-', '_')}>{'|'.join(expand(phrase) for phrase in phrases[name])})"
            for name in order
            if phrases.get(name)
        ]
        self._pattern = re2.compile(rf"[\s(\"'\[](?:{'|'.join(groups)})\b")

    def mark(self, text: str) -> str:
        """Return the text, same length, with marks. A space is put before it when its first word is a mark."""
        parts: list[str] = []
        done = 0
        for found in self._pattern.finditer(text):
            name = found.lastgroup
            if name is None:
                continue
            parts.append(text[done : found.start()])
            parts.append(MARKS[name.replace("_", "-")])
            done = found.start() + 1
        parts.append(text[done:])
        return "".join(parts)


def unmark(text: str) -> str:
    """Put spaces back in place of marks, and currency signs in place of their bytes."""
    for mark in ANY_MARK:
        text = text.replace(mark, " ")
    for sign, byte in CURRENCIES.items():
        text = text.replace(byte, sign)
    return text
