"""The shard of Meta's Llama texts: what each file of the folder stands for.

ScanCode's data names most of these licenses; its ids are kept. The license of Llama 3 (April 2024) and the
use policies have no id of another list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.errors import UsageProblem
from checker.knowledge.index.build.sources import Source, parse_file

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "llama2.LICENSE": ("LicenseRef-scancode-llama-2-license-2023", "Llama 2 Community License Agreement"),
    "llama2.USE_POLICY.md": ("LicenseRef-openverdict-llama-2-use-policy", "Llama 2 Acceptable Use Policy"),
    "llama3.LICENSE": ("LicenseRef-openverdict-llama-3", "Meta Llama 3 Community License Agreement"),
    "llama3.USE_POLICY.md": (
        "LicenseRef-openverdict-llama-3-use-policy",
        "Meta Llama 3 Acceptable Use Policy",
    ),
    "llama3_1.LICENSE": (
        "LicenseRef-scancode-llama-3.1-license-2024",
        "Llama 3.1 Community License Agreement",
    ),
    "llama3_1.USE_POLICY.md": (
        "LicenseRef-openverdict-llama-3.1-use-policy",
        "Llama 3.1 Acceptable Use Policy",
    ),
    "llama3_2.LICENSE": (
        "LicenseRef-scancode-llama-3.2-license-2024",
        "Llama 3.2 Community License Agreement",
    ),
    "llama3_2.USE_POLICY.md": (
        "LicenseRef-openverdict-llama-3.2-use-policy",
        "Llama 3.2 Acceptable Use Policy",
    ),
    "llama3_3.LICENSE": (
        "LicenseRef-scancode-llama-3.3-license-2024",
        "Llama 3.3 Community License Agreement",
    ),
    "llama3_3.USE_POLICY.md": (
        "LicenseRef-openverdict-llama-3.3-use-policy",
        "Llama 3.3 Acceptable Use Policy",
    ),
    "llama4.LICENSE": ("LicenseRef-scancode-llama-4-cla-2025", "Llama 4 Community License Agreement"),
    "llama4.USE_POLICY.md": ("LicenseRef-scancode-llama-4-license-2025", "Llama 4 Acceptable Use Policy"),
}


def read_llama(path: Path) -> Source:
    """Read the texts of the folder under the ids of `FILES`.

    Raises:
        UsageProblem: when one of them is not there.
    """
    absent = [name for name in FILES if not (path / name).is_file()]
    if absent:
        raise UsageProblem(
            f"the Llama texts in {path} are not complete",
            why=f"missing: {', '.join(absent)}",
            fix="put the files of Meta's releases there under these names",
        )
    licenses = []
    for name, (license_id, title) in FILES.items():
        item = parse_file(name, (path / name).read_text(encoding="utf-8"))
        facts = {**item.facts, "spdx_license_key": license_id, "name": title, "category": "Proprietary Free"}
        licenses.append(type(item)(name=name, facts=facts, text=item.text))
    return Source(label="llama", licenses=tuple(licenses), rules=(), prefix="LicenseRef-openverdict-")
