"""YAML text -> plain data plus the line of every part, without recursion and within limits.

One builder reads both our own files and foreign ones. It works from the parser's events instead of
composed nodes: nesting costs a list entry and no call stack, an alias costs what it expands to, and a
text built to hurt is refused before it is held in memory.

Scalars follow the YAML 1.2 core schema: `no` and `on` are words (Norway has a country code), dates stay
strings as written, `010` is ten. Source: yaml.org/spec/1.2.2, chapter 10.3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass as changing
from dataclasses import field
from typing import TYPE_CHECKING

from checker.domain.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
"""What comes out: JSON-like data, always a tree as far as a reader can tell."""

Path = tuple[str | int, ...]
"""Where in the data: keys and positions from the root; the root is the empty path."""

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INT = re.compile(r"[-+]?[0-9]{1,40}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,40}\.[0-9]{0,40}|\.[0-9]{1,40}|[0-9]{1,40})(?:[eE][-+]?[0-9]{1,2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a text may ask for."""

    depth: int = 60
    """Nested sequences and mappings."""
    nodes: int = 2_000_000
    """Scalars, sequences and mappings, each alias counted with all that it stands for."""
    lines: bool = True
    """Whether to keep the line of every part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with the text itself, and where (line from 1)."""

    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Data, the lines of its parts, and every fault that did not stop the reading (duplicate keys)."""

    data: Plain
    lines: dict[Path, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def line(self, path: Path) -> int:
        """Return the line of this part, or of the nearest part around it; 1 at the least."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class YamlFault(Exception):
    """The text cannot be read as YAML, or asks for more than the limits allow."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def scalar(text: str) -> Plain:
    """Resolve one plain scalar by the core schema; anything that is no null, bool or number is a string."""
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


@changing(slots=True)
class _Open:
    """A sequence or mapping that is still being filled."""

    value: list[Plain] | dict[str, Plain]
    path: Path
    anchor: str | None
    nodes_before: int
    key: str | None = None
    """Mappings: the key that waits for its value."""


class _Builder:
    """Turns parser events into data; one instance builds one document."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.nodes = 0
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Plain, int]] = {}
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.root: Plain = None

    def path(self) -> Path:
        """Return the path of the value that comes next."""
        if not self.stack:
            return ()
        top = self.stack[-1]
        return (*top.path, len(top.value) if isinstance(top.value, list) else (top.key or ""))

    def count(self, line: int, nodes: int = 1) -> None:
        """Charge nodes to the budget."""
        self.nodes += nodes
        if self.nodes > self.limits.nodes:
            raise YamlFault(line, f"more than {self.limits.nodes} values once its aliases are written out")

    def expects_key(self) -> bool:
        """Say whether the next scalar is the key of a mapping."""
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def take_key(self, text: str, line: int) -> None:
        """Note a key; a second one of the same name is a fault and the first value stays."""
        top = self.stack[-1]
        if text in top.value:
            self.faults.append(Fault(line=line, what=f"{text!r} stands twice in the same mapping"))
        top.key = text
        if self.limits.lines:
            self.lines.setdefault((*top.path, text), line)

    def put(self, value: Plain, line: int) -> None:
        """Store a finished value where it belongs."""
        if self.limits.lines:
            self.lines.setdefault(self.path(), line)
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is not None:
            top.value.setdefault(top.key, value)
            top.key = None

    def open(self, value: list[Plain] | dict[str, Plain], anchor: str | None, line: int) -> None:
        """Start a sequence or mapping."""
        if self.expects_key():
            raise YamlFault(line, "a key must be a plain word, not a list or a mapping")
        if len(self.stack) >= self.limits.depth:
            raise YamlFault(line, f"nested more than {self.limits.depth} deep")
        self.count(line)
        path = self.path()
        if self.limits.lines:
            self.lines.setdefault(path, line)
        self.stack.append(_Open(value, path, anchor, self.nodes - 1))

    def close(self, line: int) -> None:
        """Finish the innermost sequence or mapping."""
        done = self.stack.pop()
        if done.anchor is not None:
            self.anchors[done.anchor] = (done.value, self.nodes - done.nodes_before)
        self.put(done.value, line)

    def take_alias(self, anchor: str, line: int) -> None:
        """Write out an alias, at the price of all that it stands for."""
        if anchor not in self.anchors:
            raise YamlFault(line, f"the alias *{anchor} stands inside or before what it names")
        value, nodes = self.anchors[anchor]
        self.count(line, nodes)
        if self.expects_key():
            self.take_key(str(value), line)
        else:
            self.put(value, line)

    def take_scalar(self, value: Plain, text: str, anchor: str | None, line: int) -> None:
        """Store one scalar, as a key or as a value."""
        self.count(line)
        if anchor is not None:
            self.anchors[anchor] = (value, 1)
        if self.expects_key():
            self.take_key(text, line)
        else:
            self.put(value, line)


def parse(text: str, limits: Limits | None = None) -> Parsed:
    """Read one YAML document.

    Args:
        text: The whole file. The caller bounds its size.
        limits: Depth and number of values; the defaults suit our own files.

    Returns:
        Plain data, the line of each part, and duplicate keys as faults. An empty text gives None.

    Raises:
        YamlFault: The text is not YAML, holds several documents, or goes over a limit.
    """
    import yaml  # noqa: PLC0415 - 35 ms that a run on compiled data never pays

    builder = _Builder(limits or Limits())
    try:
        _feed(builder, yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        raise YamlFault((mark.line if mark else 0) + 1, f"not YAML: {what}") from error
    except UnicodeError as error:
        raise YamlFault(1, f"not YAML: {error.reason if hasattr(error, 'reason') else error}") from error
    return Parsed(data=builder.root, lines=builder.lines, faults=tuple(builder.faults))


def _feed(builder: _Builder, events: Iterator[object]) -> None:
    """Hand each event to the builder."""
    documents = 0
    for event in events:
        name = type(event).__name__
        line = event.start_mark.line + 1 if event.start_mark else 1  # type: ignore[attr-defined]
        if name == "ScalarEvent":
            plain = event.implicit[0] and event.tag is None  # type: ignore[attr-defined]
            text = event.value  # type: ignore[attr-defined]
            builder.take_scalar(scalar(text) if plain else text, text, event.anchor, line)  # type: ignore[attr-defined]
        elif name == "MappingStartEvent":
            builder.open({}, event.anchor, line)  # type: ignore[attr-defined]
        elif name == "SequenceStartEvent":
            builder.open([], event.anchor, line)  # type: ignore[attr-defined]
        elif name in {"MappingEndEvent", "SequenceEndEvent"}:
            builder.close(line)
        elif name == "AliasEvent":
            builder.take_alias(event.anchor, line)  # type: ignore[attr-defined]
        elif name == "DocumentStartEvent":
            documents += 1
            if documents > 1:
                raise YamlFault(line, "more than one document (a second `---`)")
