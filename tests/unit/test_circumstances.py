"""May we use it: each limit against who asks."""

from __future__ import annotations

from typing import Any

import pytest

from checker.domain.clauses import Clause
from checker.domain.freedoms import ClauseKind
from checker.domain.values import Values
from checker.errors import UsageProblem
from checker.subjects.models.asking import read_circumstances
from checker.subjects.models.circumstances import BINDS, FREE, UNSURE, Circumstances, _judge


def limit(name: str, **values: Any) -> Clause:
    return Clause(id=name, kind=ClauseKind.LIMITATION, values=Values(values))


CAP = limit("user-cap", metric="monthly-active-users", threshold=700_000_000, measured="at-release")
ROLLING = limit("user-cap", metric="monthly-active-users", threshold=100_000_000, measured="rolling")
DAILY = limit("user-cap", metric="daily-active-users", threshold=1_000_000)
REVENUE = limit("revenue-cap", amount=1_000_000, currency="USD", period="year")
MONTHLY = limit("revenue-cap", amount=20_000_000, currency="USD", period="month")
YUAN = limit("revenue-cap", amount=1_000_000_000, currency="CNY", period="year")
EU = limit("geo-exclusion", regions=["EU"], exempt="end users of a product")
THREE = limit("geo-exclusion", regions=["EU", "UK", "South Korea"])
FIELDS = limit("field-of-use", fields=["military", "surveillance"], form="barred")
LISTED = limit("field-of-use", fields=["research"], form="listed")


@pytest.mark.parametrize(
    ("asker", "clause", "expected"),
    [
        (Circumstances(), CAP, UNSURE),
        (Circumstances(users=700_000_000), CAP, FREE),
        (Circumstances(users=700_000_001), CAP, BINDS),
        (Circumstances(users=200_000_000), ROLLING, BINDS),
        (Circumstances(users=5), DAILY, UNSURE),
        (Circumstances(users=5), limit("user-cap"), UNSURE),
        (Circumstances(), REVENUE, UNSURE),
        (Circumstances(revenue=1_000_000), REVENUE, FREE),
        (Circumstances(revenue=2_000_000), REVENUE, BINDS),
        (Circumstances(revenue=200_000_000), MONTHLY, FREE),
        (Circumstances(revenue=300_000_000), MONTHLY, BINDS),
        (Circumstances(revenue=5), YUAN, UNSURE),
        (Circumstances(), EU, UNSURE),
        (Circumstances(places=("EU",)), EU, BINDS),
        (Circumstances(places=("DE",)), EU, BINDS),
        (Circumstances(places=("CH", "US")), EU, FREE),
        (Circumstances(places=("GB",)), THREE, BINDS),
        (Circumstances(places=("KR",)), THREE, BINDS),
        (Circumstances(), limit("no-output-training"), UNSURE),
        (Circumstances(trains=True), limit("no-output-training", scope="other models"), BINDS),
        (Circumstances(trains=False), limit("training-ban"), FREE),
        (Circumstances(), limit("non-commercial"), UNSURE),
        (Circumstances(purposes=("commercial",)), limit("non-commercial"), BINDS),
        (Circumstances(purposes=("research",)), limit("research-only"), FREE),
        (Circumstances(purposes=("commercial",)), limit("production-ban"), UNSURE),
        (Circumstances(purposes=("production",)), limit("production-ban"), BINDS),
        (Circumstances(purposes=("hosting",)), limit("no-hosted-service"), BINDS),
        (Circumstances(), FIELDS, UNSURE),
        (Circumstances(purposes=("military",)), FIELDS, BINDS),
        (Circumstances(purposes=("teaching",)), FIELDS, UNSURE),
        (Circumstances(purposes=("research",)), LISTED, UNSURE),
        (Circumstances(users=5), limit("acceptable-use-policy", url="https://example.org"), UNSURE),
        (Circumstances(users=5), limit("ip-litigation-termination"), FREE),
        (Circumstances(users=5), limit("remote-restriction"), UNSURE),
    ],
)
def test_a_limit_binds_does_not_bind_or_cannot_be_told(
    asker: Circumstances, clause: Clause, expected: str
) -> None:
    assert _judge(asker, clause).answer == expected


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("250000", 250_000),
        ("250k", 250_000),
        ("250_000", 250_000),
        ("1,000,000", 1_000_000),
        ("1.5M", 1_500_000),
        ("2 billion", 2 * 10**9),
        ("1b", 10**9),
    ],
)
def test_numbers_as_people_write_them(written: str, number: int) -> None:
    found = read_circumstances(None, users=written)
    assert found is not None
    assert found.users == number


@pytest.mark.parametrize("written", ["many", "-5", "1e9", "", "9" * 40])
def test_what_is_no_number_is_refused(written: str) -> None:
    if not written:
        assert read_circumstances(None, users=written) is None
        return
    with pytest.raises(UsageProblem):
        read_circumstances(None, users=written)


def test_nothing_said_is_no_question() -> None:
    assert read_circumstances(None) is None


def test_places_have_names() -> None:
    found = read_circumstances(None, places=("uk", "South Korea", "de"))
    assert found is not None
    assert found.places == ("GB", "KR", "DE")
