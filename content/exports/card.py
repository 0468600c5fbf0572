"""A question as a card of two sides in HTML: all its options in front, its key and every why at the back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.cloze import Blank, BlankWrong, Cloze
from content.course.formula import FormulaError
from content.course.match import Match
from content.course.number import NumberItem, Wrong
from content.course.numerals import show
from content.course.option import Option
from content.course.order import Order
from content.course.short import Short
from content.course.text import Text
from content.exports.markup import block, listed, listing, plain, rich
from content.quiz.posed import Posed

Say = Callable[[str], str]
"""Gives the few words that are a card's own, such as "true", in the card's language."""

RIGHT, WRONG = "✓", "✗"
GAP = "____"


class Card(msgspec.Struct, frozen=True):
    """A card's sides.

    Attributes:
        hints: What may be looked at before the answer.
        why: The explanation of the whole; parts have theirs in the answer.
    """

    question: str
    hints: str
    answer: str
    why: str


def card(posed: Posed, language: str, say: Say) -> Card:
    """Return the card of a question as it is put; of a number, with these numbers."""
    return _Sides(posed, language, say).card()


class _Sides:
    def __init__(self, posed: Posed, language: str, say: Say) -> None:
        self.posed = posed
        self.language = language
        self.say = say

    def card(self) -> Card:
        item = self.posed.item
        hints = [self.rich(hint) for hint in item.hints]
        return Card(
            question=block(self.ask(), "ask") + self.front(),
            hints=listed(hints, "ol") if len(hints) > 1 else "".join(hints),
            answer=self.back(),
            why=self.rich(item.why),
        )

    def rich(self, text: Text) -> str:
        return rich(self.posed.say(text, self.language))

    def why(self, text: Text) -> str:
        return block(self.rich(text), "why")

    def own(self, key: str) -> str:
        return block(plain(self.say(key)), "own")

    def ask(self) -> str:
        return "".join(rich(words) + (GAP if blank else "") for words, blank in self.posed.pieces(self.language))

    # -- in front

    def front(self) -> str:
        match self.posed.item:
            case Choice(options=options):
                return self.options(options)
            case Multiple(options=options):
                said = plain(self.say("several")) in self.ask()  # many an author does so
                return ("" if said else self.own("several")) + self.options(options)
            case Truth(options=options):
                return self.own("true-or-false") + self.options(options)
            case Bug(code=code, options=options):
                return listing(code) + self.own("line-and-cure") + self.options(options)
            case Order(parts=parts):
                return self.own("order") + listed(self.rich(parts[name]) for name in self.posed.shown)
            case Match(left=left, right=right):
                names = listed(self.rich(right[name]) for name in self.posed.shown)
                return listed(map(self.rich, left.values()), "ol") + self.own("partners") + names
            case NumberItem(unit=unit) if unit:
                return block(f"{GAP} {self.rich(unit)}", "own")
        return ""

    def options(self, options: tuple[Option, ...]) -> str:
        return listed((self.rich(option.text) for option in self.shown(options)), "abc")

    def shown(self, options: tuple[Option, ...]) -> Iterable[Option]:
        by_id = {option.id: option for option in options}
        return (by_id[name] for name in self.posed.shown)

    # -- at the back

    def back(self) -> str:
        match self.posed.item:
            case Choice(options=options) | Multiple(options=options):
                return self.judged(options)
            case Truth(options=options, answer=answer):
                return block(f"<b>{plain(self.say('true' if answer else 'false'))}</b>") + self.judged(options)
            case Bug() as item:
                return self.bug(item)
            case NumberItem() as item:
                return self.number(item)
            case Order() as item:
                return self.order(item)
            case Match() as item:
                return self.match(item)
            case Cloze() as item:
                return self.cloze(item)
            case Short(model=model, rubric=rubric):
                points = listed(self.rich(point.point) + self.why(point.why) for point in rubric)
                return block(self.rich(model)) + self.own("rubric") + points
        raise TypeError(f"no card for a question of type {self.posed.item.kind}")

    def judged(self, options: tuple[Option, ...]) -> str:
        rows = [(RIGHT if option.right else WRONG, self.rich(option.text), option) for option in self.shown(options)]
        return listed(
            (
                f"{mark} {f'<b>{text}</b>' if option.right else text}{self.why(option.why)}"
                for mark, text, option in rows
            ),
            "abc",
        )

    def bug(self, item: Bug) -> str:
        numbers = [at for at, line in enumerate(item.lines(), 1) if line.strip() == item.bug]
        line = f"<b>{', '.join(map(str, numbers))}</b>  <code>{plain(item.bug)}</code>"
        return block(line) + self.why(item.line_why) + self.judged(item.options)

    def number(self, item: NumberItem) -> str:
        value = self.posed.values["answer"]
        allowed = max(item.absolute, item.relative * abs(value))
        tolerance = f" ± {plain(show(allowed))}" if allowed else ""
        answer = f"<b>{plain(show(value))}</b> {self.rich(item.unit)}{tolerance}"
        steps = listed((rich(step) for step in self.posed.steps(self.language)), "ol")
        return block(answer) + steps + self.mistaken(map(self.wrong, item.wrongs))

    def wrong(self, wrong: Wrong) -> str:
        try:
            value = plain(show(wrong.formula.compute(self.posed.values)))
        except FormulaError:
            value = plain(wrong.formula.source)  # with these numbers the mistake leads to no number
        return f"{WRONG} {value}{self.why(wrong.why)}"

    def mistaken(self, rows: Iterable[str]) -> str:
        found = listed(rows)
        return self.own("mistakes") + found if found else ""

    def order(self, item: Order) -> str:
        arrow = " &rarr; "
        rules = (
            arrow.join(self.rich(item.parts[part]) for part in rule.chain) + self.why(rule.why) for rule in item.rules
        )
        return (
            listed((self.rich(item.parts[part]) for part in in_order(item)), "ol") + self.own("rules") + listed(rules)
        )

    def match(self, item: Match) -> str:
        pairs = ((name, text, item.pairs.get(name, "")) for name, text in item.left.items())
        rows = (
            f"{self.rich(text)} &rarr; <b>{self.rich(item.right[partner])}</b>{self.why(item.whys.get(name, Text()))}"
            for name, text, partner in pairs
            if partner in item.right
        )
        over = [self.rich(text) for name, text in item.right.items() if name not in item.pairs.values()]
        return listed(rows, "ol") + (self.own("left-over") + listed(over) if over else "")

    def cloze(self, item: Cloze) -> str:
        pieces = self.posed.pieces(self.language)
        whole = "".join(
            rich(words) + (f"<b>{plain(item.blanks[blank].example(self.language))}</b>" if blank else "")
            for words, blank in pieces
        )
        return block(whole) + listed(map(self.blank, item.blanks.values()), "ol")

    def blank(self, blank: Blank) -> str:
        forms = blank.accept.get(self.language) or blank.accept.get("") or (blank.example(self.language),)
        return f"<b>{plain(' / '.join(forms))}</b>{self.why(blank.why)}" + self.mistaken(map(self.misled, blank.wrongs))

    def misled(self, wrong: BlankWrong) -> str:
        forms = wrong.forms.get(self.language) or wrong.forms.get("") or next(iter(wrong.forms.values()), ())
        return f"{WRONG} {plain(' / '.join(forms))}{self.why(wrong.why)}"


def in_order(item: Order) -> tuple[str, ...]:
    """Return an order that obeys the rules, as near to the author's own as they allow."""
    before = {part: {a for rule in item.rules for a, b in rule.pairs() if b == part} for part in item.parts}
    placed: list[str] = []
    while len(placed) < len(item.parts):
        left = [part for part in item.parts if part not in placed]
        placed.append(next((part for part in left if before[part] <= set(placed)), left[0]))
    return tuple(placed)
