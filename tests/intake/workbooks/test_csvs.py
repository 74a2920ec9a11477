"""A CSV file reads the same whatever its encoding, separator and line ends; its cells stay text."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfkit.intake.workbooks import csvs
from perfkit.model.errors import InputError, Where

ROWS = [["code", "name", "share"], ["0931", "Café “Zoë” £5", "6,7"], ["608", None, "0"]]


def text(separator: str, end: str) -> str:
    return end.join(separator.join(f'"{cell or ""}"' for cell in row) for row in ROWS) + end


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("separator", csvs.SEPARATORS, ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_one_table_in_54_ways(encoding: str, separator: str, end: str) -> None:
    content = text(separator, end).encode(encoding)
    assert csvs.parse(content, Where("a.csv")).rows == ROWS


def test_utf_16_in_both_orders_with_its_mark() -> None:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert csvs.parse(mark + text(",", "\n").encode(encoding), Where("a.csv")).rows == ROWS


def test_codes_keep_their_zeros_and_dates_and_numbers_their_letters() -> None:
    (row,) = csvs.parse(b"0008,3-5,1e5,TRUE,007.50\n", Where("a.csv")).rows
    assert row == ["0008", "3-5", "1e5", "TRUE", "007.50"]


def test_lines_within_quotes_stay_in_their_cell() -> None:
    assert csvs.parse(b'a,b\r\n"one\r\ntwo",2\r\n', Where("a.csv")).rows[1] == ["one\r\ntwo", "2"]


def test_blank_rows_at_the_end_are_none_and_those_within_keep_their_place() -> None:
    assert csvs.parse(b"a,b\n\n1,2\n\n,\n", Where("a.csv")).rows == [["a", "b"], [], ["1", "2"]]


def test_a_title_above_the_table_does_not_mislead() -> None:
    rows = csvs.parse(b"Waste, recycled\nname;share;year\nA;1,5;2017\nB;2,5;2017\n", Where("a.csv")).rows
    assert rows[1:] == [["name", "share", "year"], ["A", "1,5", "2017"], ["B", "2,5", "2017"]]


def test_bytes_of_no_known_encoding_are_told() -> None:
    with pytest.raises(InputError, match="signs that are neither UTF-8, UTF-16 nor cp1252"):
        csvs.parse(b"name,share\nA\x81\x8d,1\n", Where("a.csv"))


def test_a_sign_that_is_no_utf_8_is_heeded_however_late_it_comes() -> None:
    content = b"name,share\n" + b"West,1\n" * 200_000 + "Café,2\n".encode("cp1252")
    assert csvs.parse(content, Where("a.csv")).rows[-1] == ["Café", "2"]


def test_a_table_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvs, "MOST_MEMORY", 2 * 1024 * 1024)
    monkeypatch.setattr(csvs, "_MANY", 100)
    lines = [f"West,\N{SMILING FACE WITH SMILING EYES} and more of {number}\n" for number in range(20_000)]
    with pytest.raises(InputError, match=r"so large that \d,\d{3} of its rows fill 2 MiB of memory, .* Split it"):
        csvs.parse("".join(["name,remark\n", *lines]).encode(), Where("a.csv"))
    assert len(csvs.parse("".join(lines[:5_000]).encode(), Where("a.csv")).rows) == 5_000
    assert len(csvs.parse((lines[0] * 20_000).encode(), Where("a.csv")).rows) == 20_000, "the same texts all through"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.csv: found no such file"):
        csvs.read(tmp_path / "a.csv")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        rows = csvs.parse(content, Where("a.csv")).rows
    except InputError as error:
        rows, issues = [], len(error.issues)
    else:
        issues = 1
    assert issues == 1
    assert all(cell is None or isinstance(cell, str) for row in rows for cell in row)


CELLS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=12), st.sampled_from(csvs.SEPARATORS))
def test_what_is_written_with_quotes_reads_back(table: list[list[str]], separator: str) -> None:
    content = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in table)
    assert csvs.parse(content.encode("utf-8-sig"), Where("a.csv")).rows == table


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff\x00\n", b"\xef\xbb\xbf\r\n"])
def test_a_mark_of_its_encoding_alone_is_no_text(content: bytes) -> None:
    with pytest.raises(InputError, match="a file without any text"):
        csvs.parse(content, Where("a.csv"))
