"""Policies: YAML that a lawyer edits -> rules that the engine applies."""

from checker.knowledge.policies.load import (
    DEFAULT,
    check_shipped,
    load_policy,
    parse_policy,
    shipped,
    starter,
)
from checker.knowledge.policies.project import split_subject

__all__ = [
    "DEFAULT",
    "check_shipped",
    "load_policy",
    "parse_policy",
    "shipped",
    "split_subject",
    "starter",
]
