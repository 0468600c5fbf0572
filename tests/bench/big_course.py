"""Writes a large course that passes the linter, the same one every time.

    python -m tests.bench.big_course DIR                        500 pages in two languages, 10,000 questions
    python -m tests.bench.big_course DIR --pages 20 --items 200

Every page is of the usual length; every type of question is there. The phrase of page 123 is `marker(123)`, which
stands on that page and nowhere else; so does `marker(123, 4)` in its question 4.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench.big_words import NOUNS, PARTS, PLACES, SENTENCES

PAGES, ITEMS = 500, 10_000

COURSE = """\
format: 1
id: big
languages: [en, zh]
title: {{en: A big course, zh: 大课程}}
about: {{en: It exists to be measured., zh: 只供测量。}}
sections: [{slugs}]
"""

SECTION = """\
id: "{number}"
slug: {slug}
title: {{en: "{en}", zh: "{zh}"}}
minutes: 4
objectives:
  o{number}: {{en: "Know the {en}", zh: "了解{zh}"}}
slips:
  slip-{number}: {{en: "the {en} learns by itself", zh: "{zh}会自己学习"}}
"""

PAGE = """\
# {title}

```opening
{opening}
```

## {first} {{#first}}

{marker} {paragraphs}

```worked {worked}
n = {n}
---
n * 64   = {{=n*64:,}}
n * 128  = {{=n*128:,}}
```

```figure {figure}
[{n}]--->[64]--->[10]
```

## {second} {{#second}}

{more}

```python
n = {n}
print(n * 64)
```

## {sources} {{#sources}}

- Author (2020). [{title}](https://example.org/{n}).

## {further} {{#go-further}}

{last}
"""

HEADINGS = {
    "en": {"first": "What it does", "second": "What it needs", "sources": "Sources", "further": "Go further"},
    "zh": {"first": "它做什么", "second": "它需要什么", "sources": "来源", "further": "延伸"},
}

Both = tuple[str, str]
"""The same in English and in Chinese."""


def write(root: Path, pages: int = PAGES, items: int = ITEMS, *, seed: int = 0) -> Path:
    """Write the course into `root`, which is made, and return it; the questions are spread evenly over its pages."""
    slugs = [f"s{number:04}" for number in range(pages)]
    (root / "presets").mkdir(parents=True, exist_ok=True)
    (root / "course.yaml").write_text(COURSE.format(slugs=", ".join(slugs)), encoding="utf-8")
    for number, slug in enumerate(slugs):
        dice = random.Random(f"{seed} {number}")
        name = title(number)
        folder = root / slug
        folder.mkdir(exist_ok=True)
        section = SECTION.format(number=number, slug=slug, en=name[0], zh=name[1])
        (folder / "section.yaml").write_text(section, encoding="utf-8")
        for index, language in enumerate(("en", "zh")):
            (folder / f"page.{language}.md").write_text(page(number, index, name[index], seed), encoding="utf-8")
        count = items * (number + 1) // pages - items * number // pages
        questions = [item(number, index, name, dice) for index in range(count)]
        (folder / "items.yaml").write_text(f'section: "{number}"\nitems:\n' + "\n".join(questions), encoding="utf-8")
    return root


def title(number: int) -> Both:
    """Return the title of a section, different for each of up to 10,000."""
    noun, part = NOUNS[number % len(NOUNS)], PARTS[number // len(NOUNS) % len(PARTS)]
    more = number // (len(NOUNS) * len(PARTS))
    tail = f" {more}" if more else ""
    return f"{part[0]} {noun[0]}{tail}", f"{part[1]}{noun[1]}{tail}"


def marker(number: int, index: int | None = None) -> str:
    """Return the phrase that only this page, or only this question, has."""
    return f"zq{number}x" if index is None else f"zq{number}x{index}y"


def page(number: int, language: int, name: str, seed: int) -> str:
    """Return a page in English (0) or Chinese (1)."""
    dice = random.Random(f"{seed} page {number}")  # the same dice for both languages, so that they say the same

    def prose(count: int) -> str:
        said = []
        for _ in range(count):
            sentence, one, other = dice.choice(SENTENCES), dice.choice(NOUNS), dice.choice(PLACES)
            said.append(sentence[language].format(one=one[language], other=other[language]))
        return (" " if language == 0 else "").join(said)

    words = HEADINGS["en" if language == 0 else "zh"]
    return PAGE.format(
        title=name,
        opening=prose(1),
        marker=f"`{marker(number)}`",
        paragraphs=f"\n\n{prose(10)}\n\n{prose(10)}",
        more=f"{prose(9)}\n\n{prose(9)}",
        last=prose(1),
        worked=("Rows", "行数")[language],
        figure=("Its shape", "形状")[language],
        n=10 + number,
        **words,
    )


def item(number: int, index: int, name: Both, dice: random.Random) -> str:
    """Return one question as YAML; its type follows from its index."""
    ask, make = _MAKERS[index % len(_MAKERS)]
    sign = marker(number, index)
    head = f"""\
- id: q{number}-{index}
  type: {make.__name__.strip("_")}
  objective: o{number}
  level: {dice.choice("EMH")}
  cites: s{number:04}#{dice.choice(("first", "second"))}
  ask: {{en: "{sign}: {ask[0].format(name[0])}", zh: "{sign}：{ask[1].format(name[1])}"}}
  hints: [{{en: Look at the page., zh: 看看这一页。}}]
"""
    return head + make(number, dice) + WHY


WHY = "  why: {en: The page says it., zh: 本页说过。}\n"


def _options(right: int, count: int, number: int, dice: random.Random) -> str:
    nouns = dice.sample(NOUNS, count)
    first = dice.sample(range(count), right)
    slipped = next(at for at in range(count) if at not in first)
    rows = []
    for at, noun in enumerate(nouns):
        more = "right: true, " if at in first else f"slip: slip-{number}, " if at == slipped else ""
        text, why = f'{{en: "{noun[0]}", zh: "{noun[1]}"}}', "{en: The page says so., zh: 本页这样说。}"
        rows.append(f"  - {{text: {text}, {more}why: {why}}}\n")
    return "  options:\n" + "".join(rows)


def _choice(number: int, dice: random.Random) -> str:
    return _options(1, dice.choice((3, 4)), number, dice)


def _multiple(number: int, dice: random.Random) -> str:
    return _options(2, 4, number, dice)


def _truth(number: int, dice: random.Random) -> str:
    return f"  answer: {dice.choice(('true', 'false'))}\n" + _options(1, 3, number, dice)


def _number(number: int, dice: random.Random) -> str:
    rows = 10 + number
    return f"""\
  draw: {{b: [2, 64]}}
  answer: {rows} * b
  tolerance: 0
  steps: ["{rows} * {{b}} = {{answer}}"]
  wrong:
  - {{is: {rows} + b, slip: slip-{number}, why: {{en: That is a sum., zh: 这是和。}}}}
  check: [{{b: 7, answer: {rows * 7}}}]
"""


def _order(number: int, dice: random.Random) -> str:
    return """\
  parts: {zero: zero_grad(), loss: loss = criterion(), back: backward(), step: step()}
  rules: [{rule: zero < back < step, why: {en: Each needs the last., zh: 后者需要前者。}}]
"""


def _bug(number: int, dice: random.Random) -> str:
    code = "  code: |\n    loss = criterion()\n    step()\n    backward()\n  bug: step()\n"
    return code + "  line_why: {en: It is too early., zh: 太早了。}\n" + _options(1, 3, number, dice)


def _match(number: int, dice: random.Random) -> str:
    sides: dict[str, str] = {}
    for side, pool in (("left", NOUNS), ("right", PLACES)):
        chosen = dice.sample(pool, 3)
        sides[side] = ", ".join(
            f'{key}: {{en: "{en}", zh: "{zh}"}}' for key, (en, zh) in zip("abc", chosen, strict=True)
        )
    whys = ", ".join(f"{key}: {{en: So says the page., zh: 本页如此说。}}" for key in "abc")
    return f"""\
  left: {{{sides["left"]}}}
  right: {{{sides["right"]}}}
  pairs: {{a: a, b: b, c: c}}
  whys: {{{whys}}}
"""


def _cloze(number: int, dice: random.Random) -> str:
    en, zh = dice.choice(NOUNS)
    why = "{en: The page says so., zh: 本页这样说。}"
    return f'  blanks: {{word: {{accept: {{en: ["{en}"], zh: ["{zh}"]}}, why: {why}}}}}\n'


def _short(number: int, dice: random.Random) -> str:
    return """\
  rubric:
  - {point: {en: What it does, zh: 它做什么}, why: {en: That comes first., zh: 这是第一步。}}
  - {point: {en: What it needs, zh: 它需要什么}, why: {en: Then this., zh: 然后是这个。}}
  model: {en: It does what the page says., zh: 它做本页所说的事。}
"""


_MAKERS: tuple[tuple[Both, Callable[[int, random.Random], str]], ...] = (
    (("what does the {} need?", "{}需要什么？"), _choice),
    (("how many values does the {} hold for {{b}} rows?", "{{b}} 行时，{}有多少个值？"), _number),
    (("the {} keeps what it has read.", "{}会记住读过的东西。"), _truth),
    (("which belong to the {}? Select all that apply.", "哪些属于{}？选出所有正确的。"), _multiple),
    (("put one update of the {} in order.", "排出{}一次更新的顺序。"), _order),
    (("which line of the {} is wrong?", "{}的哪一行有错？"), _bug),
    (("match the parts of the {}.", "为{}的部件配对。"), _match),
    (("the {} needs a [[word]].", "{}需要一个[[word]]。"), _cloze),
    (("what is the {} for?", "{}有什么用？"), _short),
)


def main(words: list[str]) -> int:
    """Write the course that the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--items", type=int, default=ITEMS)
    asked = parser.parse_args(words)
    write(asked.folder, asked.pages, asked.items)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
