"""What the palette shows of what was found: names of places and actions, and the course's own text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from content.course.course import Course
from content.course.visible import visible
from content.search.corpus import MOST, NAMES, Hit
from content.search.folding import words
from content.search.pinyin import Spellings, spellable
from content.search.ranking import WORD, rank, rank_spelled, where
from content.search.shelf import lines
from content.search.snippet import snippet

SNIPPET = 64
"""Cells that a text may take before what comes before the hit is cut off."""


COURSE = ("page", "questions")
"""Kinds of entries that are of the course: they stand with what was found in it."""


class Entry(msgspec.Struct, frozen=True):
    """Something of the program's own that can be found: where it leads, its name, other names of it."""

    place: tuple[str, ...]
    kind: str
    """A key of the palette's words: page, questions, run, demo, action."""
    name: str
    also: str = ""


class Found(msgspec.Struct, frozen=True):
    """A row of the palette.

    Attributes:
        wanted: The folded words that stand out in it.
        where: The number of a section, "" for none.
        told: What else is shown of it, "" for nothing.
    """

    place: tuple[str, ...]
    kind: str
    name: str
    wanted: tuple[str, ...] = ()
    where: str = ""
    told: str = ""


def shown(entry: Entry, wanted: Sequence[str] = ()) -> Found:
    """Return an entry as a row."""
    fits = all(where(entry.name, [word]) for word in wanted)
    name = entry.name if fits or not entry.also else f"{entry.name} ({entry.also})"
    return Found(entry.place, entry.kind, name, tuple(wanted))


class Own:
    """The program's own entries, prepared to be looked for at every keystroke."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        named = [(entry, name) for entry in self.entries for name in (entry.name, entry.also) if name]
        self._named = [entry for entry, _ in named]
        self._folded = lines([name for _, name in named])
        self._spelled = Spellings(name for _, name in named)

    def fitting(self, wanted: Sequence[str]) -> list[tuple[int, Entry]]:
        """Return the entries whose names fit, with how well they do, the best first."""
        if not wanted:
            return []
        rarest = min(wanted, key=self._folded.frequency)
        ranks = [(rank(self._folded.line(at), wanted), at) for at in self._folded.having(rarest)]
        spelled = {at for word in wanted if spellable(word) for at in self._spelled.having(word)}
        ranks += [(rank_spelled(self._spelled.names[at], wanted), at) for at in spelled]
        fits = sorted((best, at) for best, at in ranks if best is not None)
        once: dict[tuple[str, ...], tuple[int, Entry]] = {}
        for best, at in fits:
            once.setdefault(self._named[at].place, (best, self._named[at]))
        return list(once.values())[:MOST]


def rows(course: Course, own: Own, hits: Sequence[Hit], wanted: str, language: str) -> list[Found]:
    """Return everything that fits a query: a place that is called so, then names in the course, then the rest.

    Each place is shown once, where it fits best.
    """
    looked_for = words(wanted)
    fitting = own.fitting(looked_for)
    near = [shown(entry, looked_for) for rank, entry in fitting if rank <= WORD and entry.kind not in COURSE]
    rest = [shown(entry, looked_for) for rank, entry in fitting if rank > WORD or entry.kind in COURSE]
    names = [of_course(course, hit, language) for hit in hits if hit.scrap.kind in NAMES]
    texts = [of_course(course, hit, language) for hit in hits if hit.scrap.kind not in NAMES]
    once: dict[tuple[str, ...], Found] = {}
    for row in (*near, *names, *rest, *texts):
        once.setdefault(row.place, row)
    return list(once.values())[:MOST]


def of_course(course: Course, hit: Hit, language: str) -> Found:
    """Return what was found in the course as a row."""
    scrap, looked_for = hit.scrap, hit.wanted
    section = course.section(scrap.place[1]) if scrap.place[0] != "glossary" else None
    number = section.id if section is not None else ""
    match scrap.kind:
        case "page":
            title = f"{number} {section.title.say(language)}" if section is not None else scrap.text
            found = Found(scrap.place, "page", _with(title, scrap.text, looked_for), looked_for)
        case "term" | "said":
            found = _term(course, hit, language)
        case "heading":
            found = Found(scrap.place, "text", scrap.text, looked_for, number)
        case "question":
            found = Found(scrap.place, "question", scrap.text, looked_for, number)
        case "text" | "part":
            kind = "text" if scrap.kind == "text" else "question"
            told = snippet(scrap.text, looked_for, SNIPPET)
            found = Found(scrap.place, kind, scrap.context, looked_for, number, told)
    return msgspec.structs.replace(found, name=visible(found.name), told=visible(found.told))


def course_entries(course: Course, language: str) -> Iterator[Entry]:
    """Yield the pages of the course and their questions, known before anything of it is read."""
    for section in course.sections:
        title = f"{section.id} {section.title.say(language)}"
        others = (name for other, name in section.title.all() if other != language)
        yield Entry(("page", section.slug), "page", title, " / ".join(others))
    for section in course.sections:
        yield Entry(("question", section.slug), "questions", f"{section.id} {section.title.say(language)}")


def _term(course: Course, hit: Hit, language: str) -> Found:
    """Return a term: its names in both languages, and what it means, in the language in which that was found."""
    scrap = hit.scrap
    term = course.terms.get(scrap.place[1])
    if term is None:
        return Found(scrap.place, "term", scrap.text, hit.wanted)
    languages = dict.fromkeys((language, *course.languages))
    name = _with(" / ".join(dict.fromkeys(term.term.say(each) for each in languages)), scrap.text, hit.wanted)
    if scrap.kind == "term":
        return Found(scrap.place, "term", name, hit.wanted)
    said = snippet(scrap.text, hit.wanted, SNIPPET)
    plain = " / ".join(dict.fromkeys(term.term.say(each) for each in languages))
    return Found(scrap.place, "term", plain, hit.wanted, told=said)


def _with(name: str, found: str, wanted: Sequence[str]) -> str:
    """Return a name, with the other one behind it by which it was found."""
    return name if all(where(name, [word]) for word in wanted) else f"{name} ({found})"
