"""The embedded files: whole, with their notices, and as their figures say."""

from __future__ import annotations

import io
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from pyarrow.parquet import read_table

from engine.datasets import CLASSICS, CORPUS, DIGITS, REVIEWS, TOPICS, DataFile
from engine.datasets.facts import CORPUS_TEXTS, FACTS
from engine.errors import DataError
from engine.worker.texts import EMBEDDED

ROOT = Path(__file__).parent.parent.parent
TEXTS = (CORPUS, TOPICS, REVIEWS, CLASSICS)
LICENCES = {
    "definitions": ("WordNet 3.0 Copyright 2006 by Princeton University", "the same appear on ALL copies"),
    "reviews": ("Dimitrios Kotzias", "creativecommons.org/licenses/by/4.0/"),
    "classics": ("Yu Guanghui", "GNU General Public License, version 3 or (at your option) any later version"),
    "digits": ("Christopher J. C. Burges", "creativecommons.org/licenses/by-sa/3.0/"),
}


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_an_embedded_file_is_as_it_was_shipped(file: DataFile) -> None:
    assert len(file.read()) == file.size


@pytest.mark.parametrize("folder", LICENCES)
def test_a_folder_of_data_has_its_notice_and_the_list_of_notices_names_it(folder: str) -> None:
    notice = " ".join((ROOT / "engine" / "datasets" / folder / "NOTICE.txt").read_text(encoding="utf-8").split())
    for words in LICENCES[folder]:
        assert words in notice
    assert f"../build_{folder}.py" in notice
    assert (ROOT / "engine" / "datasets" / f"build_{folder}.py").is_file()
    assert f"engine/datasets/{folder}/" in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_every_data_file_in_the_package_has_its_checksum() -> None:
    """A file that nobody checks would be a file that nobody knows to be broken."""
    found = {path.name for path in (ROOT / "engine" / "datasets").glob("*/*") if path.suffix in (".gz", ".parquet")}
    assert found == {file.name for file in (*TEXTS, *DIGITS)}


def test_the_wheel_takes_all_of_the_package() -> None:
    """Data, notices and scripts lie in a package that hatch takes as a whole."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert "engine" in build["targets"]["wheel"]["packages"]
    assert not build["targets"]["wheel"].get("exclude")


@pytest.mark.parametrize(
    ("change", "words", "code"),
    [
        (None, r"topics\.parquet cannot be read", "data-unread"),
        (lambda whole: whole[:-1], "has 230,022 bytes instead of 230,023", "data-size"),
        (lambda whole: whole[:900] + bytes([whole[900] ^ 1]) + whole[901:], "its checksum differs", "data-changed"),
    ],
    ids=["missing", "cut", "changed"],
)
def test_a_broken_file_is_one_sentence_that_names_it_and_what_to_do(  # type: ignore[no-untyped-def]
    change, words: str, code: str, tmp_path: Path
) -> None:
    place = tmp_path / TOPICS.folder / TOPICS.name
    place.parent.mkdir()
    if change:
        place.write_bytes(change(TOPICS.read()))
    with pytest.raises(DataError, match=words) as caught:
        TOPICS.read(tmp_path)
    assert str(place) in caught.value.sentence
    assert "pip install --force-reinstall" in caught.value.sentence
    assert "\n" not in caught.value.sentence
    assert caught.value.code == code


@pytest.mark.parametrize("name", EMBEDDED)
def test_the_figures_of_a_set_are_those_of_its_file(name: str) -> None:
    table = read_table(io.BytesIO(EMBEDDED[name].read()))
    rows = list(zip(table["split"].to_pylist(), table["label"].to_pylist(), strict=True))
    facts = FACTS[name]
    assert Counter(label for split, label in rows if split == "train") == facts.classes
    assert list(facts.classes) == sorted(facts.classes)
    parts = Counter(split for split, _ in rows)
    assert parts == {"train": facts.train(), "validation": facts.validation, "test": facts.test}


def test_no_definition_that_checks_a_model_is_in_the_corpus_that_it_was_pre_trained_on() -> None:
    corpus = read_table(io.BytesIO(CORPUS.read()))["text"].to_pylist()
    topics = read_table(io.BytesIO(TOPICS.read())).to_pylist()
    held_out = {row["text"] for row in topics if row["split"] != "train"}
    assert len(corpus) == len(set(corpus)) == CORPUS_TEXTS
    assert len(held_out) == 2_400
    assert held_out.isdisjoint(corpus)


def test_a_form_knows_how_many_texts_a_choice_of_labels_gives() -> None:
    assert FACTS["classics"].train(700) == 700 + 700 + 648 + 700
    assert FACTS["classics"].train(0) == FACTS["classics"].train(5_000) == 3_681
