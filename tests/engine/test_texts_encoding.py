"""Encodings of the learner's own files: those that are read, and the line that does not fit."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from engine.errors import DataError
from engine.worker.text_encoding import encoding_of
from engine.worker.texts import texts

CHINESE = [
    ("今天的天气真好，我们去爬山。", "正面"),
    ("这部电影又长又闷。", "负面"),
    ("臺灣的學生說國語，這裡有許多書籍。", "正面"),
]
FRENCH = ["Un général très âgé à l'été", "Déjà vu, où ça ?", "garçon français élève", "Größe über Maß", "El niño comió"]


def csv_of(rows: list[tuple[str, str]]) -> str:
    return "text,label\r\n" + "".join(f"{text},{label}\r\n" for text, label in rows)


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@pytest.mark.parametrize("name", ["own.csv", "own.jsonl"])
def test_a_file_means_the_same_in_every_encoding(mark: str, name: str, tmp_path: Path) -> None:
    rows = [(f"{text}第{number}次", label) for number in range(5) for text, label in CHINESE]
    lines = "".join(f'{{"text": "{text}", "label": "{label}"}}\n' for text, label in rows)
    begin = "\ufeff" if mark in ("utf-16-le", "utf-16-be") else ""
    (tmp_path / name).write_bytes((begin + (csv_of(rows) if name == "own.csv" else lines)).encode(mark))
    found = texts(str(tmp_path / name), cache=tmp_path)
    every = [*found.train.texts, *found.validation.texts, *found.test.texts]
    assert sorted(every) == sorted(text for text, _ in rows)
    assert found.classes == ("正面", "负面")


def test_a_single_sentence_of_the_classics_is_enough_to_know_gb18030(tmp_path: Path) -> None:
    place = tmp_path / "own.csv"
    for sentence in texts("classics", cache=tmp_path).train.texts[::20]:
        place.write_bytes(csv_of([(sentence, "x")]).encode("gb18030"))
        assert encoding_of(place, "own.csv") == "gb18030", sentence


@pytest.mark.parametrize(("most", "odd"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_the_one_line_in_another_encoding_is_named(most: str, odd: str, tmp_path: Path) -> None:
    place = tmp_path / "own.csv"
    classics = texts("classics", cache=tmp_path).train.texts
    for seed in range(40):
        dice = random.Random(seed)
        lines = [sentence.encode(most) for sentence in dice.sample(classics, 20)]
        wrong = dice.randrange(20)
        lines[wrong] = lines[wrong].decode(most).encode(odd)
        place.write_bytes(b"\n".join(lines))
        named = rf"line {wrong + 1} is not in {most.upper()}, as the rest of the file is"
        with pytest.raises(DataError, match=named) as caught:
            encoding_of(place, "own.csv")
        assert caught.value.code == "texts-encoding-mixed"


@pytest.mark.parametrize("sentence", FRENCH)
@pytest.mark.parametrize("rest", [[], list(FRENCH)])
def test_western_text_in_another_encoding_never_becomes_chinese(sentence: str, rest: list[str], tmp_path: Path) -> None:
    place = tmp_path / "own.csv"
    place.write_bytes("\n".join(["text,label", *rest, ""]).encode() + sentence.encode("latin-1"))
    with pytest.raises(DataError, match=f"line {len(rest) + 2} is neither UTF-8 nor GB18030") as caught:
        encoding_of(place, "own.csv")
    assert caught.value.code == "texts-encoding"


def test_a_damaged_byte_in_chinese_names_its_line(tmp_path: Path) -> None:
    lines = [text.encode() for text, _ in CHINESE * 3]
    lines[4] = lines[4][:7] + b"\xff" + lines[4][8:]
    (tmp_path / "own.csv").write_bytes(b"\n".join(lines))
    with pytest.raises(DataError, match="line 5 is neither UTF-8 nor GB18030"):
        encoding_of(tmp_path / "own.csv", "own.csv")


def test_utf_16_that_breaks_off_names_its_last_line(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(csv_of(CHINESE).encode("utf-16")[:-1])
    with pytest.raises(DataError, match="line 4 is not in UTF-16"):
        encoding_of(tmp_path / "own.csv", "own.csv")


@pytest.mark.parametrize("content", ["text,label\na,b\n".encode("utf-16-le"), bytes(range(256)) * 3 + bytes(200)])
def test_what_is_no_text_is_not_read_as_text(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(content)
    with pytest.raises(DataError, match="it is no text file, or text in UTF-16 without a byte order mark") as caught:
        encoding_of(tmp_path / "own.csv", "own.csv")
    assert caught.value.code == "texts-binary"


def test_a_character_across_two_blocks_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_bytes(b"x" * ((1 << 20) - 1) + "好".encode() + b"\n")
    assert encoding_of(tmp_path / "own.csv", "own.csv") == "utf-8"
