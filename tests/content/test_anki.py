"""Anki's package is read back as what it is, a zip with a SQLite file: every question with its key and every why."""

from __future__ import annotations

import html
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from content.course.course import Course, bundled, open_course
from content.course.number import NumberItem
from content.course.numerals import show
from content.course.order import Order
from content.course.spans import item_spans, plain
from content.course.text import Text
from content.errors import StoreError
from content.exports.anki import FIELDS, Packed, write_package
from content.exports.card import card, in_order
from content.quiz.posed import Posed
from content.quiz.shuffle import obeys
from tests.content.questions import questions
from tests.content.small_course import build
from tests.tui.question_course import TYPES, small_course
from tui.words import Words

NOW = 1_790_000_000.5


class Note(msgspec.Struct):
    """A note as it stands in the package."""

    guid: str
    model: int
    tags: list[str]
    html: dict[str, str]

    @property
    def text(self) -> str:
        """Every word of it, without mark-up."""
        return "\n".join(map(read, self.html.values()))


def read(field: str) -> str:
    """Return what a browser would show of some HTML, on one line."""
    text = re.sub(r"<br>|</(div|li|ol|ul|pre)>", "\n", field)
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", text)).split())


def written(course: Course, file: Path, language: str = "en", now: float = NOW) -> Packed:
    words = Words(language)
    return write_package(file, course, language, lambda key: words(f"anki.{key}"), now)


def collection(file: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(file) as package:
        assert package.testzip() is None
        assert json.loads(package.read("media")) == {}
        package.extract("collection.anki2", file.parent)
    return sqlite3.connect(file.parent / "collection.anki2")


def notes(file: Path) -> dict[str, Note]:
    """Return the notes of a package by the question's name."""
    found = {}
    for guid, model, tags, fields in collection(file).execute("SELECT guid, mid, tags, flds FROM notes"):
        values = dict(zip(FIELDS, fields.split("\x1f"), strict=True))
        name = values["Item"].partition("/")[2].partition(" ")[0]
        found[name] = Note(guid, model, tags.split(), values)
    return found


def texts(value: object) -> Iterator[Text]:
    """Yield every text that an author wrote into a question."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name))
    elif isinstance(value, dict | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return open_course(build(tmp_path / "course"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("which", ["bundled", "small"])
def test_every_word_of_every_question_is_on_its_note(tmp_path: Path, course: Course, which: str, language: str) -> None:
    course = open_course(bundled()) if which == "bundled" else course
    packed = written(course, tmp_path / "c.apkg", language)
    found = notes(tmp_path / "c.apkg")
    items = [item for slug in course.slugs for item in course.items(slug)]
    assert [item.id for item in items] == list(found)
    assert (packed.notes, packed.left_out) == (len(items), ())
    for item in items:
        posed = Posed(item, 0)
        for text in texts(item):
            pieces = re.split(r"\[\[[\w-]+\]\]", posed.say(text, language))
            for piece in pieces:
                assert " ".join(plain(item_spans(piece)).split()) in found[item.id].text, (item.id, piece)


def test_each_of_the_nine_types_has_its_key(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course")
    written(course, tmp_path / "c.apkg")
    found = notes(tmp_path / "c.apkg")
    assert sorted(found) == sorted(TYPES)
    for name in TYPES:
        item = course.item(name)
        assert item is not None
        assert item.kind == name
        back, front = read(found[name].html["Answer"]), read(found[name].html["Question"])
        for option in getattr(item, "options", ()):
            words = " ".join(plain(item_spans(option.text.say("en"))).split())
            assert words in front
            assert f"{'✓' if option.right else '✗'} {words}" in back
        assert "✓" not in front


def test_a_number_has_one_drawn_instance_with_its_steps(tmp_path: Path, course: Course) -> None:
    written(course, tmp_path / "c.apkg")
    note = notes(tmp_path / "c.apkg")["updates"]
    item = questions()["updates"]
    assert isinstance(item, NumberItem)
    posed = Posed(item, 0)
    assert f"{show(posed.values['n'])} images, batch {posed.values['b']}" in read(note.html["Question"])
    assert f"<b>{show(posed.values['answer'])}</b> updates" in note.html["Answer"]
    for step in posed.steps("en"):
        assert step in read(note.html["Answer"])
    wrong = show(item.wrongs[0].formula.compute(posed.values))
    assert f"✗ {wrong}" in read(note.html["Answer"])
    assert "{" not in note.text


def test_the_other_keys(tmp_path: Path, course: Course) -> None:
    written(course, tmp_path / "c.apkg")
    found = {name: read(note.html["Answer"]) for name, note in notes(tmp_path / "c.apkg").items()}
    assert found["lower-is-better"].startswith("False ")
    assert found["step-early"].startswith("3 opt.step()")
    assert "A price → Squared error" in found["which-loss"]
    assert "Left over: No loss" in found["which-loss"]
    assert "A neuron forms a weighted sum and adds a bias." in found["neuron"]
    assert "sum / total" in found["neuron"]
    assert found["why-ln"].startswith("An even guess gives 0.1")
    assert "____" in read(notes(tmp_path / "c.apkg")["neuron"].html["Question"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_several_are_to_be_chosen_is_said_once(tmp_path: Path, language: str) -> None:
    """Where the author says so, the card does not say it again; where nobody does, it does."""
    own, bundled_course = Words(language)("anki.several"), open_course(bundled())
    written(bundled_course, tmp_path / "c.apkg", language)
    found = notes(tmp_path / "c.apkg")
    several = [key.id for slug in bundled_course.slugs for key in bundled_course.keys(slug) if key.kind == "multiple"]
    assert several
    assert {read(found[name].html["Question"]).count(own) for name in several} == {1}
    silent = msgspec.structs.replace(questions()["needs"], ask=Text({"en": "What is needed?", "zh": "需要什么？"}))
    assert own in read(card(Posed(silent, 0), language, lambda key: Words(language)(f"anki.{key}")).question)


def test_the_order_obeys_the_rules_and_else_the_author() -> None:
    item = questions()["one-update"]
    assert isinstance(item, Order)
    assert in_order(item) == ("zero", "loss", "back", "step")
    turned = msgspec.structs.replace(item, parts=dict(reversed(item.parts.items())))
    assert obeys(turned, in_order(turned))
    assert in_order(turned) == ("loss", "zero", "back", "step")


def test_a_later_package_updates_and_another_language_is_another_note(tmp_path: Path, course: Course) -> None:
    written(course, tmp_path / "a.apkg")
    first, model, deck = notes(tmp_path / "a.apkg"), *of_collection(tmp_path / "a.apkg")
    items = tmp_path / "course" / "starts" / "items.yaml"
    items.write_text(items.read_text().replace("Ten classes, untrained", "Ten classes, at the start"))
    written(open_course(tmp_path / "course"), tmp_path / "b.apkg", now=NOW + 60)
    second = notes(tmp_path / "b.apkg")
    assert {name: note.guid for name, note in second.items()} == {name: note.guid for name, note in first.items()}
    assert second["ce-start"].html["Question"] != first["ce-start"].html["Question"]
    assert of_collection(tmp_path / "b.apkg") == (model, deck)
    (old,) = collection(tmp_path / "a.apkg").execute("SELECT max(mod) FROM notes").fetchone()
    (new,) = collection(tmp_path / "b.apkg").execute("SELECT min(mod) FROM notes").fetchone()
    assert new > old
    written(course, tmp_path / "zh.apkg", "zh")
    chinese = notes(tmp_path / "zh.apkg")
    assert not {note.guid for note in chinese.values()} & {note.guid for note in first.values()}
    assert of_collection(tmp_path / "zh.apkg")[1] != deck


def of_collection(file: Path) -> tuple[set[str], set[str]]:
    """Return the ids of the kinds of notes and of the decks that have notes."""
    models, decks = collection(file).execute("SELECT models, decks FROM col").fetchone()
    return set(json.loads(models)), set(json.loads(decks)) - {"1"}


def test_tags_say_section_objective_and_level(tmp_path: Path, course: Course) -> None:
    written(course, tmp_path / "c.apkg")
    found = notes(tmp_path / "c.apkg")
    assert set(found["ce-start"].tags) == {
        "small::section::1.2",
        "small::objective::12a",
        "small::level::M",
        "small::type::choice",
    }


def test_cards_come_in_the_order_of_the_course(tmp_path: Path, course: Course) -> None:
    written(course, tmp_path / "c.apkg")
    sql = "SELECT notes.flds FROM cards JOIN notes ON cards.nid = notes.id ORDER BY cards.due"
    names = [
        row[0].split("\x1f")[-1].partition("/")[2].split()[0] for row in collection(tmp_path / "c.apkg").execute(sql)
    ]
    assert names == [key.id for slug in course.slugs for key in course.keys(slug)]


def test_a_courses_words_do_nothing_in_anki(tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    items = root / "starts" / "items.yaml"
    evil = "<script>x</script> [sound:a.mp3] {{c1::b}} \\\\(c\\\\)"
    items.write_text(items.read_text().replace("Ten classes, untrained: the loss?", evil))
    written(open_course(root), tmp_path / "c.apkg")
    note = notes(tmp_path / "c.apkg")["ce-start"]
    for sign in ("<script", "[sound", "{{", "\\("):
        assert sign not in note.html["Question"]
    assert "<script>x</script> [sound:a.mp3] {{c1::b}} \\(c\\)" in read(note.html["Question"])


def test_a_language_that_the_course_lacks_and_a_place_that_cannot_be(tmp_path: Path, course: Course) -> None:
    with pytest.raises(StoreError) as told:
        written(course, tmp_path / "c.apkg", "de")
    assert told.value.sentence == "--language de: this course is in en, zh."
    with pytest.raises(StoreError) as told:
        written(course, tmp_path / "nowhere" / "c.apkg")
    assert told.value.code == "file-unwritable"
    assert {each.name for each in tmp_path.iterdir()} == {"course"}


def test_no_copy_is_left_in_the_folder_for_temporary_files(
    tmp_path: Path, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    written(course, tmp_path / "c.apkg")
    assert list(scratch.iterdir()) == []
