"""Closed sets of words, as characters of the index, that alignment and residue ask for."""

from __future__ import annotations

from checker.knowledge.index.tokens import CODES

_OPERATIVE = """
not no nor never none may must shall should cannot can only solely unless except exclude excluded excluding
if when provided without prohibited prohibit forbidden restricted restrict restriction restrictions limit
limited use used using user users uses usage commercial commercially noncommercial non research academic
educational personal private evaluation internal military nuclear weapon weapons harm evil ethical illegal
sell sold selling sale resale sublicense distribute distributed distribution distributions redistribute
redistribution redistributions modify modified modification modifications copy copied copying publish
published merge permitted permission permissions permit allowed allow grant granted grants right rights
license licensed licenses licensee fee fees royalty royalties pay payment charge source disclose warranty
warranties liable liability patent patents derivative derivatives require required requires requirement
agree agreement terms terminate termination revoke prior written free train training model compete competing
competitor host hosted service indemnify will expire expires expired ends until revoked revocable
confidential secret applies apply trial production due banned barred students school schools your you
"""
OPERATIVE = frozenset(CODES[word] for word in _OPERATIVE.split())
"""Words that can change what a license lets people do; a replaced name has none of them."""

_MARKERS = """
a b c d e f g h i j k l ii iii iv v vi vii viii ix x xi xii 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18
19 20
"""
MARKERS = frozenset(CODES[word] for word in _MARKERS.split())
"""Bullets, numbers and letters of lists."""

_FILLER = """
the a an and or of for to in by with on is are was be as at from this that these its it all other following
below above copyright copyrights c reserved some portions part file files see also here each under name
names please note mit bsd apache isc gnu gpl lgpl agpl mpl license licenses licensed text full terms
conditions version clause new revised simplified expat official legal notice notices notes readme inc llc
ltd co corp corporation gmbh foundation project software package library module author authors contributors
contributor holder holders owner
"""
FILLER = frozenset(CODES[word] for word in _FILLER.split())
"""Words of which titles and pointers are made."""

_GRANTING = """
permission permissions permitted permit permits granted grant grants may free freely allowed domain
redistribution redistributions authorized authorization waive waives waived wish want whatever
"""
GRANTING = frozenset(CODES[word] for word in _GRANTING.split())
"""Words that let somebody do something."""

NAMING = frozenset(CODES[word] for word in ("license", "licenses", "licensed", "licensing"))
"""Words of titles and pointers, which stand in grants as well."""

_HEADING = "license licenses agreement terms use source free"
HEADING = OPERATIVE - {CODES[word] for word in _HEADING.split()}
"""Operative words that no title has."""

_DISCLAIMED = """
license licenses licensed agreement terms use source free warranty warranties liable liability provided
"""
SHIFTING = {CODES[word]: word for word in _OPERATIVE.split() if word not in _DISCLAIMED.split()}
"""Operative words that, changed inside a sentence, may change what it lets people do; disclaimers aside."""

NEGATION = frozenset(
    CODES[word] for word in ("not", "never", "neither", "nor", "cannot", "incompatible", "unlike")
)
"""Words that take back what follows them."""

_NAMED = """
gnu lesser library affero apache mit bsd isc mozilla eclipse artistic perl python psf zlib boost cecill
creative commons noncommercial noderivatives sharealike cc0 cddl epl mpl gpl lgpl agpl fdl unlicense wtfpl
ofl 1 2 3 4 5
"""
NAMED = frozenset(CODES[word] for word in _NAMED.split())
"""Words of the names of licenses, and the numbers of their versions."""

_BINDING = """
agree agrees agreed agreement shall must prohibited forbidden fee fees royalty royalties terminate
terminates termination licensee licensor indemnify obligation obligations consent confidential
"""
BINDING = frozenset(CODES[word] for word in _BINDING.split())
"""Words by which terms bind; a notice that points at terms has hardly any."""

DISCLAIMING = frozenset(CODES[word] for word in ("warranties", "warranty", "liable", "liability"))
"""Words of the disclaimers that stand in hundreds of licenses alike."""
