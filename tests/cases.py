"""Cases are folders below fixtures/: an input, `case.yaml` that starts with `why:`, and `expected.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def cases(kind: str) -> list[Path]:
    """Return the case folders of one kind, in name order."""
    return sorted(path for path in (FIXTURES / kind).iterdir() if path.is_dir())


def given(case: Path) -> dict[str, Any]:
    """Return what case.yaml says; `why` is always there."""
    content = yaml.safe_load((case / "case.yaml").read_text(encoding="utf-8"))
    assert isinstance(content, dict), f"{case}/case.yaml is not a mapping"
    assert next(iter(content)) == "why", f"{case}/case.yaml does not start with why:"
    return content
