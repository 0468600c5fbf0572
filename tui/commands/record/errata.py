"""`learncurve record errata`: the questions that were flagged, as a list that an author can work through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from content.classroom.pool import Pool, pool
from content.classroom.tally import Tally, tally_of
from content.course.any_item import AnyItem
from content.course.course import Course
from content.course.visible import visible
from content.exports.whole import write_whole
from content.memory.keepsakes import Flag
from content.memory.parcel import Parcel
from content.memory.unclear import of_record
from content.quiz.posed import drawn_ask
from tui.commands.asked import Asked, say_json
from tui.commands.record.export import STANDARD
from tui.commands.record.opening import absolute, course_of, read_parcel, record_of
from tui.commands.record.report import chosen
from tui.words import Words

SIGNS = str.maketrans({"|": "\\|", "<": "&lt;", "\n": " "})
"""What would end a cell of a table, or begin HTML."""


def run(asked: Asked) -> int:
    """Write the list of one's own flags, or of those in the files that are named."""
    given, course, words = asked.given, course_of(asked), asked.words
    pooled = pool(_parcels(asked), course.id)
    flagged = [Flagged(flag, course, pooled) for flag in pooled.flags]
    if asked.json:
        say_json({"version": 1, "course": course.id, "flags": [each.plain() for each in flagged]})
        return 0
    text = "\n".join(_document(flagged, course, words)) + "\n"
    if given.to in ("", STANDARD):
        print(text, end="")
    else:
        write_whole(absolute(given.to), [text.encode("utf-8", "replace")])
        print(words("record.errata-written", file=absolute(given.to), flags=len(flagged)))
    return 0


def _parcels(asked: Asked) -> Sequence[Parcel]:
    if asked.given.files:
        return [read_parcel(asked, name) for name in asked.given.files]
    with record_of(asked) as record:
        entries, unclear = record.read_log()
        if unclear:
            asked.warn(of_record(record.store.name, unclear))
        return [Parcel(entries, record.all_flags())]


class Flagged:
    """A flag with what the course and the answers say of its question.

    Attributes:
        item: None where the course has it no more.
        tally: Of the answers to the revision that the course has now.
    """

    def __init__(self, flag: Flag, course: Course, pooled: Pool) -> None:
        self.flag = flag
        self.course = course
        self.item: AnyItem | None = course.item(flag.item)
        self.place = ""
        self.tally: Tally | None = None
        if self.item is not None:
            section = course.section(self.item.section)
            self.place = f"{section.slug if section else '?'}/items.yaml:{self.item.line}"
            of = (self.item.id, self.item.revision)
            self.tally = tally_of(self.item, [each for each in pooled.answers if (each.item, each.revision) == of])

    def plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        flag, item = self.flag, self.item
        return {
            "item": flag.item,
            "place": self.place or None,
            "revision": flag.revision,
            "revision_now": item.revision if item else None,
            "language": flag.language,
            "time": flag.time,
            "note": flag.note,
            "ask": drawn_ask(item, flag.language) if item else None,
            "answers": self.tally.answers if self.tally else 0,
            "chosen": [
                {
                    "part": taken.offer.part,
                    "chosen": taken.offer.chosen,
                    "text": taken.offer.text.say(flag.language),
                    "right": taken.offer.right,
                    "count": taken.total.count,
                }
                for taken in (self.tally.taken if self.tally else ())
            ],
        }

    def lines(self, words: Words) -> Iterator[str]:
        """Yield its part of the list."""
        flag, item, colon = self.flag, self.item, words("record.colon")
        yield f"## {_cell(flag.item)}"
        yield ""
        where = f"`{self.place}`" if item else words("record.errata-gone")
        yield f"- {words('record.errata-where')}{colon}{where}"
        revision = str(flag.revision)
        if item and item.revision != flag.revision:
            revision += f" ({words('record.errata-now', revision=item.revision)})"
        yield f"- {words('record.errata-revision')}{colon}{revision}"
        yield f"- {words('record.errata-language')}{colon}{_cell(flag.language) or '-'}"
        yield f"- {words('record.errata-time')}{colon}{flag.time[:16].replace('T', ' ')} UTC"
        yield f"- {words('record.errata-note')}{colon}{_cell(flag.note) or '-'}"
        if item and self.tally:
            yield ""
            ask = visible(drawn_ask(item, flag.language)).replace("<", "&lt;")
            yield from (f"> {line}" for line in ask.split("\n"))
            yield ""
            yield from self._table(self.tally, words)
        yield ""

    def _table(self, tally: Tally, words: Words) -> Iterator[str]:
        languages = list(tally.passed)
        heads = [words("record.errata-chosen"), *(map(_cell, languages) if len(languages) > 1 else ())]
        yield f"| | {words('record.errata-what')} | {' | '.join(heads)} |"
        yield f"|---|---|{'--:|' * len(heads)}"
        for taken in tally.taken:
            counts = [taken.total, *(taken.rates[language] for language in languages if len(languages) > 1)]
            mark = "✓" if taken.offer.right else ""
            text = _cell(chosen(taken.offer, self.course, words, self.flag.language))
            yield f"| {mark} | {text} | {' | '.join(f'{rate.count}/{rate.of}' for rate in counts)} |"


def _document(flagged: list[Flagged], course: Course, words: Words) -> Iterator[str]:
    title = _cell(course.title.say(words.language))
    yield f"# {words('record.errata-title', course=title, id=course.id)}"
    yield ""
    yield words("record.errata-count", flags=len(flagged)) if flagged else words("record.errata-none")
    yield ""
    for each in flagged:
        yield from each.lines(words)


def _cell(text: str) -> str:
    return visible(text).translate(SIGNS).strip()
