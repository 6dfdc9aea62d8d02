"""How text for people is laid out and coloured, on any width and any terminal."""

from __future__ import annotations

from enum import Enum

from checker.domain.dataclass import dataclass
from checker.reports.plain import visible
from checker.reports.run import RenderOptions


class Style(Enum):
    """What colour may say; nothing depends on colour alone. The values are ANSI codes."""

    STRONG = "1"
    QUIET = "2"
    GOOD = "32;1"
    BAD = "31;1"
    UNSURE = "33;1"
    LABEL = "36"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Paints and wraps; made from the options of a run."""

    options: RenderOptions

    def paint(self, text: str, *styles: Style) -> str:
        """Colour a piece of one line; as it is where there is no colour."""
        if not self.options.color or not text or not styles:
            return text
        return f"\x1b[{';'.join(style.value for style in styles)}m{text}\x1b[0m"

    def glyph(self, fine: str, plain: str) -> str:
        """Choose a mark that the stream can show."""
        return fine if self.options.unicode else plain

    def name(self, text: str) -> str:
        """Make a name fit for two lines: control characters visible, a very long one cut in the middle."""
        shown = visible(text)
        room = max(60, 2 * self.options.width - 20)
        if len(shown) <= room:
            return shown
        return f"{shown[: room // 2]} ... {shown[-room // 2 :]}"

    def wrap(
        self, text: str, *, first: str = "", rest: str | None = None, style: Style | None = None
    ) -> list[str]:
        """Break words over lines of the width at hand.

        Args:
            text: Foreign or own words; control characters become visible.
            first: Put before the first line.
            rest: Put before every other line; blanks as wide as `first` if None.
            style: Colour of the words, not of what is put before them.
        """
        import textwrap  # noqa: PLC0415  (4 ms that a machine format does not pay)

        rest = " " * len(first) if rest is None else rest
        room = max(20, self.options.width - max(len(first), len(rest)))
        lines = textwrap.wrap(visible(text), room, break_on_hyphens=False) or [""]
        painted = [self.paint(line, *([style] if style else [])) for line in lines]
        return [(first if index == 0 else rest) + line for index, line in enumerate(painted)]
