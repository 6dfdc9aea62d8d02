"""Policies: YAML that a lawyer edits -> rules that the engine applies."""

from checker.knowledge.policies.load import (
    DEFAULT,
    PROJECT_FILE,
    find_project_policy,
    load_policy,
    parse_policy,
    shipped,
)
from checker.knowledge.policies.project import ENGINE_RULES, split_subject

__all__ = [
    "DEFAULT",
    "ENGINE_RULES",
    "PROJECT_FILE",
    "find_project_policy",
    "load_policy",
    "parse_policy",
    "shipped",
    "split_subject",
]
