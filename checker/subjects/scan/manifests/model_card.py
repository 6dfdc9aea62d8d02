"""README.md as a model card: `license` in its front matter. A README without one declares nothing."""

from __future__ import annotations

from checker.errors import InputRefused
from checker.subjects.models.card import read_card
from checker.subjects.scan.model import Declared, Unread

_FENCE = "---"


def read(text: str, path: str) -> tuple[tuple[Declared, ...], tuple[Unread, ...]]:
    """Read the card, if it is one."""
    if not text.removeprefix("\ufeff").startswith(_FENCE):
        return (), ()
    try:
        card = read_card(text)
    except InputRefused as refused:
        return (), (Unread(source=path, why=refused.why),)
    unread = tuple(Unread(source=path, why=why) for why in card.problems)
    named = (card.license_name,) if card.license == ("other",) and card.license_name else card.license
    return tuple(Declared(source=path, words=words, line=card.license_line) for words in named), unread
