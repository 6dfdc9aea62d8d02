"""What every report is made from: one run, its policy, its judgements and their tally."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.domain.freedoms import Verdict
from checker.domain.values import Values

if TYPE_CHECKING:
    from datetime import date

    from checker.domain.judgement import Judgement
    from checker.domain.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How many subjects got each verdict, and how many did not pass."""

    open: int = 0
    restricted: int = 0
    closed: int = 0
    unknown: int = 0
    failed: int = 0
    """Subjects that did not pass the policy or could not be read."""

    @property
    def passed(self) -> bool:
        """True when every subject passed."""
        return self.failed == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """One run, ready to be written in any format."""

    policy: Policy
    as_of: date
    judgements: tuple[Judgement, ...]
    version: str
    """Version of the tool."""
    knowledge: str
    """Version of what it knew: index, seeds, readings."""
    tool: str = "openverdict"
    command: str = ""
    """The job that was run: `license`, `requirements`, `model`, `scan`."""
    settings: Values = field(default_factory=Values)
    """What the run was asked that changes answers, e.g. `offline`, `identify`."""

    @property
    def summary(self) -> Summary:
        """Tally the judgements."""
        verdicts = Counter(judgement.verdict for judgement in self.judgements)
        return Summary(
            open=verdicts[Verdict.OPEN],
            restricted=verdicts[Verdict.RESTRICTED],
            closed=verdicts[Verdict.CLOSED],
            unknown=verdicts[Verdict.UNKNOWN],
            failed=sum(not judgement.passed for judgement in self.judgements),
        )
