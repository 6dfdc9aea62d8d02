"""Which texts stand for which declared ids: versions that share a text, names that include another."""

from __future__ import annotations

import re

_KIND = re.compile(r"(?:-only|-or-later|\+)$")
_INCLUDED: dict[str, frozenset[str]] = {
    # The text of Python's own stack of licenses is published under several ids.
    "Python-2.0": frozenset({"PSF-2.0", "Python-2.0.1", "CNRI-Python"}),
    "Python-2.0.1": frozenset({"PSF-2.0", "Python-2.0", "CNRI-Python"}),
    "LicenseRef-scancode-psf-3.7.2": frozenset({"PSF-2.0", "Python-2.0", "Python-2.0.1", "CNRI-Python"}),
    # One text, two names in use.
    "HPND": frozenset({"MIT-CMU"}),
    "LicenseRef-scancode-bsd-new": frozenset({"BSD-3-Clause"}),
    "zlib-acknowledgement": frozenset({"Zlib"}),
    "LicenseRef-scancode-public-domain": frozenset({"LicenseRef-Public-Domain"}),
}


def covers(text: str, declared: str) -> bool:
    """Say whether a text that was identified as one id carries what another id declares.

    The text of the GPL is the same for "only" and "or later"; an exception may stand in another file, and one
    that only the text has takes nothing away.

    Args:
        text: License of a text, with its exception if one was found.
        declared: One license of a declared expression.
    """
    if text == declared or declared in _INCLUDED.get(text, ()):
        return True
    text_base, base = text.partition(" WITH ")[0], declared.partition(" WITH ")[0]
    return bare(text_base) == bare(base) or base in _INCLUDED.get(text_base, ())


def bare(license_id: str) -> str:
    """Return an id without `-only`, `-or-later` and `+`."""
    return _KIND.sub("", license_id)


def refine(declared: str, text: str) -> bool:
    """Say whether a text is the declared license and grants more: any later version, or an exception."""
    base, _, exception = text.partition(" WITH ")
    if " WITH " in declared or bare(base) != bare(declared):
        return False
    return bool(exception) or (declared.endswith("-only") and base.endswith("-or-later"))


def family_of(license_id: str) -> str:
    """Return the first word of an id: `BSD`, `GPL`, `Apache`; LicenseRefs are families of their own."""
    return (
        license_id if license_id.startswith("LicenseRef-") else license_id.split("-", 1)[0].split(" ", 1)[0]
    )
