"""Every error a person can meet: what happened, why, how to fix it, and the exit code.

    CheckerError            4  could not run, or could not read an input
    |-- UsageProblem        2  the command line is wrong (beyond what click itself refuses)
    |-- PolicyInvalid       3  a policy, configuration or seed file is invalid; lists every problem
    |-- IndexDamaged        4  the index of known texts is damaged, foreign or of another version
    `-- InputRefused        4  an input could not be read or was refused (size, kind, access)

Exit 0 is "everything passes the policy", 1 is "something does not" (unknown included); 4 wins over 1.
Bad *input being judged* is a finding or an error on its subject; bad *instructions to us* end the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class CheckerError(Exception):
    """A failure the user can act on: what happened, why, and how to fix it."""

    exit_code: ClassVar[int] = 4

    def __init__(self, what: str, *, why: str, fix: str) -> None:
        super().__init__(f"{what}: {why}")
        self.what = what
        self.why = why
        self.fix = fix


class UsageProblem(CheckerError):
    """The command line asks for something that does not exist or cannot be combined."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a YAML file: where, what is wrong, and how to fix it."""

    file: str
    line: int
    what: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class PolicyInvalid(CheckerError):
    """A policy, configuration or seed file is invalid; every problem is in `problems`, in line order."""

    exit_code: ClassVar[int] = 3

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        ordered = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))
        files = sorted({problem.file for problem in ordered})
        super().__init__(
            f"{', '.join(files)}: {len(ordered)} problem(s)",
            why="\n".join(str(problem) for problem in ordered),
            fix="; ".join(dict.fromkeys(problem.fix for problem in ordered if problem.fix))
            or "correct the lines named",
        )
        self.problems = ordered


class IndexDamaged(CheckerError):
    """The index of known texts cannot be used."""


class InputRefused(CheckerError):
    """An input could not be read, or was refused: a device, a file over the size limit, no access."""
