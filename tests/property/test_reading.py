"""Laws of reading: a limit never helps, layout and case say nothing, two licenses bind together."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.api import Judge
from checker.domain.clauses import Clause
from checker.domain.freedoms import Freedom, Outcome, Verdict
from checker.domain.judgement import Judgement
from checker.reading.clean import clean
from checker.reading.document import Document
from checker.reading.pipeline import read_text

GRANTS = (
    "You may use, copy, modify and distribute the software, in source and binary form, for any purpose.",
    "Permission is granted to anyone to use, change and share this program free of charge.",
    "Anyone may do anything with this code.",
    "You may use and copy the program for any purpose, and pass on changed versions.",
)
DUTIES = (
    "Copies must retain this notice.",
    "Changed versions must be marked as changed.",
    "Whoever passes on the program must give its source code to the recipients.",
    "The names of the authors may not be used to endorse products.",
)
LIMITS = (
    "Commercial use is prohibited.",
    "You may not modify the software.",
    "You may not distribute the software to others.",
    "The software may not be used for military purposes.",
    "The software may be used for evaluation purposes only.",
    "We may revoke this license at any time and for any reason.",
    "You may not use the software to build a product that competes with ours.",
    "Organizations with more than fifty thousand active users may not use the software under this license.",
    "You may not provide the software to third parties as a hosted service.",
    "You must keep the source code confidential.",
)
TERMS = ("The software comes as is, without any warranty.", "This license is governed by the laws of Utopia.")
_RANK = {Verdict.CLOSED: 0, Verdict.RESTRICTED: 1, Verdict.UNKNOWN: 2, Verdict.OPEN: 3}

texts = st.builds(
    lambda grant, more: "\n\n".join([grant, *more]),
    st.sampled_from(GRANTS),
    st.lists(st.sampled_from(DUTIES + TERMS), max_size=3, unique=True),
)
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def judge(*, identify: bool = False) -> Judge:
    return Judge.make(as_of=date(2026, 1, 1), identify=identify)


def outcomes(judgement: Judgement) -> dict[Freedom, Outcome]:
    return {freedom: result.outcome for freedom, result in judgement.freedoms.items()}


def said(judgement: Judgement) -> set[tuple[object, ...]]:
    def key(clause: Clause) -> tuple[object, ...]:
        return clause.id, clause.values, clause.freedoms, clause.basis

    return {key(clause) for clause in judgement.clauses}


@few
@given(text=texts, limit=st.sampled_from(LIMITS), before=st.booleans(), identify=st.booleans())
def test_a_limit_never_improves_a_verdict(text: str, limit: str, *, before: bool, identify: bool):
    engine = judge(identify=identify)
    plain = engine.text(text)
    limited = engine.text(f"{limit}\n\n{text}" if before else f"{text}\n\n{limit}")
    assert _RANK[limited.verdict] <= _RANK[plain.verdict]
    assert limited.verdict is not Verdict.OPEN
    for freedom, outcome in outcomes(limited).items():
        assert outcome <= outcomes(plain)[freedom], freedom


@few
@given(
    text=texts, limits=st.lists(st.sampled_from(LIMITS), max_size=2, unique=True), width=st.integers(20, 120)
)
def test_wrapping_and_case_say_nothing(text: str, limits: list[str], width: int):
    whole = "\n\n".join([text, *limits])
    plain = judge().text(whole)
    wrapped = "\n\n".join(_wrap(block, width) for block in whole.split("\n\n"))
    for other in (wrapped, whole.upper(), whole.replace(" ", "  "), whole.replace("\n", "\r\n")):
        again = judge().text(other)
        assert said(again) == said(plain)
        assert outcomes(again) == outcomes(plain)


def _wrap(block: str, width: int) -> str:
    lines, line = [], ""
    for word in block.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


@few
@given(pair=st.tuples(st.sampled_from(GRANTS), st.sampled_from(LIMITS)), other=st.sampled_from(GRANTS))
def test_two_licenses_are_never_better_than_the_worse(pair: tuple[str, str], other: str):
    one = "\n\n".join(pair)
    both = judge().text(f"{one}\n\n{'-' * 60}\n\n{other}")
    worse = min(_RANK[judge().text(one).verdict], _RANK[judge().text(other).verdict])
    assert _RANK[both.verdict] <= worse


@few
@given(
    word=st.sampled_from(("non-commercial", "evaluation")),
    hidden=st.sampled_from(("\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", "\u200f")),
    place=st.integers(1, 8),
)
def test_hidden_characters_hide_nothing(word: str, hidden: str, place: int):
    text = f"You may use and copy the software for {word} purposes only."
    masked = text.replace(word, f"{word[:place]}{hidden}{word[place:]}")
    plain, read = judge().text(text), judge().text(masked)
    assert said(read) == said(plain)
    assert "license/disguised" in {finding.rule for finding in read.findings}


@few
@given(st.text(max_size=400))
def test_any_text_is_read(text: str):
    reading = read_text(Document("-", text), judge().knowledge, identify=False)
    lines = text.count("\n") + text.count("\r") + 1
    for profile in reading.profiles.values():
        for clause in profile.clauses:
            assert all(0 <= found.start_line <= found.end_line <= lines for found in clause.evidence)


@few
@given(st.text(alphabet=st.sampled_from("ab -\n\u200b\u00ad\u0430\uff41\u0301&;amp<>*_"), max_size=80))
def test_a_cleaned_text_leads_back_to_the_original(text: str):
    cleaned = clean(text)
    places = [cleaned.origin(index) for index in range(len(cleaned.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
