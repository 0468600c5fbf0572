"""The learner's own files: every form that is read, and every fault in one sentence."""

from __future__ import annotations

import csv
import errno
import json
import os
import time
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow.parquet import write_table

from engine.errors import DataError
from engine.worker import text_files, text_json
from engine.worker.texts import Texts, require_texts, texts

ROWS = [(f"The {label} one, number {n}.", label) for label in ("cat", "dog") for n in range(20)]
HEAD = "text,label\n"
GOOD = HEAD + "".join(f'"{text}",{label}\n' for text, label in ROWS)


def every_text(found: Texts) -> set[tuple[str, str]]:
    return {
        (text, found.classes[label])
        for part in (found.train, found.validation, found.test)
        for text, label in zip(part.texts, part.labels, strict=True)
    }


def write(place: Path, content: str) -> str:
    place.write_bytes(content.encode())
    return str(place)


def refused(data: str, cache: Path) -> DataError:
    """Return the one sentence that `data` gives; it is complete, and names where and what."""
    with pytest.raises(DataError) as caught:
        texts(data, cache=cache)
    assert caught.value.details["field"] == "data"
    assert caught.value.details["value"] == data
    assert caught.value.sentence.startswith(f"data={data}: ")
    assert "\n" not in caught.value.sentence
    assert caught.value.code.startswith("texts-")
    return caught.value


def as_csv(place: Path, delimiter: str = ",") -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([("text", "label"), *ROWS])


def as_json(place: Path, *, array: bool = False) -> None:
    entries = [json.dumps({"label": label, "text": text, "id": [1]}) for text, label in ROWS]
    place.write_text(f"[{', '.join(entries)}]" if array else "\n\n".join(entries), encoding="utf-8")


def as_parquet(place: Path) -> None:
    texts_, labels = zip(*ROWS, strict=True)
    table = pyarrow.table({"n": list(range(len(ROWS))), "label": pyarrow.array(labels).dictionary_encode()})
    write_table(table.append_column("text", pyarrow.array(texts_, pyarrow.large_string())), place)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("own.csv", as_csv),
        ("OWN.CSV", as_csv),
        ("own.tsv", lambda place: as_csv(place, "\t")),
        ("semicolons.csv", lambda place: as_csv(place, ";")),
        ("tabs.csv", lambda place: as_csv(place, "\t")),
        ("own.jsonl", as_json),
        ("lines.json", as_json),
        ("array.json", lambda place: as_json(place, array=True)),
        ("own.parquet", as_parquet),
        ("a name with spaces 数据.csv", as_csv),
    ],
)
def test_every_form_gives_the_same_texts_in_the_same_parts(name: str, written: Any, tmp_path: Path) -> None:
    written(tmp_path / name)
    as_csv(tmp_path / "reference.csv")
    found = texts(str(tmp_path / name), cache=tmp_path)
    assert every_text(found) == set(ROWS)
    assert found.classes == ("cat", "dog")
    reference = texts(str(tmp_path / "reference.csv"), cache=tmp_path)
    assert [sorted(part.texts) for part in (found.train, found.validation, found.test)] == [
        sorted(part.texts) for part in (reference.train, reference.validation, reference.test)
    ]


def test_a_path_may_begin_with_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    as_csv(tmp_path / "own.csv")
    assert every_text(texts("~/own.csv", cache=tmp_path)) == set(ROWS)


@pytest.mark.parametrize(
    ("name", "content", "words", "code"),
    [
        ("a.csv", "", "the file is empty", "texts-empty"),
        ("a.jsonl", "\n \n", "no row with a text and a label", "texts-no-rows"),
        ("a.csv", HEAD, "no row with a text and a label", "texts-no-rows"),
        ("a.csv", HEAD + "  ,cat\n,dog\n", "no row with a text and a label", "texts-no-rows"),
        (
            "a.csv",
            "id,text,lable\n1,hello,cat\n",
            "no column label; it has id, text, lable. Is lable meant? Rename it to label.",
            "texts-column",
        ),
        (
            "a.csv",
            "sentence,label\nhello,cat\n",
            "no column text; it has sentence, label. Rename the one that is meant to text.",
            "texts-column",
        ),
        ("a.csv", "Text,label\nhello,cat\n", "Is Text meant?", "texts-column"),
        ("a.csv", "text,label,text\na,b,c\n", "two columns named text", "texts-column-twice"),
        ("a.jsonl", '{"text": "a", "labels": 1}\n', "no column label; it has text, labels. Is labels", "texts-column"),
        ("a.jsonl", '{"text": "a", "label": 1}\n{"text": \n', "line 2 is no JSON object", "texts-json"),
        ("a.jsonl", '{"text": "a", "label": 1}\n\n["b", 2]\n', "no JSON object (a str)", "texts-json"),
        ("a.jsonl", "[" * 100_000, "line 1 is no JSON object", "texts-json"),
        ("a.json", '{\n  "text": "a"\n}', "line 1 is no JSON object", "texts-json"),
        ("a.jsonl", '{"text": ["a", "b"], "label": 1}\n', "line 1 has a list as text", "texts-type"),
        (
            "a.csv",
            HEAD + "fine,cat\nGood, really good,dog\n",
            "line 3 has 3 fields, and the header 2. A text with a comma",
            "texts-fields",
        ),
        ("a.csv", HEAD + "fine,cat\n\nonly this\n", "line 4 has 1 field,", "texts-fields"),
        ("a.csv", GOOD + '"never closed,cat\nfine,dog\n', "line 42 has 1 field,", "texts-fields"),
        ("a.parquet", "PAR1 and nothing more", "no whole Parquet file", "texts-parquet"),
        ("a.xlsx", "PK", "save it as one of .csv, .tsv, .jsonl, .json, .parquet", "texts-suffix"),
    ],
)
def test_a_fault_is_one_sentence_that_says_where(
    name: str, content: str, words: str, code: str, tmp_path: Path
) -> None:
    error = refused(write(tmp_path / name, content), tmp_path)
    assert words in error.sentence
    assert error.code == code


def test_a_quotation_mark_that_is_never_closed_takes_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.worker.text_csv.LONGEST_FIELD", 50_000)
    data = write(tmp_path / "a.csv", GOOD + '"open\n' + "word, word\n" * 20_000)
    before = csv.field_size_limit()
    assert "line 42 has 1 field," in refused(data, tmp_path).sentence
    assert csv.field_size_limit() == before


def test_a_missing_file_names_the_one_beside_it_that_may_be_meant(tmp_path: Path) -> None:
    as_csv(tmp_path / "Reviews.csv")
    assert "no such file. Did you mean Reviews.csv?" in refused(str(tmp_path / "review.csv"), tmp_path).sentence
    assert "Check its name and folder" in refused(str(tmp_path / "gone" / "review.csv"), tmp_path).sentence
    with pytest.raises(DataError, match="Did you mean"):
        require_texts(str(tmp_path / "review.csv"))


def test_a_name_that_is_too_long_and_a_stranger_s_home_are_sentences(tmp_path: Path) -> None:
    assert refused("/" + "x" * 4_000 + ".csv", tmp_path).code == "texts-unreadable"
    assert refused("~nobody-of-that-name/a.csv", tmp_path).code == "texts-missing"


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be allowed to read everything; so the system's answer is put in its place."""
    as_csv(tmp_path / "own.csv")

    def closed(*_: Any, **__: Any) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    assert "cannot be read (Permission denied)" in refused(str(tmp_path / "own.csv"), tmp_path).sentence


def test_what_is_no_ordinary_file_is_never_opened(tmp_path: Path) -> None:
    """Reading a pipe would wait for ever."""
    os.mkfifo(tmp_path / "own.csv")
    assert refused(str(tmp_path / "own.csv"), tmp_path).code == "texts-suffix"


def test_a_file_that_is_too_large_is_refused_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(3 * 1024**3)  # a hole, which takes no room
    error = refused(str(tmp_path / "huge.csv"), tmp_path)
    assert "it has 3,221 MB, and at most 2,147 MB are read" in error.sentence
    monkeypatch.setattr(text_json, "MOST_ARRAY_BYTES", 1_000)
    as_json(tmp_path / "array.json", array=True)
    assert "as JSON lines" in refused(str(tmp_path / "array.json"), tmp_path).sentence
    monkeypatch.setattr(text_files, "MOST_BYTES", 1_000)
    with pytest.raises(DataError, match="at most"):
        require_texts(str(tmp_path / "array.json"))


def test_too_many_rows_are_refused_before_all_are_read(tmp_path: Path) -> None:
    as_csv(tmp_path / "own.csv")
    with pytest.raises(DataError, match="it has over 30 rows") as caught:
        texts(str(tmp_path / "own.csv"), cache=tmp_path, most=30)
    assert caught.value.code == "texts-too-many"


def test_empty_texts_and_missing_labels_are_skipped_counted_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = texts(write(tmp_path / "a.csv", GOOD + " ,cat\n,dog\nno label,\n"), cache=tmp_path)
    assert every_text(found) == set(ROWS)
    assert "Rows without a text, which are skipped: 2, the first in line 42." in caplog.text
    assert "Rows without a label, which are skipped: 1, the first in line 44." in caplog.text
    lines = "".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in ROWS)
    lines += '{"text": null, "label": "cat"}\n{"label": "dog"}\n{"text": "no label"}\n'
    found = texts(write(tmp_path / "a.jsonl", lines), cache=tmp_path)
    assert every_text(found) == set(ROWS)
    assert [note.details.get("count") for note in found.notes[:2]] == ["2", "1"]


def test_a_very_long_text_is_taken_and_cut_quickly(tmp_path: Path) -> None:
    rows = [*ROWS, ("  " + "word " * 20_000 + "end", "cat"), ("好" * 200_000, "dog")]
    content = HEAD + "".join(f'"{text}",{label}\n' for text, label in rows)
    began = time.process_time()
    found = texts(write(tmp_path / "long.csv", content), cache=tmp_path)
    assert time.process_time() - began < 2
    assert sorted(len(text) for text, _ in every_text(found))[-2:] == [19_999, 20_000]
    cut = next(note for note in found.notes if note.code == "texts-note-cut")
    assert str(cut) == "Texts that are cut after 20,000 characters: 2, the first in line 42."


def test_control_characters_become_spaces_and_nothing_else_changes(tmp_path: Path) -> None:
    lines = [json.dumps({"text": text, "label": label}) for text, label in ROWS]
    lines += [r'{"text": "bell\u0007 nul\u0000 esc\u001b[31m\ttab\nline", "label": "c\u009bat "}']
    lines += [r'{"text": "\u0000", "label": "dog"}', *(f'{{"text": "{n}", "label": "c at"}}' for n in range(2))]
    found = texts(write(tmp_path / "a.jsonl", "\n".join(lines)), cache=tmp_path)
    assert ("bell  nul  esc [31m\ttab\nline", "c at") in every_text(found)
    assert [str(note) for note in found.notes[:2]] == [
        "Rows without a text, which are skipped: 1, the first in line 42.",
        "Texts with control characters, which become spaces: 2, the first in line 41.",
    ]


def test_a_file_of_json_with_half_a_character_is_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    lines = [json.dumps({"text": text, "label": label}) for text, label in ROWS]
    data = write(tmp_path / "a.jsonl", "\n".join([*lines, r'{"text": "half \ud83d of it", "label": "cat"}']))
    assert "line 41 is no JSON object" in refused(data, tmp_path).sentence


def test_class_names_that_datasets_wrote_into_a_parquet_file_are_the_labels(tmp_path: Path) -> None:
    facts = {"info": {"features": {"label": {"_type": "ClassLabel", "names": ["bad", "good"]}}}}
    table = pyarrow.table({"text": [f"text {n}" for n in range(41)], "label": [*[0, 1] * 20, -1]})
    place = tmp_path / "own.parquet"
    write_table(table.replace_schema_metadata({"huggingface": json.dumps(facts)}), place)
    found = texts(str(place), cache=tmp_path)
    assert found.classes == ("bad", "good")
    assert ("text 1", "good") in every_text(found)
    assert "Rows without a label, which are skipped: 1, the first in line 41." in map(str, found.notes)


def test_a_parquet_column_of_something_else_is_named(tmp_path: Path) -> None:
    write_table(pyarrow.table({"text": [["a"], ["b"]], "label": [1, 2]}), tmp_path / "own.parquet")
    assert "line 1 has a list as text" in refused(str(tmp_path / "own.parquet"), tmp_path).sentence
    whole = (tmp_path / "own.parquet").read_bytes()
    (tmp_path / "torn.parquet").write_bytes(whole[: len(whole) // 2])
    assert refused(str(tmp_path / "torn.parquet"), tmp_path).code == "texts-parquet"
