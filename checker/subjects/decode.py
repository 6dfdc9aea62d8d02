"""Bytes to text: what is plainly text is decoded, what is not is refused with a way out."""

from __future__ import annotations

import codecs
import re

from checker.errors import InputRefused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_FORMATS = (
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document (docx, odt)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (doc)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program (ELF)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"SQLite format 3", "a database (SQLite)"),
)
"""First bytes -> what such a file is. Their words stand behind a format that is not read here."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
"""Control characters that no text uses; tab, line and page breaks, Ctrl-Z (DOS) and ESC aside."""
_CONTROL_SHARE = 0.02
"""More of them than this share of all characters is no text."""
_SAMPLE = 65_536
"""Characters looked at; binary files show themselves early."""


def decode(data: bytes, name: str) -> str:
    """Turn the bytes of a file into text.

    UTF-8, UTF-16 and UTF-32 with a byte order mark, UTF-8 and UTF-16 without, else Windows-1252 (of which
    printable Latin-1 is a part).

    Args:
        data: The whole file.
        name: What to call it in a refusal.

    Raises:
        InputRefused: a format that is no plain text, or binary data.
    """
    for first, what in _FORMATS:
        if data.startswith(first):
            raise InputRefused(
                f"{name} is {what}, not plain text",
                why="the words of such a file cannot be read line by line",
                fix="save its words as plain text (UTF-8) and judge that file",
            )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name)
    wide = _wide_without_mark(data)
    if wide is not None:
        return _strictly(data, wide, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    sample = text[:_SAMPLE]
    if "\x00" in text or len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample):
        raise _binary(name)
    return text


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise InputRefused(
            f"{name} is damaged {encoding.upper()} text",
            why=f"byte {problem.start} cannot be decoded",
            fix="save the file again as UTF-8",
        ) from problem
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample):
        raise _binary(name)
    return text


def _wide_without_mark(data: bytes) -> str | None:
    """Recognise UTF-16 without its mark: in western text every second byte is zero."""
    sample = data[: min(len(data), 4096) & ~1]
    if len(sample) < 8 or len(data) % 2:  # noqa: PLR2004  (four characters tell nothing yet)
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _binary(name: str) -> InputRefused:
    return InputRefused(
        f"{name} is not text",
        why="it holds bytes that no text file holds",
        fix="name the license file itself, saved as plain text (UTF-8)",
    )
