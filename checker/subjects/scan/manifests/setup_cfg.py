"""setup.cfg: `license`, `license_files` and classifiers under `[metadata]`."""

from __future__ import annotations

import configparser

from checker.subjects.scan.manifests.lines import line_of
from checker.subjects.scan.manifests.pyproject import PREFIX
from checker.subjects.scan.model import Declared, Unread


def read(text: str, path: str) -> tuple[tuple[Declared, ...], tuple[Unread, ...]]:
    """Read the metadata; a setup.cfg that only configures tools declares nothing."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as fault:
        return (), (Unread(source=path, why=f"it is no INI file: {str(fault).splitlines()[0]}"),)
    if not parser.has_section("metadata"):
        return (), ()
    metadata = parser["metadata"]
    classifiers = tuple(
        line.strip()
        for line in metadata.get("classifiers", "").splitlines()
        if line.strip().startswith(PREFIX)
    )
    said = metadata.get("license", "").strip()
    name = metadata.get("name", "").strip()
    if not said and not classifiers and not name:
        return (), ()
    line = line_of(text, r"^license\b|^\s*License ::") if said or classifiers else 0
    return (Declared(source=path, words=said, line=line, of=name, expressions=classifiers),), ()
