"""License classifiers as SPDX: one expression where a classifier names one license, else several.

Source: the trove classifiers and the mapping in the appendix of PEP 639. "GPLv3" beside "GPLv3 or later" is a
statement of its own: this version and no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_OSI = "License :: OSI Approved :: "

EXACT: Mapping[str, str] = MappingProxyType(
    {
        "License :: Aladdin Free Public License (AFPL)": "Aladdin",
        "License :: CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
        "License :: CeCILL-B Free Software License Agreement (CECILL-B)": "CECILL-B",
        "License :: CeCILL-C Free Software License Agreement (CECILL-C)": "CECILL-C",
        "License :: Nokia Open Source License (NOKOS)": "Nokia",
        "License :: Repoze Public License": "LicenseRef-scancode-repoze",
        f"{_OSI}Apple Public Source License": "APSL-2.0",
        f"{_OSI}Attribution Assurance License": "AAL",
        f"{_OSI}Blue Oak Model License (BlueOak-1.0.0)": "BlueOak-1.0.0",
        f"{_OSI}Boost Software License 1.0 (BSL-1.0)": "BSL-1.0",
        f"{_OSI}CEA CNRS Inria Logiciel Libre License, version 2.1 (CeCILL-2.1)": "CECILL-2.1",
        f"{_OSI}CMU License (MIT-CMU)": "MIT-CMU",
        f"{_OSI}Common Development and Distribution License 1.0 (CDDL-1.0)": "CDDL-1.0",
        f"{_OSI}Common Public License": "CPL-1.0",
        f"{_OSI}Eclipse Public License 1.0 (EPL-1.0)": "EPL-1.0",
        f"{_OSI}Eclipse Public License 2.0 (EPL-2.0)": "EPL-2.0",
        f"{_OSI}Educational Community License, Version 2.0 (ECL-2.0)": "ECL-2.0",
        f"{_OSI}European Union Public Licence 1.0 (EUPL 1.0)": "EUPL-1.0",
        f"{_OSI}European Union Public Licence 1.1 (EUPL 1.1)": "EUPL-1.1",
        f"{_OSI}European Union Public Licence 1.2 (EUPL 1.2)": "EUPL-1.2",
        f"{_OSI}GNU Affero General Public License v3": "AGPL-3.0-only",
        f"{_OSI}GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
        f"{_OSI}GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
        f"{_OSI}GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
        f"{_OSI}GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
        f"{_OSI}GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
        f"{_OSI}GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
        f"{_OSI}GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
        f"{_OSI}Historical Permission Notice and Disclaimer (HPND)": "HPND",
        f"{_OSI}IBM Public License": "IPL-1.0",
        f"{_OSI}ISC License (ISCL)": "ISC",
        f"{_OSI}MIT License": "MIT",
        f"{_OSI}MIT No Attribution License (MIT-0)": "MIT-0",
        f"{_OSI}MirOS License (MirOS)": "MirOS",
        f"{_OSI}Motosoto License": "Motosoto",
        f"{_OSI}Mozilla Public License 1.0 (MPL)": "MPL-1.0",
        f"{_OSI}Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
        f"{_OSI}Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
        f"{_OSI}Mulan Permissive Software License v2 (MulanPSL-2.0)": "MulanPSL-2.0",
        f"{_OSI}NASA Open Source Agreement v1.3 (NASA-1.3)": "NASA-1.3",
        f"{_OSI}Nethack General Public License": "NGPL",
        f"{_OSI}Nokia Open Source License": "Nokia",
        f"{_OSI}Open Group Test Suite License": "OGTSL",
        f"{_OSI}Open Software License 3.0 (OSL-3.0)": "OSL-3.0",
        f"{_OSI}PostgreSQL License": "PostgreSQL",
        f"{_OSI}Python License (CNRI Python License)": "CNRI-Python",
        f"{_OSI}Qt Public License (QPL)": "QPL-1.0",
        f"{_OSI}Ricoh Source Code Public License": "RSCPL",
        f"{_OSI}SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
        f"{_OSI}Sleepycat License": "Sleepycat",
        f"{_OSI}Sun Public License": "SPL-1.0",
        f"{_OSI}The Unlicense (Unlicense)": "Unlicense",
        f"{_OSI}Universal Permissive License (UPL)": "UPL-1.0",
        f"{_OSI}University of Illinois/NCSA Open Source License": "NCSA",
        f"{_OSI}Vovida Software License 1.0": "VSL-1.0",
        f"{_OSI}W3C License": "W3C",
        f"{_OSI}Zero-Clause BSD (0BSD)": "0BSD",
        f"{_OSI}zlib/libpng License": "Zlib",
        f"{_OSI}Xnet License": "Xnet",
    }
)
"""Classifier -> the one license it names."""

_GPL = tuple(f"GPL-{version}-{kind}" for version in ("2.0", "3.0", "1.0") for kind in ("or-later", "only"))
_LGPL = tuple(f"LGPL-{version}-{kind}" for version in ("2.1", "3.0", "2.0") for kind in ("or-later", "only"))

AMBIGUOUS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "License :: Eiffel Forum License (EFL)": ("EFL-2.0", "EFL-1.0"),
        "License :: Netscape Public License (NPL)": ("NPL-1.1", "NPL-1.0"),
        "License :: Public Domain": ("LicenseRef-scancode-public-domain", "CC0-1.0", "Unlicense"),
        f"{_OSI}Academic Free License (AFL)": ("AFL-3.0", "AFL-2.1", "AFL-2.0", "AFL-1.2", "AFL-1.1"),
        f"{_OSI}Apache Software License": ("Apache-2.0", "Apache-1.1", "Apache-1.0"),
        f"{_OSI}Artistic License": ("Artistic-2.0", "Artistic-1.0", "Artistic-1.0-Perl", "Artistic-1.0-cl8"),
        f"{_OSI}BSD License": ("BSD-3-Clause", "BSD-2-Clause", "0BSD", "BSD-4-Clause", "BSD-1-Clause"),
        f"{_OSI}Eiffel Forum License": ("EFL-2.0", "EFL-1.0"),
        f"{_OSI}GNU Free Documentation License (FDL)": (
            "GFDL-1.3-or-later",
            "GFDL-1.2-or-later",
            "GFDL-1.1-or-later",
        ),
        f"{_OSI}GNU General Public License (GPL)": _GPL,
        f"{_OSI}GNU Lesser General Public License v2 (LGPLv2)": ("LGPL-2.0-only", "LGPL-2.1-only"),
        f"{_OSI}GNU Lesser General Public License v2 or later (LGPLv2+)": (
            "LGPL-2.0-or-later",
            "LGPL-2.1-or-later",
        ),
        f"{_OSI}GNU Library or Lesser General Public License (LGPL)": _LGPL,
        f"{_OSI}Python Software Foundation License": ("PSF-2.0", "Python-2.0"),
        f"{_OSI}Zope Public License": ("ZPL-2.1", "ZPL-2.0", "ZPL-1.1"),
    }
)
"""Classifier -> the licenses it may mean, likeliest first."""

SAY_NOTHING = frozenset(
    {"License :: OSI Approved", "License :: DFSG approved", "License :: Freely Distributable"}
)
"""Classifiers that name no license: a group, or a hope."""

NOT_OPEN = frozenset(
    {
        "License :: Free For Educational Use",
        "License :: Free For Home Use",
        "License :: Free To Use But Restricted",
        "License :: Free for non-commercial use",
        "License :: Freeware",
        "License :: Other/Proprietary License",
    }
)
"""Classifiers that say the package is not open, without naming a license."""
