"""Judgements made of everything that ever broke a report: for the property tests of each format."""

from __future__ import annotations

from hypothesis import strategies as st

from checker.domain.clauses import Clause, Evidence
from checker.domain.freedoms import ClauseKind, Freedom, Level, Outcome, Verdict
from checker.domain.judgement import AuthoritySays, Finding, FreedomResult, Judgement, SubjectError
from checker.domain.matches import How, Match
from checker.domain.values import Values

FRAGMENTS = (
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "\x00\x07\x08\x7f\x9b",
    "<script>alert(1)</script>",
    "</script><!--",
    "<!-- --><img src=x onerror=alert(1)>",
    "]]>",
    "<![CDATA[",
    "&#0;&amp;",
    "\n::error file=x::pwned",
    "\r\n::set-output name=a::b",
    "##[error]pwned",
    "%0A::warning::x",
    "=cmd|' /C calc'!A0",
    " @SUM(1)",
    "+1",
    "-1+2",
    "\t=1",
    "|a|b|",
    "`x` ``` ~~~",
    "[link](javascript:alert(1))",
    "![i](https://evil.example/x.png)",
    "https://evil.example www.evil.example @everyone #1",
    "</details></summary>",
    "\n\n# heading\n\n- item\n\n---\n",
    "\u202egnp.exe\u2066",
    "\u2028\u2029\ufeff\u200b",
    "\ud800",
    "\udcff",
    "\ufffe\uffff",
    "{{ 7 * 7 }}{% x %}",
    "${{ github.token }}",
    "\\",
    '"',
    "'",
    "a" * 10_240,
    "../" * 40 + "etc/passwd",
    "//host/share",
    "C:\\Windows\\x",
    "javascript:alert(1)",
)

_any = st.text(st.characters(codec=None), max_size=12)
words = st.lists(st.one_of(st.sampled_from(FRAGMENTS), _any), min_size=0, max_size=3).map("".join)
names = words.map(lambda text: text or "-")

evidence = st.builds(
    lambda source, line, more, quote: Evidence(
        source=source, start_line=line, end_line=line + more, quote=quote
    ),
    names,
    st.integers(0, 10_000),
    st.integers(0, 9),
    words,
)
findings = st.builds(
    Finding,
    rule=st.one_of(st.just("use/user-cap"), words),
    level=st.sampled_from(Level),
    message=words,
    freedom=st.one_of(st.none(), st.sampled_from(Freedom)),
    fix=words,
    causes=st.lists(words, max_size=1).map(tuple),
    evidence=st.lists(evidence, max_size=2).map(tuple),
    waived=st.booleans(),
    waiver_reason=words,
)
errors = st.builds(SubjectError, what=words, why=words, fix=words)
judgements = st.builds(
    Judgement,
    kind=st.sampled_from(("license-file", "requirement", "model", "expression")),
    name=names,
    version=st.one_of(st.none(), words),
    sha256=st.one_of(st.none(), st.just("ab" * 32)),
    declared=st.one_of(st.none(), words),
    concluded=st.one_of(st.none(), words),
    matches=st.lists(
        st.builds(
            Match,
            license=words,
            how=st.sampled_from(How),
            score=st.just(0.5),
            start_line=st.just(1),
            end_line=st.just(2),
        ),
        max_size=1,
    ).map(tuple),
    verdict=st.sampled_from(Verdict),
    alternative=st.one_of(st.none(), words),
    freedoms=st.sampled_from(({}, {Freedom.USE: FreedomResult(outcome=Outcome.RESTRICTED, rules=("<b>",))})),
    clauses=st.lists(
        st.builds(
            lambda name, value, found: Clause(
                id=name, kind=ClauseKind.TERM, values=Values({name: value}), evidence=(found,)
            ),
            words,
            words,
            evidence,
        ),
        max_size=1,
    ).map(tuple),
    findings=st.lists(findings, max_size=3).map(tuple),
    authorities=st.lists(
        st.builds(AuthoritySays, who=words, says=words, date=words, agrees=st.none()), max_size=1
    ).map(tuple),
    errors=st.lists(errors, max_size=1).map(tuple),
    passed=st.booleans(),
    judged=st.booleans(),
    summary=words,
    size=st.one_of(st.none(), st.integers(0, 9)),
)
runs = st.lists(judgements, max_size=3).map(tuple)
