"""The record of a producer: how its releases came out over the years, and what changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from checker.domain.freedoms import Level, Verdict
from checker.domain.judgement import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.domain.judgement import Judgement
    from checker.domain.release import Producer

RULE = "producer/record"


def record(producer: Producer, judgements: Sequence[Judgement]) -> Finding:
    """Say in one note how a producer's releases came out.

    Args:
        producer: Whose releases they are.
        judgements: All of them, oldest first.
    """
    settled = [one for one in judgements if one.verdict is not Verdict.UNKNOWN]
    opened = [one for one in settled if one.verdict is Verdict.OPEN]
    share = f"{100 * len(opened) / len(settled):.0f} %" if settled else "none"
    counted = Counter(one.verdict.value for one in judgements)
    words = ", ".join(
        f"{counted[verdict.value]} {verdict.value}" for verdict in reversed(Verdict) if counted[verdict.value]
    )
    parts = [
        f"{producer.name}: {len(judgements)} releases, {words}; {share} of those that are settled are open.",
        *_years(judgements),
        *_changes(judgements),
    ]
    return Finding(rule=RULE, level=Level.NOTE, message=" ".join(parts))


def _years(judgements: Sequence[Judgement]) -> list[str]:
    """Return the share that is open, year by year."""
    years: dict[str, list[Judgement]] = {}
    for one in judgements:
        date = _release(one).get("date")
        if date:
            years.setdefault(str(date)[:4], []).append(one)
    said = [
        f"{year} {sum(one.verdict is Verdict.OPEN for one in found)} of {len(found)}"
        for year, found in sorted(years.items())
    ]
    return [f"Open by year: {', '.join(said)}."] if said else []


def _changes(judgements: Sequence[Judgement]) -> list[str]:
    """Return the releases whose license changed."""
    said = []
    for one in judgements:
        history = _release(one).get("history") or []
        if len({change["license"] for change in history}) > 1:
            steps = ", then ".join(
                f"{change['license']} from {change['from']}{'' if change['verified'] else ' (unverified)'}"
                for change in history
            )
            said.append(f"{one.name}: {steps}")
    return [f"Changed: {'; '.join(said)}."] if said else []


def _release(judgement: Judgement) -> dict[str, Any]:
    release = judgement.extra.get("release")
    return release if isinstance(release, dict) else {}
