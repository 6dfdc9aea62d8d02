"""Everything the checker knows, loaded when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from checker.knowledge import store
from checker.knowledge.policies import load_policy
from checker.knowledge.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from checker.domain.policy import Policy
    from checker.domain.taxonomy import ClauseType
    from checker.knowledge.yaml_text import Plain


class Knowledge:
    """Policies, clause types, known texts and facts, each read on first use and kept."""

    @cached_property
    def taxonomy(self) -> Mapping[str, ClauseType]:
        """Clause id -> what it means and which freedoms it touches."""
        return load_taxonomy()

    @cached_property
    def clause_files(self) -> Plain:
        """The files of policies/clauses/ as plain data, readings included: file stem -> content."""
        return store.data("clauses")

    @cached_property
    def version(self) -> str:
        """Version of the knowledge: eight hex digits over all policy and seed files."""
        return store.version()

    def policy(self, name: str | Path) -> Policy:
        """Return a policy by shipped name or file.

        Raises:
            PolicyInvalid: a policy file with mistakes.
            UsageProblem: a name that no policy has.
        """
        return load_policy(name, self.taxonomy)
