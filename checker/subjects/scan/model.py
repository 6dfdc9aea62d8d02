"""What a walk through a project finds, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What one manifest declares for one thing."""

    source: str
    """Path of the manifest, POSIX form."""
    words: str
    """As written; empty where the manifest has no such field."""
    line: int = 0
    """Line of the field, from 1; 0 if it could not be placed."""
    of: str = ""
    """Name of the package, component or model; empty where it has none."""
    expressions: tuple[str, ...] = ()
    """Names that stand for licenses by themselves, such as classifiers; joined by nothing."""
    files: tuple[str, ...] = ()
    """License files that the manifest points at, relative to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file that may speak of licenses and could not be understood."""

    source: str
    why: str


@dataclass(slots=True)
class Group:
    """Files that say the same: how many, and a few of them."""

    count: int = 0
    examples: list[tuple[str, int]] = field(default_factory=list)
    """(path, line), the first few in order of path."""

    def add(self, other: Group, most: int) -> None:
        """Take in another group, keeping the first `most` examples in order of path."""
        self.count += other.count
        self.examples = sorted({*self.examples, *other.examples})[:most]


@dataclass(slots=True)
class Tags:
    """License tags of many files, by what they say; bounded however many files there are."""

    said: dict[str, Group] = field(default_factory=dict)
    """Words after `SPDX-License-Identifier:` -> the files."""
    untagged: Group = field(default_factory=Group)
    """Text files without a tag."""
    files: int = 0
    """Files looked at, binaries included."""

    def add(self, other: Tags, most: int) -> None:
        """Take in what another batch found."""
        for words, group in other.said.items():
            self.said.setdefault(words, Group()).add(group, most)
        self.untagged.add(other.untagged, most)
        self.files += other.files


@dataclass(slots=True)
class Survey:
    """Everything found below one root."""

    root: str
    license_files: list[str] = field(default_factory=list)
    """Paths as given, POSIX form."""
    manifests: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    """Requirement lists: to be audited by `openverdict requirements`."""
    tags: Tags = field(default_factory=Tags)
    not_read: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
