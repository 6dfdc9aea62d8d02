"""Check that the words quoted in `seeds/licenses/` stand in the license texts.

    python tests/tools/check_words.py --scancode WHEEL [--texts DIR]

`WHEEL` is `scancode_toolkit_mini-32.5.0-*.whl`; `DIR` holds further texts under the names that
`checker/knowledge/index/build/llama.py` lists. What was read elsewhere is named and not checked. Exit 1 if
any quote is not found.
"""

from __future__ import annotations

import argparse
import re
import sys
import zipfile
from pathlib import Path

import yaml
from build_authorities import license_id

from checker.knowledge import store
from checker.knowledge.curated import CuratedLicenses
from checker.knowledge.index.build.llama import FILES


def plain(text: str) -> str:
    """Words in lower case, one space apart: what a quote and a text are compared by."""
    return " ".join(re.sub(r"[^a-z0-9$%+]+", " ", text.lower()).split())


def texts_of_wheel(wheel: Path) -> dict[str, str]:
    """License id -> plain text, for every license in the wheel."""
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"licensedcode/data/licenses/[^/]+\.LICENSE", name):
                _, matter, text = archive.read(name).decode("utf-8").split("---", 2)
                record = yaml.load(matter, Loader=yaml.CSafeLoader)
                if not record.get("is_deprecated"):
                    found[license_id(record)] = plain(text)
    return found


def texts_of_folder(folder: Path) -> dict[str, str]:
    """License id, and file name, -> plain text of the further texts."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.name in FILES:
            found[FILES[path.name][0]] = found[path.name] = plain(path.read_text(encoding="utf-8"))
    return found


def sources() -> dict[str, tuple[str, str]]:
    """License id -> what was read, and the license whose text stands for this one."""
    found = {}
    for file in store.data("licenses").values():
        for entry in file.get("licenses") or ():
            read = entry.get("read") or file["read"]
            found[entry["license"]] = (read["source"], read.get("text", entry["license"]))
    return found


def main() -> None:
    """Compare every quote with its text and say which are missing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scancode", type=Path, required=True)
    parser.add_argument("--texts", type=Path)
    given = parser.parse_args()
    texts = texts_of_wheel(given.scancode) | (texts_of_folder(given.texts) if given.texts else {})
    curated = CuratedLicenses(store.data("licenses"))
    checked, missing, elsewhere = 0, [], []
    for name, (source, text_of) in sources().items():
        entry = curated.get(name)
        if entry is None or not entry.checked or text_of not in texts:
            elsewhere.append(f"{name}: {source}")
            continue
        for clause in entry.add:
            text = texts.get(clause.where, "") if clause.where else texts[text_of]
            if text and clause.words:
                checked += 1
                if plain(clause.words) not in text:
                    missing.append(f"{name} {clause.id}: {clause.words!r}")
    for line in (
        *(f"not checked here: {one}" for one in elsewhere),
        *(f"not found: {one}" for one in missing),
    ):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(
        f"{checked} quotes checked, {len(missing)} not found, {len(elsewhere)} licenses read elsewhere\n"
    )
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
