"""Bytes become text, or are refused with a way out."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import InputRefused
from checker.subjects.decode import decode

WORDS = "Anyone may use this work – “as is”, été.\n" * 3
LATIN = "Droits réservés à l'auteur, façade.\n" * 3


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (WORDS.encode(), WORDS),
        (codecs.BOM_UTF8 + WORDS.encode(), WORDS),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), WORDS),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), WORDS),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), WORDS),
        (codecs.BOM_UTF32_BE + WORDS.encode("utf-32-be"), WORDS),
        (LATIN.encode("utf-16-le"), LATIN),
        (LATIN.encode("utf-16-be"), LATIN),
        (LATIN.encode("latin-1"), LATIN),
        (WORDS.encode("cp1252"), WORDS),
        (b"", ""),
        (b"a page break\x0c and the end of a DOS file\x1a", "a page break\x0c and the end of a DOS file\x1a"),
    ],
    ids=lambda value: "" if isinstance(value, str) else None,
)
def test_text_in_any_common_encoding_is_read(data: bytes, text: str):
    assert decode(data, "LICENSE") == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{\\rtf1\\ansi Anyone may use it.}", "RTF"),
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\x00", "docx"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x7fELF\x02\x01\x01\x00", "program"),
        (b"\x00\x01\x02\x03" * 50, "not text"),
        (b"MIT License\x00\x00\x00\x01", "not text"),
        (bytes(range(256)) * 4, "not text"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b", "damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_a_way_out(data: bytes, said: str):
    with pytest.raises(InputRefused) as refused:
        decode(data, "LICENSE")
    assert said in refused.value.what
    assert refused.value.fix


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes):
    try:
        text = decode(data, "LICENSE")
    except InputRefused:
        return
    assert "\x00" not in text


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_utf8_text_comes_back_as_it_was(text: str):
    marked = codecs.BOM_UTF8 + text.encode()
    assert decode(marked, "LICENSE") == text
