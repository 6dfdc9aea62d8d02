"""Laws of evaluation: what must hold whatever the clauses, the expression or the policy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.domain.clauses import Basis, Clause, Profile
from checker.domain.freedoms import ClauseKind, Freedom, Outcome, Verdict
from checker.domain.values import Values
from checker.evaluate import evaluate_expression, evaluate_profile
from checker.evaluate.verdicts import verdict_of
from checker.knowledge import Knowledge

if TYPE_CHECKING:
    from checker.domain.policy import Policy
    from checker.evaluate import Evaluated, ExpressionResult

KNOWLEDGE = Knowledge()
TAXONOMY = KNOWLEDGE.taxonomy
LAW = settings(deadline=None, max_examples=60)
"""No deadline: the first example loads policies and lists."""
POLICIES = [KNOWLEDGE.policy(name) for name in ("four-freedoms", "osd", "permissive")]
AS_OF = date(2026, 11, 22)
NAMES = ["A", "B", "C", "D"]

_by_kind = {kind: [one for one in TAXONOMY.values() if one.kind is kind] for kind in ClauseKind}
_values = st.fixed_dictionaries(
    {},
    optional={
        "scope": st.sampled_from(["any", "work", "network", "service-stack", "itself-alone", "file"]),
        "how": st.sampled_from(["at-will", "on-breach"]),
        "form": st.sampled_from(["barred", "listed", "click", "requested"]),
        "trigger": st.sampled_from(["network", "distribution", "breach"]),
        "until": st.sampled_from(["2020-01-01", "2030-01-01", "soon"]),
        "threshold": st.integers(0, 10**9),
    },
)
_freedoms = st.frozensets(st.sampled_from(list(Freedom)))


def clauses(*kinds: ClauseKind) -> st.SearchStrategy[Clause]:
    """Any clause of these kinds."""
    return st.builds(
        lambda known, values, freedoms, basis: Clause(
            id=known.id,
            kind=known.kind,
            values=Values(values),
            freedoms=freedoms,
            basis=basis if known.kind is ClauseKind.PERMISSION else Basis.EXPRESS,
        ),
        st.sampled_from([one for kind in kinds for one in _by_kind[kind]]),
        _values,
        _freedoms,
        st.sampled_from(Basis),
    )


def profiles(name: str) -> st.SearchStrategy[Profile]:
    """Any profile: clauses of any kind, over a text of any kind."""
    return st.builds(
        lambda found, kind, language: Profile(
            license=name,
            clauses=tuple(found),
            facts=Values({"text-kind": kind, "language": language}),
        ),
        st.lists(clauses(*ClauseKind), max_size=7),
        st.sampled_from(["license", "license", "license", "none", "pointer", "reserved"]),
        st.sampled_from(["en", "en", "und", "fi"]),
    )


known = st.fixed_dictionaries({name: profiles(name) for name in NAMES})
expressions = st.recursive(
    st.sampled_from([*NAMES, "Unknown"]),
    lambda inner: st.builds(
        lambda parts, word: "(" + f" {word} ".join(parts) + ")",
        st.lists(inner, min_size=2, max_size=3),
        st.sampled_from(["AND", "OR"]),
    ),
    max_leaves=8,
)
policies = st.sampled_from(POLICIES)


def judged(expression: str, texts: dict[str, Profile], policy: Policy) -> ExpressionResult:
    return evaluate_expression(expression, texts.get, policy, TAXONOMY, as_of=AS_OF)


def outcomes(result: ExpressionResult | Evaluated) -> dict[Freedom, Outcome]:
    return {freedom: one.outcome for freedom, one in result.freedoms.items()}


@LAW
@given(profile=profiles("A"), limit=clauses(ClauseKind.LIMITATION), policy=policies, at=st.integers(0, 7))
def test_a_limitation_never_improves_anything(
    profile: Profile, limit: Clause, policy: Policy, at: int
) -> None:
    more = (*profile.clauses[:at], limit, *profile.clauses[at:])
    longer = Profile(license="A", clauses=more, facts=profile.facts)
    before = evaluate_profile(profile, policy, TAXONOMY, as_of=AS_OF)
    after = evaluate_profile(longer, policy, TAXONOMY, as_of=AS_OF)
    for freedom in Freedom:
        assert after.freedoms[freedom].outcome <= before.freedoms[freedom].outcome
    assert (after.verdict is Verdict.OPEN) <= (before.verdict is Verdict.OPEN)


@LAW
@given(profile=profiles("A"), policy=policies)
def test_an_outcome_below_conditional_is_explained(profile: Profile, policy: Policy) -> None:
    result = evaluate_profile(profile, policy, TAXONOMY, as_of=AS_OF)
    told = {finding.rule for finding in result.findings}
    for freedom in Freedom:
        if result.freedoms[freedom].outcome < Outcome.CONDITIONAL:
            assert set(result.freedoms[freedom].rules) & told, freedom


@LAW
@given(profile=profiles("A"), policy=policies)
def test_the_verdict_follows_from_the_outcomes(profile: Profile, policy: Policy) -> None:
    result = evaluate_profile(profile, policy, TAXONOMY, as_of=AS_OF)
    assert result.verdict is verdict_of(outcomes(result))
    assert (result.category is not None) == (result.verdict is Verdict.OPEN)


@LAW
@given(texts=known, policy=policies)
def test_two_licenses_are_never_better_than_the_worse(texts: dict[str, Profile], policy: Policy) -> None:
    both = judged("A AND B", texts, policy)
    for name in ("A", "B"):
        alone = judged(name, texts, policy)
        for freedom in Freedom:
            assert both.freedoms[freedom].outcome <= alone.freedoms[freedom].outcome
    least = {
        freedom: min(judged(name, texts, policy).freedoms[freedom].outcome for name in "AB")
        for freedom in Freedom
    }
    assert outcomes(both) == least


@LAW
@given(texts=known, policy=policies, expression=expressions)
def test_an_unknown_license_is_never_open_beside_others(
    texts: dict[str, Profile], policy: Policy, expression: str
) -> None:
    assert judged(f"{expression} AND Unknown", texts, policy).verdict is not Verdict.OPEN


@LAW
@given(texts=known, policy=policies, expression=expressions)
def test_or_never_mixes_the_freedoms_of_two_alternatives(
    texts: dict[str, Profile], policy: Policy, expression: str
) -> None:
    result = judged(expression, texts, policy)
    chosen = result.alternative or expression
    assert outcomes(result) == outcomes(judged(chosen, texts, policy))
    assert result.verdict is judged(chosen, texts, policy).verdict


@LAW
@given(texts=known, policy=policies)
def test_or_takes_what_passes_then_the_better_verdict(texts: dict[str, Profile], policy: Policy) -> None:
    either = judged("A OR B", texts, policy)
    one, other = judged("A", texts, policy), judged("B", texts, policy)
    if not policy.allow:
        fails = {one.verdict: _fails(one, policy), other.verdict: _fails(other, policy)}
        if len(set(fails.values())) == 1:
            assert either.verdict is max(one.verdict, other.verdict)
    assert either.verdict in {one.verdict, other.verdict}


def _fails(result: ExpressionResult, policy: Policy) -> bool:
    return result.verdict in policy.fail_on or any(f.level.value == "error" for f in result.findings)


@LAW
@given(texts=known, policy=policies, parts=st.permutations(NAMES))
def test_order_does_not_change_and(texts: dict[str, Profile], policy: Policy, parts: list[str]) -> None:
    straight = judged(" AND ".join(NAMES), texts, policy)
    shuffled = judged(" AND ".join(parts), texts, policy)
    assert outcomes(straight) == outcomes(shuffled)
    assert straight.category is shuffled.category


@LAW
@given(texts=known, policy=policies, parts=st.permutations(NAMES))
def test_order_does_not_change_the_verdict_of_or(
    texts: dict[str, Profile], policy: Policy, parts: list[str]
) -> None:
    straight = judged(" OR ".join(NAMES), texts, policy)
    assert straight.verdict is judged(" OR ".join(parts), texts, policy).verdict


@LAW
@given(texts=known, policy=policies)
def test_and_distributes_over_or(texts: dict[str, Profile], policy: Policy) -> None:
    folded = judged("A AND (B OR C)", texts, policy)
    written = judged("(A AND B) OR (A AND C)", texts, policy)
    assert outcomes(folded) == outcomes(written)
    assert folded.alternative == written.alternative


@settings(deadline=None, max_examples=10)
@given(texts=known, policy=policies, pairs=st.integers(100, 300))
def test_a_long_expression_stays_quick(texts: dict[str, Profile], policy: Policy, pairs: int) -> None:
    expression = " AND ".join(f"({NAMES[i % 4]} OR {NAMES[(i + 1) % 4]})" for i in range(pairs))
    assert judged(expression, texts, policy).verdict in Verdict
