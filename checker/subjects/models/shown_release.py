"""A snapshot as a release: what it shows of components, access and bases, joined with what is on record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from checker.domain.release import (
    Access,
    Base,
    Component,
    DataInformation,
    Presence,
    Producer,
    Relation,
    Release,
    Source,
)

if TYPE_CHECKING:
    from checker.subjects.models.snapshot import Snapshot

NOBODY: Final = Producer(id="unknown", name="", kind="unknown")
"""Stands in where nobody knows who made it."""


def release_of(
    snapshot: Snapshot, known: Release | None, expression: str | None, *, code: str | None
) -> Release:
    """Return the release that a snapshot shows, with what is on record for it.

    Args:
        snapshot: What a folder or a repository shows.
        known: The release on record under its id.
        expression: Everything that applies to the weights.
        code: What the licenses for the code came to.
    """
    here = Source(id="folder", title=snapshot.name, date="", trust="primary")
    shown = [
        Component(
            id="parameters-final",
            state=Presence.PRESENT if snapshot.weights or known or snapshot.id else Presence.UNKNOWN,
            license=expression,
            source=here,
        )
    ]
    if snapshot.card.found:
        shown.append(Component(id="model-card", state=Presence.PRESENT, license=None, source=here))
    if code:
        shown.append(Component(id="inference-code", state=Presence.PRESENT, license=code, source=here))
    listed = {part.id for part in shown}
    data = DataInformation.DESCRIBED if snapshot.card.datasets else DataInformation.UNKNOWN
    bases = _bases(snapshot)
    if known is None:
        return Release(
            id=snapshot.id or snapshot.name,
            name=snapshot.id or snapshot.name,
            producer=NOBODY,
            access=Access.GATED if snapshot.gated else Access.DOWNLOAD,
            base=bases,
            components=tuple(shown),
            data_information=data,
            data_source=here if snapshot.card.datasets else None,
        )
    return replace(
        known,
        access=Access.GATED if snapshot.gated else known.access,
        base=bases or known.base,
        components=(*shown, *(part for part in known.components if part.id not in listed)),
        firm_pattern=True,
        history=(),
    )


def _bases(snapshot: Snapshot) -> tuple[Base, ...]:
    """Return what the card and the metadata say it was made from."""
    names = snapshot.card.base_models or snapshot.bases
    if snapshot.card.relation:
        relation = snapshot.card.relation
    elif len(names) > 1:
        relation = Relation.MERGE
    elif snapshot.adapter:
        relation = Relation.ADAPTER
    else:
        relation = Relation.QUANTIZED if snapshot.quantized else Relation.FINETUNE
    return tuple(
        Base(id=name, relation=relation) for name in names if name.lower() != (snapshot.id or "").lower()
    )
