"""A file that names models: a plain list, a bill of materials, a release file of the Model Openness Tool."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from checker.domain.clauses import Evidence
from checker.domain.release import Component, Presence, Release
from checker.domain.values import Values
from checker.errors import InputRefused
from checker.evaluate.releases import Terms
from checker.knowledge.foreign_yaml import load_foreign
from checker.subjects.decode import decode
from checker.subjects.license_files import display
from checker.subjects.models import mot, sbom
from checker.subjects.models.opened import read_bytes
from checker.subjects.models.shown_release import NOBODY

if TYPE_CHECKING:
    from checker.domain.judgement import Judgement
    from checker.knowledge import Knowledge
    from checker.subjects.models.ask import Asker

MAX_BYTES: Final = 20_000_000
MAX_LINES: Final = 10_000
"""Names in one list."""
_PROSE: Final = 7
"""Words in a line from which on it is no name."""
_YAML: Final = (".yml", ".yaml")


def read_listed(path: str, asker: Asker) -> Iterator[Judgement]:
    """Yield a judgement for each model that a file names.

    Raises:
        InputRefused: it cannot be read, or is none of the kinds that are known.
    """
    name = display(path)
    text = decode(read_bytes(path, name, MAX_BYTES), name)
    if text.lstrip().startswith("<"):
        raise InputRefused(
            f"{name} is XML", why="bills of materials are read in their JSON form", fix="export it as JSON"
        )
    if text.lstrip().startswith("{"):
        yield from _from_json(text, name, asker)
    elif path.lower().endswith(_YAML):
        data = load_foreign(text)
        if not mot.is_release_file(data) or not isinstance(data, dict):
            raise InputRefused(
                f"{name} is no release file",
                why="YAML is read in the form of the Model Openness Tool (`framework:` and `release:`)",
                fix="write a plain list of names in a .txt file, or name the model's folder",
            )
        release = mot.read_release(data, name, lambda written: license_of(asker.judge.knowledge, written))
        release = _with_record(release, asker.judge.knowledge)
        yield asker.judge.release(release, name=name if "/" not in release.id else release.id)
    else:
        yield from _from_lines(text, name, asker)


def _with_record(release: Release, knowledge: Knowledge) -> Release:
    """Add what is on record: access and bases, of which such a file never speaks."""
    known = knowledge.releases.find(release.id).release or knowledge.releases.find(release.name).release
    if known is None:
        return release
    return replace(release, producer=known.producer, access=known.access, base=known.base, says=known.says)


def license_of(knowledge: Knowledge, written: str) -> str | None:
    """Return the license that a name in the wild stands for; None for a family, or one that nobody knows."""
    names = {known.lower(): known for known in knowledge.authorities.names}
    if written.lower() in names:
        return names[written.lower()]
    tag = knowledge.hub_tags.read(written)
    if tag.known and not tag.look:
        return tag.license
    named = knowledge.hub_tags.read("other", written)
    if named.license:
        return named.license
    return written if written.startswith("LicenseRef-") and knowledge.profile(written) else None


def _from_lines(text: str, name: str, asker: Asker) -> Iterator[Judgement]:
    """Read one name a line; `#` begins a comment."""
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        raise InputRefused(f"{name} is too long", why=f"it has more than {MAX_LINES:,} lines", fix="split it")
    asked = [line.partition(" #")[0].strip() for line in lines]
    wanted = [line for line in dict.fromkeys(asked) if line and not line.startswith("#")]
    if not wanted:
        raise InputRefused(
            f"{name} names no model",
            why="it holds no line that is not empty or a comment",
            fix="write one name a line",
        )
    if 2 * sum(len(line.split()) > _PROSE for line in wanted) > len(wanted):
        raise InputRefused(
            f"{name} reads like prose, not like a list of names",
            why="most of its lines are sentences",
            fix="judge a license text with openverdict license, or a model by its folder",
        )
    for line in wanted:
        yield from asker.ask_name(line)


def _from_json(text: str, name: str, asker: Asker) -> Iterator[Judgement]:
    """Read a bill of materials."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise InputRefused(
            f"{name} is not JSON", why=str(problem)[:200], fix="check the file with a JSON tool"
        ) from problem
    if sbom.is_cyclonedx(data):
        found = sbom.read_cyclonedx(data)
    elif sbom.is_spdx3(data):
        found = sbom.read_spdx3(data)
    else:
        raise InputRefused(
            f"{name} is no bill of materials that is known",
            why="it is neither CycloneDX nor SPDX 3",
            fix="write a plain list of names in a .txt file",
        )
    if not found:
        raise InputRefused(
            f"{name} names no model",
            why="it holds no component of type machine-learning-model and no AIPackage",
            fix="audit it with openverdict requirements",
        )
    for named in found:
        yield _of_sbom(named, name, asker)


def _of_sbom(named: sbom.Named, file: str, asker: Asker) -> Judgement:
    """Judge a model by what the document states and by what is on record."""
    knowledge = asker.judge.knowledge
    known = knowledge.releases.find(named.name).release
    declared, lost = _resolve(knowledge, named.declared)
    concluded, lost_too = _resolve(knowledge, named.concluded)
    here = Evidence(
        source=file,
        start_line=0,
        end_line=0,
        quote=f"{named.name}: {', '.join((*named.declared, *named.concluded))}",
    )
    record = known.main.license if known else None
    parts = list(dict.fromkeys(one for one in (concluded or declared, record) if one))
    details, facts, evidence = [], {}, []
    if len(parts) > 1:
        details.append(
            (
                "release/declared-differs",
                f"{file} states {parts[0]}; on record for this release is {parts[1]}.",
            )
        )
        facts["declared-agrees"] = False
        evidence.append(("release/declared-differs", here))
    if (lost or lost_too) and not parts:
        words = ", ".join((*lost, *lost_too))
        details.append(
            (
                "release/license-not-stated",
                f"{file} states the license as {words!r}, which nobody here knows.",
            )
        )
    if (
        known
        and record in parts
        and not known.main.verified
        and len(parts) == 1
        and not declared
        and not concluded
    ):
        facts["license-verified"] = False
    terms = Terms(
        expression=" AND ".join(f"({part})" if " OR " in part else part for part in parts) or None,
        declared=declared,
        concluded=concluded,
        facts=Values(facts),
        details=tuple(details),
        evidence=tuple(evidence),
    )
    release = known or Release(
        id=named.name,
        name=named.name,
        producer=NOBODY,
        components=(Component(id="parameters-final", state=Presence.PRESENT, license=declared),),
    )
    return asker.judge.release(
        replace(release, history=()), name=named.name, version=named.version, terms=terms
    )


def _resolve(knowledge: Knowledge, written: tuple[str, ...]) -> tuple[str | None, list[str]]:
    """Return one expression for what was written, and what nobody knows."""
    known: list[str] = []
    lost: list[str] = []
    for text in written:
        found = license_of(knowledge, text)
        if found is None and (" AND " in text or " OR " in text or " WITH " in text):
            found = text
        (known if found else lost).append(found or text)
    joined = " AND ".join(f"({one})" if " OR " in one else one for one in dict.fromkeys(known))
    return joined or None, lost
