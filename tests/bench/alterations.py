"""Open licenses with one sentence added: is a limit seen and named, and do harmless words change nothing?

    python tests/bench/alterations.py (--wheel WHEEL | --texts DIR) [--every] [--only restrictive|harmless]
                                      [--licenses a,b] [--show N]

The license texts are taken from a ScanCode wheel or a folder of `<key>.LICENSE` files; the sentences stand in
alterations.yaml beside this file. Each sentence meets each license in one of six places (before, inside, after;
inside a line or as a paragraph), which rotate; `--every` tries all six.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from checker.api import Judge
from checker.domain.freedoms import Verdict

LICENSES = (
    "mit isc bsd-new bsd-simplified apache-2.0 mpl-2.0 gpl-2.0 gpl-3.0 lgpl-2.1 lgpl-3.0 agpl-3.0 epl-2.0 epl-1.0 "
    "cddl-1.0 zlib boost-1.0 artistic-2.0 unlicense bsd-zero ms-pl upl-1.0 ecl-2.0 afl-3.0 osl-3.0 eupl-1.2 "
    "ncsa postgresql mit-0 miros bluehead-labs blueoak-1.0.0 cecill-2.1-en mulanpsl-2.0-en ofl-1.1 ntp-0 hpnd "
    "fair w3c-software-19980720 simpl-2.0 qpl-1.0 lppl-1.3c bsd-source-code python x11-xconsortium "
    "vovida-1.0 entessa-1.0 nokos-1.0a naumen apl-1.1 sleepycat zpl-2.0 php-3.01 intel-osl-1989 attribution"
).split()
WANTED = 40
_PLACES = ("before", "inside", "after")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_SENTENCE_END = re.compile(r"[a-z]{3}\.(?=\s+[A-Z(])")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Added:
    """One sentence to add."""

    kind: str
    text: str
    names: frozenset[str]
    """Clauses of which one must be reported; none for harmless words."""


@dataclass(slots=True)
class Tally:
    """What came out of one group."""

    asked: int = 0
    right: int = 0
    named: int = 0

    def say(self, what: str, named: str = "") -> str:
        """Return one line of the result."""
        share = f"{self.right}/{self.asked} {100 * self.right / max(1, self.asked):.1f} %"
        return f"{what}: {share}" + (
            f"; {named}: {100 * self.named / max(1, self.asked):.1f} %" if named else ""
        )


def sentences(group: str) -> list[Added]:
    """Read one group of alterations.yaml."""
    data = yaml.safe_load((_HERE / "alterations.yaml").read_text(encoding="utf-8"))
    if group == "harmless":
        return [Added(row["kind"], row["text"], frozenset()) for row in data["harmless"]]
    return [
        Added(row["kind"], text, frozenset(row["names"]))
        for row in data["restrictive"]
        for text in row["sentences"]
    ]


def texts(wheel: Path | None, folder: Path | None, keys: list[str]) -> dict[str, str]:
    """Return key -> license text without front matter, for the keys that are there."""
    found: dict[str, str] = {}
    if wheel is not None:
        with zipfile.ZipFile(wheel) as archive:
            names = {Path(name).stem: name for name in archive.namelist() if name.endswith(".LICENSE")}
            found = {key: archive.read(names[key]).decode("utf-8") for key in keys if key in names}
    elif folder is not None:
        found = {
            key: path.read_text(encoding="utf-8")
            for key in keys
            if (path := folder / f"{key}.LICENSE").is_file()
        }
    return {key: _FRONT_MATTER.sub("", text).strip("\n") for key, text in found.items()}


def place(text: str, added: str, where: str, *, paragraph: bool) -> str:
    """Put words before, inside or after a text: as a paragraph of their own, or in the run of the words."""
    if where == "before":
        return f"{added}\n\n{text}" if paragraph else f"{added} {text}"
    if where == "after":
        return f"{text}\n\n{added}\n" if paragraph else f"{text} {added}\n"
    if paragraph:
        breaks = [found.end() for found in re.finditer(r"\n[ \t]*\n", text)] or [text.find("\n") + 1]
        at = breaks[len(breaks) // 2]
        return f"{text[:at]}{added}\n\n{text[at:]}"
    ends = [found.end() for found in _SENTENCE_END.finditer(text)] or [len(text)]
    at = ends[len(ends) // 2]
    return f"{text[:at]} {added}{text[at:]}"


def cases(
    licenses: Mapping[str, str], group: list[Added], *, every: bool
) -> Iterator[tuple[str, Added, str, bool, str]]:
    """Yield license key, words, place, whether a paragraph, and the altered text."""
    places = list(itertools.product(_PLACES, (True, False)))
    for number, key in enumerate(licenses):
        for index, added in enumerate(group):
            chosen = places if every else [places[(number + index) % len(places)]]
            for where, paragraph in chosen:
                yield (
                    key,
                    added,
                    where,
                    paragraph,
                    place(licenses[key], added.text, where, paragraph=paragraph),
                )


def run(judge: Judge, licenses: dict[str, str], group: str, *, every: bool, show: int) -> Tally:
    """Judge every altered text of one group and print what went wrong."""
    clean = {key: judge.text(text) for key, text in licenses.items()}
    said = {key: {finding.rule for finding in judged.findings} for key, judged in clean.items()}
    tally, kinds, worst = Tally(), Counter[str](), Counter[str]()
    for key, added, where, paragraph, text in cases(licenses, sentences(group), every=every):
        judged = judge.text(text)
        tally.asked += 1
        clauses = {clause.id for clause in judged.clauses}
        if group == "restrictive":
            right = judged.verdict is not Verdict.OPEN
            named = bool(added.names & clauses)
        else:
            more = {finding.rule for finding in judged.findings} - said[key]
            right = judged.verdict is Verdict.OPEN and not more and "altered" not in (judged.concluded or "")
            named = right
        tally.right += right
        tally.named += named
        if not (right and named):
            kinds[f"{added.kind}: {added.text}"] += 1
            worst[key] += 1
            if sum(kinds.values()) <= show:
                form = "paragraph" if paragraph else "inline"
                print(f"  {key} {where} {form}: {added.text!r} -> {judged.verdict.value} {judged.concluded}")
                print(f"    {judged.summary}; {sorted(clauses - {c.id for c in clean[key].clauses})}")
    for name, count in kinds.most_common(show):
        print(f"  {count:4d} {name}")
    print(f"  by license: {dict(worst.most_common(12))}")
    return tally


def main() -> int:
    """Run the bench; 1 when a number is below what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--wheel", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--only", choices=["restrictive", "harmless"])
    parser.add_argument("--licenses")
    parser.add_argument("--show", type=int, default=40)
    options = parser.parse_args()
    keys = options.licenses.split(",") if options.licenses else LICENSES
    judge = Judge.make()
    licenses: dict[str, str] = {}
    for key, text in texts(options.wheel, options.texts, keys).items():
        if len(licenses) < WANTED and judge.text(text).verdict is Verdict.OPEN:
            licenses[key] = text
    print(f"{len(licenses)} open licenses: {' '.join(licenses)}")
    good = True
    start = time.perf_counter()
    if options.only != "harmless":
        tally = run(judge, licenses, "restrictive", every=options.every, show=options.show)
        print(tally.say("restrictive sentence, not judged open", "right clause named"))
        good &= tally.right >= 0.99 * tally.asked and tally.named >= 0.95 * tally.asked
    if options.only != "restrictive":
        tally = run(judge, licenses, "harmless", every=options.every, show=options.show)
        print(tally.say("harmless words, still open and silent"))
        good &= tally.right >= 0.99 * tally.asked
    print(f"{time.perf_counter() - start:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
