"""The files of the identification bench: license texts, the same texts changed, packages' license files."""

from __future__ import annotations

import email
import html
import json
import re
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

WHEEL = "scancode-toolkit-mini==32.5.0"
AI_NAMES = re.compile(
    r"llama|gemma|rail\b|rail-|openrail|falcon|deepseek|qwen|stability|stable|mistral|mnpl|grok|cohere|yi-license|baichuan"
    r"|chatglm|internlm|codegen|opt-175b|bloom|glm|kimi|nvidia-open-model|jamba|aya|dbrx|exaone|hunyuan|openmdw|olmo"
    r"|ai2-impact|allen|phi-|gemini|imagen|sdxl|flux|bigcode|starcoder|seamless|sam-license|fair-ai|fair-noncommercial"
)
"""Keys of LicenseDB that belong to AI releases."""
PACKAGES = [
    "aiohttp",
    "annotated-types",
    "anyio",
    "attrs",
    "babel",
    "backoff",
    "beautifulsoup4",
    "bleach",
    "boltons",
    "build",
    "cachetools",
    "certifi",
    "cffi",
    "charset-normalizer",
    "click",
    "cryptography",
    "dnspython",
    "docutils",
    "email-validator",
    "exceptiongroup",
    "fastapi",
    "filelock",
    "flask",
    "frozenlist",
    "fsspec",
    "greenlet",
    "h11",
    "h2",
    "httpcore",
    "httpx",
    "humanize",
    "hypothesis",
    "idna",
    "iniconfig",
    "itsdangerous",
    "jinja2",
    "jsonschema",
    "keyring",
    "lark",
    "lxml",
    "markdown",
    "markdown-it-py",
    "markupsafe",
    "mdurl",
    "more-itertools",
    "msgpack",
    "multidict",
    "mypy",
    "mypy-extensions",
    "networkx",
    "nodeenv",
    "numpy",
    "orjson",
    "packaging",
    "pathspec",
    "pillow",
    "pip",
    "platformdirs",
    "pluggy",
    "propcache",
    "psutil",
    "pycparser",
    "pydantic",
    "pydantic-core",
    "pygments",
    "pyparsing",
    "pytest",
    "python-dateutil",
    "pyyaml",
    "referencing",
    "regex",
    "requests",
    "rich",
    "rpds-py",
    "ruff",
    "s3transfer",
    "scipy",
    "setuptools",
    "sniffio",
    "sortedcontainers",
    "sqlalchemy",
    "starlette",
    "tomlkit",
    "tqdm",
    "trio",
    "typer",
    "typing-extensions",
    "tzdata",
    "urllib3",
    "uvicorn",
    "virtualenv",
    "watchfiles",
    "websockets",
    "werkzeug",
    "wheel",
    "wrapt",
    "xmltodict",
    "yarl",
    "zipp",
    "zstandard",
]
"""Popular packages whose license files are compared with their License-Expression."""


@dataclass(frozen=True)
class Sample:
    """One file to identify and what is right for it."""

    group: str
    name: str
    path: str
    expected: tuple[str, ...]
    """Ids; any one is right for `one`, all must be found for `all`."""
    rule: str = "one"


def license_texts(wheel: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (key, SPDX id or LicenseRef, text) of every living license of the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if not (name.startswith("licensedcode/data/licenses/") and name.endswith(".LICENSE")):
                continue
            _, front, text = re.split(
                r"^---[ \t]*$", archive.read(name).decode(), maxsplit=2, flags=re.MULTILINE
            )
            facts = dict(re.findall(r"^(\w+): (.+)$", front, flags=re.MULTILINE))
            if "is_deprecated" not in facts and "spdx_license_key" in facts and text.strip():
                yield facts["key"], facts["spdx_license_key"], text


def _hashes(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines())


def _stars(text: str) -> str:
    return "/*\n" + "\n".join(f" * {line}".rstrip() for line in text.splitlines()) + "\n */\n"


def _rewrapped(text: str) -> str:
    blocks = re.split(r"\n\s*\n", text)
    return "\n\n".join(textwrap.fill(" ".join(block.split()), 60) for block in blocks)


def _markdown(text: str) -> str:
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip()]
    return (
        "# License\n\n" + "\n\n".join(f"**{block}**" if len(block) < 60 else block for block in blocks) + "\n"
    )


def _html(text: str) -> str:
    blocks = [html.escape(" ".join(block.split())) for block in re.split(r"\n\s*\n", text) if block.strip()]
    body = "\n".join(f"<p>{block}</p>" for block in blocks)
    return f"<!DOCTYPE html>\n<html><head><title>License</title></head>\n<body>\n{body}\n</body></html>\n"


def _curly(text: str) -> str:
    text = re.sub(r'"([^"\n]*)"', "\u201c\\1\u201d", text)
    return text.replace("'", "\u2019").replace(" - ", " \u2014 ")


def _untitled(text: str) -> str:
    head, _, rest = text.strip().partition("\n")
    return rest if len(head.split()) <= 8 and len(rest.split()) >= 40 else text


TRANSFORMS: dict[str, Callable[[str], str]] = {
    "re-wrapped": _rewrapped,
    "hash comments": _hashes,
    "star comments": _stars,
    "markdown": _markdown,
    "html": _html,
    "curly quotes": _curly,
    "upper case": str.upper,
    "one line": lambda text: " ".join(text.split()),
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "no title": _untitled,
    "copyright header": lambda text: (
        f"Copyright (c) 2019-2024 Example Widgets GmbH and others\nAll rights reserved.\n\n{text}"
    ),
}


def write_texts(wheel: Path, folder: Path, *, sample: int) -> list[Sample]:
    """Write the plain and the changed texts; every `sample`-th text is changed in every way."""
    samples: list[Sample] = []

    def write(group: str, name: str, text: str, expected: str) -> None:
        path = folder / group.replace(" ", "-") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        samples.append(Sample(group, name, path.as_posix(), (expected,)))

    listed = 0
    for key, license_id, text in license_texts(wheel):
        if AI_NAMES.search(key):
            write("ai", key, text, license_id)
            write("ai", f"{key}.rewrapped", _rewrapped(text), license_id)
        if license_id.startswith("LicenseRef-"):
            continue
        write("spdx", key, text, license_id)
        listed += 1
        if listed % sample == 0:
            for group, change in TRANSFORMS.items():
                write(group, key, change(text), license_id)
    return samples


def write_llama(source: Path) -> list[Sample]:
    """Name the Llama license files of a folder such as `llama3_1.LICENSE`."""
    ids = {
        "llama2": "LicenseRef-scancode-llama-2-license-2023",
        "llama3": "LicenseRef-openverdict-llama-3",
        "llama3_1": "LicenseRef-scancode-llama-3.1-license-2024",
        "llama3_2": "LicenseRef-scancode-llama-3.2-license-2024",
        "llama3_3": "LicenseRef-scancode-llama-3.3-license-2024",
        "llama4": "LicenseRef-scancode-llama-4-cla-2025",
    }
    files = [(source / f"{name}.LICENSE", license_id) for name, license_id in ids.items()]
    return [
        Sample("ai", path.name, path.as_posix(), (license_id,))
        for path, license_id in files
        if path.is_file()
    ]


def install_packages(folder: Path) -> list[Sample]:
    """Install the packages into a venv and pair their license files with what they declare."""
    venv = folder / "packages"
    if not (venv / "done").is_file():
        subprocess.run([sys.executable, "-m", "venv", venv.as_posix()], check=True)
        pip = [
            (venv / "bin" / "python").as_posix(),
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--only-binary",
            ":all:",
        ]
        for name in PACKAGES:
            subprocess.run([*pip, name], check=False, capture_output=True)
        (venv / "done").write_text("", encoding="utf-8")
    samples = []
    for metadata in sorted(venv.glob("lib/python3*/site-packages/*.dist-info/METADATA")):
        fields = email.message_from_string(metadata.read_text(encoding="utf-8", errors="replace"))
        declared = fields.get("License-Expression")
        texts = [metadata.parent / "licenses" / name for name in fields.get_all("License-File", [])]
        texts = [
            path for path in texts if path.is_file() and re.match(r"(?i)(un)?licen[cs]e|copying", path.name)
        ]
        if declared and texts:
            ids = tuple(
                sorted(set(re.findall(r"[A-Za-z0-9][A-Za-z0-9.+-]*", declared)) - {"AND", "OR", "WITH"})
            )
            joined = folder / "package-files" / fields["Name"]
            joined.parent.mkdir(parents=True, exist_ok=True)
            joined.write_text("\n".join(path.as_posix() for path in texts), encoding="utf-8")
            samples += [
                Sample(
                    "packages",
                    f"{fields['Name']}/{path.relative_to(metadata.parent)}",
                    path.as_posix(),
                    ids,
                    "all",
                )
                for path in texts
            ]
    return samples


def save(samples: list[Sample], path: Path) -> None:
    """Write the list of files for the programs that are measured."""
    path.write_text(json.dumps([asdict(sample) for sample in samples]), encoding="utf-8")
