"""The encoding of a text file: UTF-8, UTF-16 or UTF-32 with a mark at its start, or GB18030."""

from __future__ import annotations

import codecs
from collections import Counter
from pathlib import Path

from engine.errors import DataError
from engine.worker.text_rows import unusable

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
)
"""Byte order mark, the codec that takes it away, and the one for what follows it."""
BLOCK = 1 << 20
SURE = 4
"""So many characters beyond U+0800 in a line that is valid UTF-8 are no accident: it is UTF-8."""


def encoding_of(path: Path, name: str) -> str:
    """Return the codec that reads the whole file.

    Raises:
        DataError: There is none; the sentence names the first line that differs.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, codec, plain in MARKS:
        if head.startswith(mark):
            if line := _wrong_line(path, codec, plain):
                raise _not(name, line, codec.removesuffix("-sig").upper())
            return codec
    if head.count(0) > len(head) // 8:
        raise unusable(
            name,
            "it is no text file, or text in UTF-16 without a byte order mark. Save it as UTF-8.",
            code="texts-binary",
        )
    return "utf-8" if not _wrong_line(path, "utf-8", "utf-8") else _by_lines(path, name)


def _wrong_line(path: Path, codec: str, plain: str) -> int:
    """Return the first line that `codec` cannot decode, 0 if it can decode all."""
    decoder = codecs.getincrementaldecoder(codec)()
    lines = 1
    with path.open("rb") as file:
        while True:
            block = file.read(BLOCK)
            try:
                lines += decoder.decode(block, final=not block).count("\n")
            except UnicodeDecodeError as error:
                return lines + error.object[: error.start].decode(plain, "ignore").count("\n")
            if not block:
                return 0


def _by_lines(path: Path, name: str) -> str:
    """Return "gb18030" if all of a file that is not UTF-8 is Chinese in that encoding.

    Nearly every file is valid GB18030 by accident, UTF-8 too; so lines that are surely UTF-8 speak against it,
    and characters that few people write.
    """
    utf8 = sure = other = 0
    first_utf8 = first_other = 0
    met: Counter[str] = Counter()
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.isascii():
                continue
            try:
                far = sum(character >= "\u0800" for character in line.decode("utf-8"))
            except UnicodeDecodeError:
                other += 1
                first_other = first_other or number
            else:
                utf8 += 1
                first_utf8 = first_utf8 or number
                sure += far >= SURE
                continue
            try:
                met.update(line.decode("gb18030"))
            except UnicodeDecodeError as error:
                raise _neither(name, number) from error
    foreign = {character: count for character, count in met.items() if character > "\x7f"}
    if sum(count for character, count in foreign.items() if _is_ordinary(character)) * 2 < sum(foreign.values()):
        raise _neither(name, first_other)
    if sure or utf8 > other:
        raise _not(name, first_other if other <= utf8 else first_utf8, "UTF-8" if other <= utf8 else "GB18030")
    return "gb18030"


def _is_ordinary(character: str) -> bool:
    """Return whether it is in use: in GB 2312 (simplified), or in the first level of Big5 (traditional)."""
    return bool(character.encode("gb2312", "ignore")) or b"\xa1" <= character.encode("big5", "ignore")[:1] <= b"\xc6"


def _not(name: str, line: int, encoding: str) -> DataError:
    return unusable(
        name,
        f"line {line:,} is not in {encoding}, as the rest of the file is. Save the whole file as UTF-8.",
        code="texts-encoding-mixed",
        line=f"{line:,}",
        encoding=encoding,
    )


def _neither(name: str, line: int) -> DataError:
    return unusable(
        name,
        f"line {line:,} is neither UTF-8 nor GB18030. Save the file as UTF-8.",
        code="texts-encoding",
        line=f"{line:,}",
    )
