"""Collects every mistake of one policy file, each with its line and the nearest known name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checker.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from checker.knowledge.yaml_text import Path, Plain


_SHOWN: Final = 13
"""How many known names a fix lists where none is near."""


class Mistakes:
    """The mistakes found so far; readers ask it for values and get a harmless stand-in where one is wrong."""

    def __init__(self, file: str, line: Callable[[Path], int]) -> None:
        self.file = file
        self._line = line
        self.found: list[Problem] = []

    def line(self, path: Path) -> int:
        """Return the line of a part, counted from 1."""
        return self._line(path)

    def at(self, path: Path, what: str, fix: str = "") -> None:
        """Note one mistake."""
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
        self.found.append(
            Problem(
                file=self.file, line=self._line(path), what=f"{where}: {what}" if where else what, fix=fix
            )
        )

    def unknown(self, path: Path, kind: str, name: object, known: Iterable[str]) -> None:
        """Note a name that nobody knows, with the nearest one that is known."""
        self.at(path, f"{name!r} is not {kind}", nearest(str(name), known))

    def mapping(
        self, value: Plain, path: Path, *, keys: Collection[str], required: Collection[str] = ()
    ) -> Mapping[str, Plain]:
        """Return the value as a mapping with none but these keys; say what is missing or unknown."""
        if not isinstance(value, dict):
            self.at(path, f"must be a mapping, not {kind_of(value)}", f"write keys such as {_some(keys)}")
            return {}
        for key in value:
            if key not in keys:
                self.at((*path, key), "unknown key", nearest(key, keys))
        for key in required:
            if key not in value:
                self.at(path, f"`{key}:` is missing", f"add `{key}:`")
        return value

    def sequence(self, value: Plain, path: Path) -> list[Plain]:
        """Return the value as a list with at least one entry."""
        if not isinstance(value, list):
            self.at(
                path,
                f"must be a list, not {kind_of(value)}",
                "write it as `- entry` lines or `[entry, entry]`",
            )
            return []
        if not value:
            self.at(path, "the list is empty", "add an entry, or leave the key out")
        return value

    def text(self, value: Plain, path: Path) -> str:
        """Return the value as text that is not empty."""
        if not isinstance(value, str) or not value.strip():
            self.at(
                path,
                f"must be text, not {kind_of(value)}",
                "write words; put them in quotes if they hold a colon",
            )
            return ""
        return value.strip()

    def texts(self, value: Plain, path: Path) -> tuple[str, ...]:
        """Return one text or a list of texts as a tuple."""
        if isinstance(value, str):
            value = [value]
        return tuple(
            text for i, item in enumerate(self.sequence(value, path)) if (text := self.text(item, (*path, i)))
        )

    def choice(self, value: Plain, path: Path, kind: str, known: Collection[str]) -> str:
        """Return the value if it is one of the known words, else an empty string."""
        if isinstance(value, str) and value in known:
            return value
        self.unknown(path, kind, value, known)
        return ""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a fix that names the nearest known names, or some of them."""
    import difflib  # noqa: PLC0415 - only a mistake needs it

    options = sorted(known)
    close = difflib.get_close_matches(name[:80], options, n=2, cutoff=0.6)
    if close:
        return "did you mean " + " or ".join(f"`{option}`" for option in close) + "?"
    return f"use one of {_some(options)}"


def kind_of(value: Plain) -> str:
    """Name the kind of a value in the words of a person who writes YAML."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a mapping"


def _some(names: Iterable[str]) -> str:
    options = sorted(names)
    shown = ", ".join(f"`{name}`" for name in options[:_SHOWN])
    return shown if len(options) <= _SHOWN else f"{shown} ..."
