"""policies/ and seeds/ as domain values; the index of known texts; the only place that reads YAML."""

from checker.knowledge.facade import Knowledge

__all__ = ["Knowledge"]
