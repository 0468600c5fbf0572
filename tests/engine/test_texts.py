"""Texts with labels: the embedded sets, few labels of many, and how the learner's own rows are split."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import DataError
from engine.worker.text_split import draw, split
from engine.worker.texts import Part, Texts, texts

PARTS = ("validation", "test")


def write_lines(place: Path, rows: list[dict[str, object]]) -> str:
    """Write JSON lines, and return the value of `data` for them."""
    place.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(place)


def rows_of(counts: dict[str, int]) -> list[dict[str, object]]:
    return [{"text": f"{label} number {n}", "label": label} for label, count in counts.items() for n in range(count)]


def per_class(part: Part, found: Texts) -> dict[str, int]:
    return {label: part.labels.count(number) for number, label in enumerate(found.classes)}


@pytest.mark.parametrize(
    ("name", "sizes", "classes", "first"),
    [
        (
            "topics",
            [7_200, 1_200, 1_200],
            ("animal", "artifact", "body", "food", "location", "plant"),
            ("primitive winged insect", "animal"),
        ),
        ("reviews", [2_383, 298, 298], ("negative", "positive"), ("The RI style calamari was a joke.", "negative")),
        (
            "classics",
            [3_681, 461, 461],
            ("analects", "caigentan", "proverb", "tang poem"),
            ("乐骄乐，乐佚游，乐宴乐，损矣。", "analects"),
        ),
    ],
)
def test_an_embedded_set_has_its_own_split_and_sorted_classes(
    name: str, sizes: list[int], classes: tuple[str, ...], first: tuple[str, str], tmp_path: Path
) -> None:
    found = texts(name, cache=tmp_path)
    assert [len(part) for part in (found.train, found.validation, found.test)] == sizes
    assert found.classes == classes
    assert found.train.texts[0].startswith(first[0])
    assert classes[found.train.labels[0]] == first[1]
    assert found.notes == ()
    assert not list(tmp_path.iterdir())


def test_the_embedded_sets_are_read_without_torch_and_without_datasets(tmp_path: Path) -> None:
    """So that a run says what is wrong with its data before it loads anything slow."""
    code = (
        "import sys; from pathlib import Path; from engine.worker.texts import require_texts, texts\n"
        f"require_texts('topics'); texts('topics', cache=Path({str(tmp_path)!r}))\n"
        "print(sorted({'torch', 'transformers', 'datasets', 'pandas'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_few_labels_are_as_many_of_each_class_and_nested(tmp_path: Path) -> None:
    ten, fifty = (texts("topics", labels_per_class=count, seed=0, cache=tmp_path) for count in (10, 50))
    assert per_class(ten.train, ten) == dict.fromkeys(ten.classes, 10)
    assert per_class(fifty.train, fifty) == dict.fromkeys(fifty.classes, 50)
    assert set(ten.train.texts) < set(fifty.train.texts)
    assert [len(ten.validation), len(ten.test)] == [1_200, 1_200]
    other = texts("topics", labels_per_class=10, seed=1, cache=tmp_path)
    assert len(set(other.train.texts) & set(ten.train.texts)) < 10
    assert other.validation == ten.validation


def test_a_class_with_fewer_labels_than_asked_gives_all_it_has_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = texts("classics", labels_per_class=1_000, cache=tmp_path)
    assert per_class(found.train, found) == {"analects": 1_000, "caigentan": 703, "proverb": 648, "tang poem": 1_000}
    assert [note.code for note in found.notes] == ["texts-note-short"]
    assert "caigentan: 703, proverb: 648" in str(found.notes[0])
    assert str(found.notes[0]) in caplog.text


def test_own_rows_are_split_ten_to_one_to_one_class_by_class(tmp_path: Path) -> None:
    data = write_lines(tmp_path / "own.jsonl", rows_of({"a": 100, "b": 40, "c": 3}))
    found = texts(data, cache=tmp_path)
    assert per_class(found.train, found) == {"a": 80, "b": 32, "c": 1}
    assert per_class(found.validation, found) == per_class(found.test, found) == {"a": 10, "b": 4, "c": 1}
    assert texts(data, cache=tmp_path) == found
    assert texts(data, seed=1, cache=tmp_path).test != found.test
    assert [note.code for note in found.notes] == ["texts-note-coarse"]


def test_the_split_is_the_same_on_every_machine() -> None:
    """A change here would change what every earlier run was tested with."""
    words = [f"text {number}" for number in range(20)]
    parts = split(words, ["a", "b"] * 10, PARTS, seed=0)
    assert [place for place, part in enumerate(parts) if part == "test"] == [1, 12]
    assert [place for place, part in enumerate(parts) if part == "validation"] == [2, 19]


LABELLED = st.lists(
    st.tuples(st.text(alphabet="ab C\u4e2d", min_size=1, max_size=4), st.sampled_from("xyz")), min_size=1, max_size=80
)


@settings(max_examples=200, deadline=None)
@given(rows=LABELLED, seed=st.integers(0, 2**31 - 1), order=st.randoms(use_true_random=False))
def test_no_text_is_in_two_parts_and_each_class_is_in_all_whatever_the_order(
    rows: list[tuple[str, str]], seed: int, order: random.Random
) -> None:
    rows = rows + [(f"{number} of {label}", label) for label in "xyz" for number in range(3)]
    words, labels = [text for text, _ in rows], [label for _, label in rows]
    parts = split(words, labels, PARTS, seed)
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for text, part in zip(words, parts, strict=True):
        homes[" ".join(text.split()).casefold()].add(part)
    assert all(len(home) == 1 for home in homes.values())
    for label in "xyz":
        assert {part for part, its in zip(parts, labels, strict=True) if its == label} == {"train", *PARTS}
    shuffled = list(range(len(rows)))
    order.shuffle(shuffled)
    again = split([words[place] for place in shuffled], [labels[place] for place in shuffled], PARTS, seed)
    assert again == [parts[place] for place in shuffled]


@settings(max_examples=100, deadline=None)
@given(
    labels=st.lists(st.integers(0, 3), min_size=1, max_size=60),
    few=st.integers(1, 10),
    more=st.integers(0, 10),
    seed=st.integers(0, 2**31 - 1),
)
def test_a_smaller_draw_is_part_of_a_larger_one(labels: list[int], few: int, more: int, seed: int) -> None:
    words = [f"{place}" for place in range(len(labels))]
    small, large = (draw(words, labels, each, seed) for each in (few, few + more))
    assert set(small) <= set(large)
    assert small == sorted(small)
    for label in range(4):
        assert sum(labels[row] == label for row in small) == min(few, labels.count(label))


def test_a_part_that_the_rows_name_is_obeyed_and_a_missing_one_is_drawn_from_training(tmp_path: Path) -> None:
    rows = rows_of({"a": 40, "b": 40})
    for number, row in enumerate(rows):
        row["split"] = "test" if number % 4 == 0 else "train"
    found = texts(write_lines(tmp_path / "own.jsonl", rows), cache=tmp_path)
    assert set(found.test.texts) == {row["text"] for row in rows if row["split"] == "test"}
    assert per_class(found.train, found) == {"a": 27, "b": 27}
    assert per_class(found.validation, found) == {"a": 3, "b": 3}


def test_a_column_split_that_means_something_else_is_left_alone_and_named(tmp_path: Path) -> None:
    rows = [{**row, "split": "banana"} for row in rows_of({"a": 300, "b": 300})]
    found = texts(write_lines(tmp_path / "own.jsonl", rows), cache=tmp_path)
    assert len(found.train) == 480
    assert [note.code for note in found.notes] == ["texts-note-split"]
    assert "banana" in str(found.notes[0])


def test_a_label_that_is_tested_but_never_learned_is_named(tmp_path: Path) -> None:
    rows = [{**row, "split": "train"} for row in rows_of({"a": 9, "b": 9})]
    rows.append({"text": "what is this?", "label": "owl", "split": "validation"})
    with pytest.raises(DataError, match="its part validation has the label owl, which no training text has") as caught:
        texts(write_lines(tmp_path / "own.jsonl", rows), cache=tmp_path)
    assert caught.value.code == "texts-unseen"


@pytest.mark.parametrize(
    ("counts", "words", "code"),
    [
        ({"a": 30}, "all 30 texts to learn from have the label a. Add texts", "texts-one-class"),
        ({"a": 30, "b": 2, "c": 1}, "a label needs at least 3 different texts.*b: 2, c: 1", "texts-few"),
        ({str(n): 3 for n in range(300)}, "has 300 different values; at most 256 are classes", "texts-many-classes"),
    ],
)
def test_classes_that_cannot_be_learned_are_one_sentence(
    counts: dict[str, int], words: str, code: str, tmp_path: Path
) -> None:
    data = write_lines(tmp_path / "own.jsonl", rows_of(counts))
    with pytest.raises(DataError, match=words) as caught:
        texts(data, cache=tmp_path)
    assert caught.value.code == code
    assert caught.value.details["field"] == "data"
    assert caught.value.details["value"] == data
    assert "\n" not in caught.value.sentence


def test_the_same_text_again_does_not_count_as_another(tmp_path: Path) -> None:
    rows = rows_of({"a": 30}) + [{"text": text, "label": "b"} for text in ("Yes", "yes", " YES ", "no", "No")]
    with pytest.raises(DataError, match="b: 2"):
        texts(write_lines(tmp_path / "own.jsonl", rows), cache=tmp_path)


def test_labels_that_are_numbers_are_text_in_the_order_of_numbers(tmp_path: Path) -> None:
    labels: list[object] = [10, 2, 1.0]
    rows: list[dict[str, object]] = [{"text": f"{label} of {n}", "label": label} for label in labels for n in range(5)]
    assert texts(write_lines(tmp_path / "own.jsonl", rows), cache=tmp_path).classes == ("1", "2", "10")
