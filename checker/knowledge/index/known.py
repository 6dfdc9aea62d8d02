"""The known texts of one or more shards, as identification asks for them. Cheap to open; numpy never."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, OrderedDict
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from checker.domain.dataclass import dataclass
from checker.knowledge.index.anchors import SHORT_RUN, anchors, run_hashes, short_hashes
from checker.knowledge.index.container import Shard
from checker.knowledge.index.marks import Marks
from checker.knowledge.index.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

COLUMNS = 7
"""Numbers in a row of the section `texts`: see `KnownText`."""
DIGEST = 16
"""Bytes kept of the SHA-256 of a text's words."""


class TextKind(IntEnum):
    """What a known text is."""

    MAIN = 0
    """The text of a license as its list gives it; profiles count their words."""
    VARIANT = 1
    """Another wording of the same license."""
    NOTICE = 2
    """Words that put a work under a license without being its text."""
    REFERENCE = 3
    """A license's name as people write it; it says nothing without words of licensing around it."""
    APART = 4
    """A wording that shares little with the license's main text: only the whole of it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownText:
    """One known text: its words as characters, and what finding them means."""

    number: int
    sequence: str
    license: str
    """SPDX expression; a single id for a license text."""
    kind: TextKind
    anchor_count: int
    required: tuple[tuple[int, int], ...]
    """Runs of words that must all be found; notices only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseEntry:
    """What the index knows of a license by name."""

    id: str
    key: str
    """Key in its source."""
    name: str
    category: str
    """The source's own category, as it spells it."""
    language: str
    """ISO 639-1."""
    is_exception: bool
    words: int
    """Words of its main text; 0 when the source has none."""


class KnownTexts:
    """Known texts of all shards under one numbering; text `n` of shard `s` is `first[s] + n`.

    Raises (from any method):
        IndexDamaged: when a section that is needed does not match its sum.
    """

    def __init__(self, shards: Iterable[Shard], seeds: Callable[[str], object]) -> None:
        """Number the texts of `shards`; `seeds` gives the plain data of `spdx-ids` and `urls`."""
        self.shards = tuple(shards)
        self._seeds = seeds
        self._firsts: list[int] = []
        total = 0
        for shard in self.shards:
            self._firsts.append(total)
            total += int(shard.header["texts"])
        self.count = total
        self._cache: OrderedDict[int, KnownText] = OrderedDict()
        self._anchor_cache: OrderedDict[int, dict[int, list[int]]] = OrderedDict()

    @staticmethod
    def tokenize(text: str) -> Tokens:
        """Return the words of a cleaned text. Profiles and identification both count with this."""
        return Tokens(text)

    @property
    def version(self) -> str:
        """Version of the knowledge, of all shards."""
        return "+".join(f"{shard.name}-{shard.header['version']}" for shard in self.shards)

    # By digest: no section but the digests is read.

    def by_digest(self, digest: bytes) -> int | None:
        """Return the number of the text whose words have this SHA-256."""
        wanted = digest[:DIGEST]
        for first, shard in zip(self._firsts, self.shards, strict=True):
            table = shard.section("digests")
            low, high = 0, len(table) // DIGEST
            while low < high:
                middle = (low + high) // 2
                if bytes(table[middle * DIGEST : middle * DIGEST + DIGEST]) < wanted:
                    low = middle + 1
                else:
                    high = middle
            if bytes(table[low * DIGEST : low * DIGEST + DIGEST]) == wanted:
                return first + int(shard.numbers("digest_texts", "H")[low])
        return None

    # Texts.

    def _home(self, number: int) -> tuple[Shard, int]:
        at = bisect_right(self._firsts, number) - 1
        return self.shards[at], number - self._firsts[at]

    def license_of(self, number: int) -> str:
        """Return the expression that text `number` stands for."""
        shard, local = self._home(number)
        row = shard.numbers("texts", "I")
        return self._expressions(shard)[row[local * COLUMNS + 2]]

    def kind_of(self, number: int) -> TextKind:
        """Return what text `number` is."""
        shard, local = self._home(number)
        return TextKind(shard.numbers("texts", "I")[local * COLUMNS + 3])

    def _expressions(self, shard: Shard) -> list[str]:
        found = self._lists.get(shard.name)
        if found is None:
            found = self._lists[shard.name] = shard.text("expressions").split("\n")
        return found

    @cached_property
    def _lists(self) -> dict[str, list[str]]:
        return {}

    def text(self, number: int) -> KnownText:
        """Return text `number`; the last few hundred are kept."""
        kept = self._cache.get(number)
        if kept is not None:
            return kept
        shard, local = self._home(number)
        row = shard.numbers("texts", "I")[local * COLUMNS : (local + 1) * COLUMNS]
        start, length, expression, kind, anchor_count, first_required, required_count = row.tolist()
        required = shard.numbers("required", "H")[
            2 * first_required : 2 * (first_required + required_count)
        ].tolist()
        made = KnownText(
            number=number,
            sequence=str(shard.section("sequences")[2 * start : 2 * (start + length)], "utf-16-le"),
            license=self._expressions(shard)[expression],
            kind=TextKind(kind),
            anchor_count=anchor_count,
            required=tuple(zip(required[::2], required[1::2], strict=True)),
        )
        self._cache[number] = made
        if len(self._cache) > _KEEP:
            self._cache.popitem(last=False)
        return made

    def anchor_table(self, number: int) -> dict[int, list[int]]:
        """Return run hash -> positions in text `number`, for seeding an alignment."""
        kept = self._anchor_cache.get(number)
        if kept is not None:
            return kept
        sequence = self.text(number).sequence
        positions = anchors(sequence)
        table: dict[int, list[int]] = {}
        for hashed, at in zip(run_hashes(sequence, positions), positions, strict=True):
            table.setdefault(hashed, []).append(at)
        self._anchor_cache[number] = table
        if len(self._anchor_cache) > _KEEP_ANCHORS:
            self._anchor_cache.popitem(last=False)
        return table

    def main_text(self, license_id: str) -> KnownText | None:
        """Return the text that profiles of this license count in, if the index has one."""
        for first, shard in zip(self._firsts, self.shards, strict=True):
            local = self._mains(shard).get(license_id)
            if local is not None:
                return self.text(first + local)
        return None

    @cached_property
    def _main_tables(self) -> dict[str, dict[str, int]]:
        return {}

    def _mains(self, shard: Shard) -> dict[str, int]:
        table = self._main_tables.get(shard.name)
        if table is None:
            rows, expressions = shard.numbers("texts", "I"), self._expressions(shard)
            table = {}
            for local in range(len(rows) // COLUMNS):
                if rows[local * COLUMNS + 3] == TextKind.MAIN:
                    table.setdefault(expressions[rows[local * COLUMNS + 2]], local)
            self._main_tables[shard.name] = table
        return table

    # Votes.

    def vote(
        self, hashes: Iterable[int], limit: int, kept: dict[int, tuple[memoryview[int], ...]] | None = None
    ) -> Counter[int]:
        """Return how many of these runs each text has; runs in more than `limit` texts stay silent.

        Args:
            hashes: the runs, each once.
            limit: most texts of a run that is heard.
            kept: run -> its texts, shard by shard; filled here, so that windows that overlap ask once.
        """
        kept = {} if kept is None else kept
        for hashed in hashes:
            if hashed not in kept:
                kept[hashed] = self._with_run(hashed, limit)
        votes: Counter[int] = Counter()
        for shard, first in enumerate(self._firsts):
            heard: list[int] = []
            for hashed in hashes:
                texts = kept[hashed]
                if texts:
                    heard += texts[shard]
            if first:
                votes.update({first + local: count for local, count in Counter(heard).items()})
            else:
                votes.update(heard)
        return votes

    def _with_run(self, hashed: int, limit: int) -> tuple[memoryview[int], ...]:
        """Return the texts of a run, shard by shard; nothing when no shard has it."""
        found: list[memoryview[int]] = []
        any_has = False
        for keys, texts in self._runs:
            low = bisect_left(keys, hashed)
            high = low
            if low < len(keys) and keys[low] == hashed:
                high = bisect_right(keys, hashed, low, min(len(keys), low + limit + 1))
            if not 0 < high - low <= limit:
                high = low
            any_has = any_has or high > low
            found.append(texts[low:high])
        return tuple(found) if any_has else ()

    @cached_property
    def _runs(self) -> tuple[tuple[memoryview[int], memoryview[int]], ...]:
        return tuple(
            (shard.numbers("run_keys", "I"), shard.numbers("run_texts", "H")) for shard in self.shards
        )

    @cached_property
    def anchor_counts(self) -> list[int]:
        """The number of different runs at anchors of each text, by its number."""
        return [count for shard in self.shards for count in shard.numbers("texts", "I")[4::COLUMNS].tolist()]

    def short_notices(self, sequence: str) -> Iterator[tuple[int, int]]:
        """Yield (position of the run, text number) for the short notices whose rarest run stands here."""
        # A huge text is hashed a piece at a time.
        for start in range(0, len(sequence), _PIECE):
            yield from self._short_notices(sequence[start : start + _PIECE + SHORT_RUN - 1], start)

    def _short_notices(self, piece: str, start: int) -> Iterator[tuple[int, int]]:
        hashes = short_hashes(piece)
        for first, shard in zip(self._firsts, self.shards, strict=True):
            keys, texts = shard.numbers("short_keys", "I"), shard.numbers("short_texts", "H")
            if not len(keys):
                continue
            table = self._short_sets.get(shard.name)
            if table is None:
                table = self._short_sets[shard.name] = frozenset(keys)
            for at, hashed in enumerate(hashes):
                if hashed in table:
                    low = bisect_left(keys, hashed)
                    while low < len(keys) and keys[low] == hashed:
                        yield start + at, first + int(texts[low])
                        low += 1

    @cached_property
    def _short_sets(self) -> dict[str, frozenset[int]]:
        return {}

    # Licenses by name.

    @cached_property
    def _rows(self) -> dict[str, str]:
        """Every license id -> its line; the first shard that has it wins."""
        rows: dict[str, str] = {}
        for shard in reversed(self.shards):
            lines = shard.text("licenses").split("\n")
            rows.update((line[: line.find("\t")], line) for line in reversed(lines) if line)
        return rows

    @cached_property
    def licenses(self) -> dict[str, LicenseEntry]:
        """Every license id of the index -> what is known of it by name."""
        return {license_id: _entry(line) for license_id, line in self._rows.items()}

    def is_exception(self, license_id: str) -> bool:
        """Tell whether this id is an exception, to be joined by WITH."""
        line = self._rows.get(license_id)
        return line is not None and _entry(line).is_exception

    @cached_property
    def marks(self) -> Marks:
        """How licenses are pointed at without their words: ids, addresses, names."""
        return Marks(self._rows, (shard.text("names") for shard in self.shards), self._seeds)


def _entry(line: str) -> LicenseEntry:
    license_id, key, name, category, language, exception, words = line.split("\t")
    return LicenseEntry(
        id=license_id,
        key=key,
        name=name,
        category=category,
        language=language,
        is_exception=exception == "1",
        words=int(words),
    )


_KEEP = 256
_PIECE = 1 << 16
_KEEP_ANCHORS = 128


def open_shards(paths: Iterable[Path], seeds: Callable[[str], object]) -> KnownTexts:
    """Open index files; `seeds` gives the plain data of `spdx-ids` and `urls` when it is needed.

    Raises:
        IndexDamaged: when one is missing, foreign, of another version, cut short or altered.
    """
    return KnownTexts((Shard(path) for path in paths), seeds)
