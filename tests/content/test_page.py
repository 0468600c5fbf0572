"""A page becomes blocks, its numbers computed."""

from __future__ import annotations

import time

import pytest

from content.course import blocks
from content.course.markdown import read_page
from content.course.page import Page
from content.course.prose import joined
from content.course.spans import Span, inline, item_spans, plain, width
from content.errors import Fault

PAGE = r"""# A *title*

```opening
What do
you think?
```

```let
n = 60000
b = 64
```

## First {#first}

One epoch has {=ceil(n/b)} updates, **not {=n/b:.1f}**;
see [batch](term:batch) and `n / {=b}`. {#one}

- a `b`
- c

3. three
4. four

> A remark.
>
> And one more.

| left | right | mid |
|:---|--:|:-:|
| 1 | {=2+3} | a \| b |

## Code {#code}

```python train=plain
x = {"a": 1}
```

```worked Try it
k = n / b
---
  k = {=k:.1f}
```

```figure A line
--- {=b}
```

```train plain
Go on.
```

```demo bowl
Play with a [batch](term:batch).
```

```demo slider
```

Literal \{=1} and \*stars\*.
"""


def read(text: str) -> tuple[Page, list[Fault]]:
    return read_page(text, slug="s", language="en", file="s/page.en.md")


def test_every_kind_of_block_is_read() -> None:
    page, faults = read(PAGE)
    assert faults == []
    assert page.title == "A title"
    assert [type(block).__name__ for block in page.blocks] == [
        *("Opening", "Heading", "Paragraph", "Listing", "Listing", "Quote", "Table"),
        *("Heading", "Code", "Worked", "Figure", "Train", "Demo", "Demo", "Paragraph"),
    ]
    opening, _, paragraph, bullets, numbers, quote, table, _, code, worked, figure, train, demo, bare, last = (
        page.blocks
    )
    assert isinstance(opening, blocks.Opening)
    assert plain(opening.spans) == "What do you think?"
    assert isinstance(paragraph, blocks.Paragraph)
    assert paragraph.anchor == "one"
    assert plain(paragraph.spans) == "One epoch has 938 updates, not 937.5; see batch and n / 64."
    assert Span("937.5", strong=True, computed="n/b:.1f") in paragraph.spans
    assert Span("batch", term="batch") in paragraph.spans
    assert Span("n / 64", code=True) in paragraph.spans
    assert isinstance(bullets, blocks.Listing)
    assert [plain(item) for item in bullets.items] == ["a b", "c"]
    assert isinstance(numbers, blocks.Listing)
    assert (numbers.ordered, numbers.start, len(numbers.items)) == (True, 3, 2)
    assert isinstance(quote, blocks.Quote)
    assert [plain(each) for each in quote.paragraphs] == ["A remark.", "And one more."]
    assert isinstance(table, blocks.Table)
    assert table.aligns == ("left", "right", "center")
    assert [[plain(cell) for cell in row] for row in table.rows] == [["1", "5", "a | b"]]
    assert isinstance(code, blocks.Code)
    assert (code.language, code.preset, code.text) == ("python", "plain", 'x = {"a": 1}')
    assert isinstance(worked, blocks.Worked)
    assert (worked.title, worked.lines) == ("Try it", ("  k = 937.5",))
    assert isinstance(figure, blocks.Figure)
    assert (figure.caption, figure.lines) == ("A line", ("--- 64",))
    assert isinstance(train, blocks.Train)
    assert (train.preset, plain(train.spans)) == ("plain", "Go on.")
    assert isinstance(demo, blocks.Demo)
    assert (demo.name, plain(demo.spans)) == ("bowl", "Play with a batch.")
    assert isinstance(bare, blocks.Demo)
    assert (bare.name, bare.spans) == ("slider", ())
    assert isinstance(last, blocks.Paragraph)
    assert plain(last.spans) == "Literal {=1} and *stars*."


def test_blocks_know_their_lines() -> None:
    page, _ = read(PAGE)
    lines = PAGE.split("\n")
    assert lines[page.blocks[1].line - 1].startswith("## First")
    assert lines[page.blocks[2].line - 1].startswith("One epoch")
    assert lines[page.blocks[9].line - 1].startswith("```worked")


def test_a_place_names_the_same_paragraph_whatever_the_words() -> None:
    page, _ = read(PAGE)
    for index in range(len(page.blocks)):
        assert page.find(page.place(index)) == index
    assert page.place(0) == "+0"
    assert page.place(4) == "one+2"


def test_a_place_that_is_gone_leads_near() -> None:
    page, _ = read(PAGE)
    assert page.find("nowhere+3") == 0
    assert page.find("one+99") == 6
    assert page.find("first+0") == 1
    assert page.find("") == 0
    assert page.find("one+x") == 2


def test_stars_of_arithmetic_are_no_marks() -> None:
    assert plain(inline("784*128*10 and 2 * 3 * 4 and f(x)*y*z")) == "784*128*10 and 2 * 3 * 4 and f(x)*y*z"
    assert inline("a *b* **c**") == (
        *(Span("a "), Span("b", em=True)),
        *(Span(" "), Span("c", strong=True)),
    )
    assert inline("汉字**粗**体") == (Span("汉字"), Span("粗", strong=True), Span("体"))


def test_questions_know_code_and_bold_only() -> None:
    text = "`a[0]` **NOT** [x](term:y) *z* {=1} 2**3"
    assert plain(item_spans(text)) == "a[0] NOT [x](term:y) *z* {=1} 2**3"
    assert width("`汉字` **ab**") == 7


def test_lines_of_chinese_are_joined_without_a_space() -> None:
    assert joined(["反向", "传播"]) == "反向传播"
    assert joined(["用", "PyTorch"]) == "用 PyTorch"
    assert joined(["好，", "PyTorch"]) == "好，PyTorch"
    assert joined(["one", "two"]) == "one two"


def test_a_page_of_nothing_but_faults_is_still_a_page() -> None:
    page, faults = read("```worked\n{=1/0} {=nope}\n\n| a |\n# x\n![[[\n")
    assert {fault.code for fault in faults} >= {"page-title", "fence-open", "fence-title", "formula-value"}
    assert len(page.blocks) == 1


def test_foreign_links_are_shown_and_lead_nowhere() -> None:
    page, faults = read("# T\n\n[a](javascript:x) [b](file:///etc) [c](https://example.org/x_(y))\n")
    assert [fault.code for fault in faults] == ["link", "link"]
    assert isinstance(page.blocks[0], blocks.Paragraph)
    assert [span.link for span in page.blocks[0].spans if span.link] == ["https://example.org/x_(y)"]


LONG = 20_000
SLOW = {
    "open tags": "<a b=" * LONG,
    "spaces in a table": "|a|\n" + " " * LONG + "|" + " " * LONG + "x|\n",
    "spaces before no anchor": "a" + " " * LONG + "b",
    "spaces in a fence": "``` a" + " " * LONG + "b\nx\n```\n",
    "fences": "```\n" * LONG,
    "paragraphs": "a\n\n" * LONG,
    "bullets": "- a\n\n" * LONG,
    "stars that do not close": "*a " * LONG,
    "double stars that do not close": "**a " * LONG,
    "double stars that open nothing": "a ** " * LONG,
    "brackets": "[" * LONG,
    "halves of links": "[a](" * LONG,
    "braces": "{=" * LONG,
    "cells": "|" * LONG + "\n" + "|" * LONG + "\n",
}


@pytest.mark.parametrize("name", SLOW)
def test_no_page_takes_long_to_read(name: str) -> None:
    """Twice the text takes twice the time, whatever the text: a page of a stranger cannot stop the program."""
    begun = time.process_time()
    page, faults = read_page("# T\n\n" + SLOW[name], slug="a", language="en", file="a.md")
    assert time.process_time() - begun < 3
    assert page.title == "T"
    assert len(faults) <= 200
