"""How well clauses are read in texts that no list is asked about: verdicts, freedoms, clauses, speed.

    python tests/bench/clauses.py --texts DIR --gold GOLD.jsonl [--labels LABELS.csv] [--misses]

Every text is read cold (`--no-identify`). DIR holds `KEY.LICENSE` files with front matter, as in the folder
`licensedcode/data/licenses` of the wheel scancode-toolkit-mini 32.5.0. GOLD has one JSON object a line: key,
verdict, freedoms, clauses (id, values, quote), sure. LABELS has columns key, label (open or not-open), english.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import Counter
from pathlib import Path

from checker.api import Judge
from checker.domain.freedoms import ClauseKind, Freedom

SURE = 0.65
ACTING = frozenset({ClauseKind.LIMITATION, ClauseKind.CONDITION})


def body(path: Path) -> str:
    """Return the text of a license file without its front matter."""
    text = path.read_text(encoding="utf-8")
    return text.split("\n---\n", 1)[1] if text.startswith("---") else text


def percent(part: int, whole: int) -> str:
    """Write a share."""
    return f"{100 * part / whole:5.1f} % ({part} of {whole})" if whole else "nothing to count"


def against_gold(judge: Judge, texts: Path, gold: Path, *, misses: bool) -> None:
    """Compare with texts that people read one by one."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    count: Counter[str] = Counter()
    freedoms: Counter[Freedom] = Counter()
    taxonomy = judge.knowledge.taxonomy
    for row in rows:
        judged = judge.text(body(texts / f"{row['key']}.LICENSE"), name=row["key"])
        sure, is_open, says_open = (
            row["sure"] >= SURE,
            row["verdict"] == "open",
            judged.verdict.value == "open",
        )
        count["all"] += 1
        count["all right"] += is_open == says_open
        count["sure"] += sure
        count["sure right"] += sure and is_open == says_open
        count["not open"] += not is_open
        count["not open, judged open"] += says_open and not is_open
        count["word"] += judged.verdict.value == row["verdict"]
        for freedom in Freedom:
            freedoms[freedom] += judged.freedoms[freedom].outcome.value == row["freedoms"][freedom.value]
        wanted = {clause["id"] for clause in row["clauses"]}
        wanted = {name for name in wanted if name in taxonomy and taxonomy[name].kind in ACTING}
        found = {
            clause.id for clause in judged.clauses if clause.kind in ACTING and "via" not in clause.values
        }
        count["found"] += len(found)
        count["wanted"] += len(wanted)
        count["both"] += len(found & wanted)
        if misses and (judged.verdict.value != row["verdict"] or found != wanted):
            differ = f"missed {sorted(wanted - found)}; extra {sorted(found - wanted)}"
            print(f"  {row['key']}: {row['verdict']} -> {judged.verdict.value}; {differ}")
    print(f"gold: {count['all']} texts")
    print(f"  open or not, sure >= {SURE}      {percent(count['sure right'], count['sure'])}")
    print(f"  open or not, all             {percent(count['all right'], count['all'])}")
    print(f"  not open, judged open        {percent(count['not open, judged open'], count['not open'])}")
    print(f"  the verdict word             {percent(count['word'], count['all'])}")
    print(f"  freedoms                     {percent(sum(freedoms.values()), 4 * count['all'])}")
    for freedom in Freedom:
        print(f"    {freedom.value:26s} {percent(freedoms[freedom], count['all'])}")
    print(f"  limitations and conditions, precision {percent(count['both'], count['found'])}")
    print(f"  limitations and conditions, recall    {percent(count['both'], count['wanted'])}")


def against_labels(judge: Judge, texts: Path, labels: Path, *, misses: bool) -> None:
    """Compare with the categories of a license list, which count in one direction only."""
    count: Counter[tuple[str, str]] = Counter()
    characters = 0
    with labels.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["english"] == "yes"]
    start = time.process_time()
    for row in rows:
        text = body(texts / f"{row['key']}.LICENSE")
        characters += len(text)
        verdict = judge.text(text, name=row["key"]).verdict.value
        count[row["label"], verdict] += 1
        if misses and row["label"] == "not-open" and verdict == "open":
            print(f"  {row['key']}: labelled not open, judged open")
    spent = time.process_time() - start
    total = {
        label: sum(number for (one, _), number in count.items() if one == label)
        for label in ("open", "not-open")
    }
    unknown = count["open", "unknown"] + count["not-open", "unknown"]
    print(
        f"labels: {len(rows)} English texts, read and judged at {characters / 1e6 / spent:.2f} MB a second of CPU"
    )
    print(f"  not open, judged open        {percent(count['not-open', 'open'], total['not-open'])}")
    print(f"  open, judged open            {percent(count['open', 'open'], total['open'])}")
    print(f"  undecided                    {percent(unknown, len(rows))}")


def main() -> None:
    """Run the comparisons that files were given for."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--texts", type=Path, required=True)
    options.add_argument("--gold", type=Path)
    options.add_argument("--labels", type=Path)
    options.add_argument("--misses", action="store_true")
    given = options.parse_args()
    judge = Judge.make(identify=False)
    if given.gold:
        against_gold(judge, given.texts, given.gold, misses=given.misses)
    if given.labels:
        against_labels(judge, given.texts, given.labels, misses=given.misses)


if __name__ == "__main__":
    main()
