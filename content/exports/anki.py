"""The course as a package for Anki: a note for each question in one language, the same note whenever it is made again.

Anki knows a note by its guid, which follows from course, question and language, so that a later package brings
changed notes up to date and leaves their schedule alone. A question for a number has one set of numbers, always
the same.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from content.course.any_item import AnyItem
from content.course.course import Course
from content.course.formula import FormulaError
from content.course.section import Section
from content.errors import StoreError
from content.exports.card import Card, Say, card
from content.exports.markup import plain
from content.exports.whole import unwritable, write_whole
from content.quiz.posed import Posed

if TYPE_CHECKING:
    from genanki import Deck, Model

MODEL = 1_592_837_465
"""Names our kind of note in every collection, for ever; its fields never change their order."""

FIELDS = ("Question", "Hints", "Answer", "Why", "Place", "Item")

SEED = 0
"""Of the numbers drawn and of the order of options."""

FRONT = "{{Question}}{{#Hints}}<div class=hints>{{hint:Hints}}</div>{{/Hints}}"
BACK = (
    "{{Question}}<hr id=answer>{{Answer}}{{#Why}}<div class=whole>{{Why}}</div>{{/Why}}<div class=place>{{Place}}</div>"
)
CSS = """\
.card { font-family: sans-serif; font-size: 18px; line-height: 1.5; max-width: 40em; margin: auto; text-align: left; }
.ask { font-weight: bold; }
.own, .place, .hints { font-size: 80%; opacity: .75; }
.why { font-size: 90%; opacity: .85; }
.whole { margin-top: 1em; }
pre, code { font-family: monospace; white-space: pre-wrap; }
"""


class Packed(msgspec.Struct, frozen=True):
    """What was written.

    Attributes:
        notes: One for each question.
        left_out: Questions whose numbers cannot be computed.
    """

    notes: int
    left_out: tuple[str, ...]
    bytes: int


def write_package(path: Path, course: Course, language: str, say: Say, now: float) -> Packed:
    """Write the questions of a course as a package.

    Args:
        say: Gives the few words of our own in that language.
        now: Seconds since 1970; Anki takes a note over another one that is older.

    Raises:
        StoreError: The course is not in that language, or the file cannot be written.
    """
    if language not in course.languages:
        raise StoreError(
            f"--language {language}: this course is in {', '.join(course.languages)}.",
            code="anki-language",
            value=language,
            languages=", ".join(course.languages),
        )
    deck, left_out = deck_of(course, language, say)
    try:
        data = _zipped(deck, now)
    except OSError as error:
        raise unwritable(path, error) from error
    except sqlite3.Error as error:  # its temporary file: a full disk is the usual reason
        raise unwritable(path, OSError(str(error))) from error
    return Packed(len(deck.notes), left_out, write_whole(path, [data]))


def deck_of(course: Course, language: str, say: Say) -> tuple[Deck, tuple[str, ...]]:
    """Return the deck, and the questions that could not be put into it."""
    from genanki import Deck, Note, guid_for

    title = course.title.say(language).replace("::", ":")  # which would make a deck within a deck
    deck = Deck(_number("deck", course.id, language), title, plain(course.index.about.say(language)))
    model, left_out = _model(), []
    for section, item in _items(course):
        try:
            posed = Posed(item, SEED)
        except FormulaError:
            left_out.append(item.id)
            continue
        fields = _fields(card(posed, language, say), course, section, item, language)
        deck.add_note(
            Note(
                model,
                fields,
                guid=guid_for("learncurve", course.id, item.id, language),
                tags=tags(course, item),
                due=len(deck.notes) + 1,
            )
        )
    return deck, tuple(left_out)


def tags(course: Course, item: AnyItem) -> list[str]:
    """Return the tags of a question, such as "large-models::section::1.3.3"; Anki folds them by their colons."""
    named = {"section": item.section, "objective": item.objective, "level": item.level, "type": item.kind}
    return [f"{course.id}::{name}::{value.replace(' ', '-')}" for name, value in named.items() if value]


def _items(course: Course) -> Iterator[tuple[Section, AnyItem]]:
    for section in course.sections:
        for item in course.items(section.slug):
            yield section, item


def _fields(made: Card, course: Course, section: Section, item: AnyItem, language: str) -> list[str]:
    place = f"{section.id} {section.title.say(language)}"
    name = f"{course.id}/{item.id} {item.revision}"
    return [made.question, made.hints, made.answer, made.why, plain(place), plain(name)]


def _model() -> Model:
    from genanki import Model

    return Model(
        MODEL,
        "Learncurve",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": FRONT, "afmt": BACK}],
        css=CSS,
    )


def _number(*words: str) -> int:
    """Return a number that names something in a collection: the same for the same words, and small enough for Anki."""
    return int.from_bytes(hashlib.blake2b("\0".join(words).encode(), digest_size=8).digest(), "big") % 2**30 + 2**30


def _zipped(deck: Deck, now: float) -> bytes:
    """Return the package; genanki's own way would leave a copy in the folder for temporary files each time."""
    from genanki import Package

    with tempfile.TemporaryDirectory(prefix="learncurve-") as folder:
        collection = Path(folder) / "collection.anki2"
        connection: Any = sqlite3.connect(collection)
        try:
            Package(deck).write_to_db(connection.cursor(), now, itertools.count(int(now * 1000)))
            connection.commit()
        finally:
            connection.close()
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
            package.write(collection, "collection.anki2")
            package.writestr("media", "{}")
    return data.getvalue()
