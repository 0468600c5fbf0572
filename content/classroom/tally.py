"""How often each question was passed and each option chosen, by language, and what an author should look at."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import msgspec

from content.classroom.picks import Offer, Pick, offers, picks
from content.course.any_item import AnyItem
from content.course.course import Course
from content.memory.entry import Entry

LEAST = 30
"""With fewer answers nothing is said about a question: chance alone moves its rates too far."""

APART = 0.10
"""Pass rates of two languages that lie further apart say that the two texts do not ask the same."""

IDLE = 0.05
"""A wrong option that a smaller share chooses tempts nobody."""


class Rate(msgspec.Struct, frozen=True):
    """So many of all."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """In 0..1."""
        return self.count / self.of if self.of else 0.0


class Taken(msgspec.Struct, frozen=True):
    """How often something was chosen.

    Attributes:
        rates: By language.
        idle: A wrong option that next to nobody chooses.
    """

    offer: Offer
    rates: dict[str, Rate]
    idle: bool = False

    @property
    def total(self) -> Rate:
        """Over all languages."""
        return Rate(sum(rate.count for rate in self.rates.values()), sum(rate.of for rate in self.rates.values()))


class Tally(msgspec.Struct, frozen=True):
    """What the answers to one question come to.

    Attributes:
        passed: Answers with full credit, by language.
        gap: How far the pass rates of two languages with enough answers lie apart; None where there are none.
        chance: How likely such a gap is where both languages ask the same; None as above.
    """

    item: AnyItem
    passed: dict[str, Rate]
    taken: tuple[Taken, ...]
    gap: float | None = None
    chance: float | None = None

    @property
    def answers(self) -> int:
        """How many answers there are in all languages."""
        return sum(rate.of for rate in self.passed.values())

    @property
    def apart(self) -> bool:
        """Whether the languages lie too far apart."""
        return self.gap is not None and self.gap > APART + 1e-9


class Tallies(msgspec.Struct, frozen=True):
    """The tallies of a course.

    Attributes:
        questions: Those that were answered, in the course's order.
        outdated: Answers to other revisions, to questions that are gone, and such as fit the question no more.
    """

    questions: tuple[Tally, ...]
    outdated: int


def tallies(answers: Iterable[Entry], course: Course) -> Tallies:
    """Return what the answers say of each question as it is now."""
    by_item: dict[tuple[str, int], list[Entry]] = {}
    for entry in answers:
        by_item.setdefault((entry.item, entry.revision), []).append(entry)
    found, outdated = [], 0
    for section in course.sections:
        keys = {(key.id, key.revision) for key in course.keys(section.slug)}
        if keys & by_item.keys():
            for item in course.items(section.slug):
                given = by_item.pop((item.id, item.revision), [])
                tally = tally_of(item, given)
                outdated += len(given) - tally.answers
                if tally.answers:
                    found.append(tally)
    return Tallies(tuple(found), outdated + sum(map(len, by_item.values())))


def tally_of(item: AnyItem, answers: Iterable[Entry]) -> Tally:
    """Return what the answers to a question come to; those that do not fit it are passed over."""
    rights: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    chosen: dict[Pick, Counter[str]] = {}
    for entry in answers:
        found = picks(item, entry)
        if found is not None:
            counts[entry.language] += 1
            rights[entry.language] += entry.right
            for pick in found:
                chosen.setdefault(pick, Counter())[entry.language] += 1
    passed = {language: Rate(rights[language], counts[language]) for language in sorted(counts)}
    known = {(offer.part, offer.chosen): offer for offer in offers(item)}
    others = {pick: Offer(*pick, right=False) for pick in chosen if pick not in known}
    taken = [_taken(offer, chosen.get(pick, Counter()), counts) for pick, offer in {**known, **others}.items()]
    return Tally(item, passed, tuple(taken), *_gap(passed))


def _taken(offer: Offer, chosen: Counter[str], counts: Counter[str]) -> Taken:
    taken = Taken(offer, {language: Rate(chosen[language], counts[language]) for language in sorted(counts)})
    idle = offer.distracts and taken.total.of >= LEAST and taken.total.share < IDLE
    return msgspec.structs.replace(taken, idle=idle)


def _gap(passed: dict[str, Rate]) -> tuple[float | None, float | None]:
    enough = sorted((rate for rate in passed.values() if rate.of >= LEAST), key=lambda rate: rate.share)
    if len(enough) < 2:
        return None, None
    low, high = enough[0], enough[-1]
    return high.share - low.share, chance(low, high)


def chance(one: Rate, other: Rate) -> float:
    """Return how likely two shares lie at least so far apart where both come from the same one.

    Source: the two-proportion z-test, with the normal distribution for the binomial ones.
    """
    together = (one.count + other.count) / (one.of + other.of)
    spread = math.sqrt(together * (1 - together) * (1 / one.of + 1 / other.of))
    return math.erfc(abs(one.share - other.share) / spread / math.sqrt(2)) if spread else 1.0
