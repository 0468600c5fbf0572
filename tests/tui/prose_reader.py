"""A small page in two languages, the pages of the course, and an app that shows one."""

from __future__ import annotations

from pathlib import Path

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Button

from content.course.markdown import read_page
from content.course.page import Page
from tui.glyphs import ASCII, RICH
from tui.text.span import plain
from tui.theme import DARK, LIGHT
from tui.widgets.block_layout import lay_out
from tui.widgets.block_sheet import Look, Place, Sheet
from tui.widgets.prose import Prose
from tui.words import Words

LIBRARY = Path(__file__).parents[2] / "content" / "library" / "large-models"
SLUGS = ("networks", "backprop", "losses", "optimisers", "mlp")

EN = """# Small page

```opening
What would you guess?
```

## First things {#first}

A [gradient](term:gradient) is a slope, and `loss.backward()` finds *all* of them. See [a paper](https://example.org/x).

```worked Two steps
a = 2
---
a * 3 = {=a*3}
```

> A remark that is **strong**.

| What | Count |
|---|---|
| weights | 100,352 |
| biases | 138 |

## Second things {#second}

- one [batch](term:batch)
- two

```figure A drawing
x ──▶ y
```

FILLER

```python train=raw
def f(x):
    return "# no remark"  # a remark
```

```train article
Watch it learn.
```

## Sources {#sources}

- A book.
"""

ZH = """# 小小一页

```opening
你猜会怎样？
```

## 开头 {#first}

[梯度](term:gradient)就是坡度，`loss.backward()` 一次求出*全部*坡度。参见[论文](https://example.org/x)。

```worked 走两步
a = 2
---
a * 3 = {=a*3}，乘起来
```

> 一句**要紧**的话。

| 项目 | 数目 |
|---|---|
| 权重 | 100,352 |
| 偏置 | 138 |

## 接下来 {#second}

- 一个[批次](term:batch)
- 两个

```figure 一张图
x ──▶ y
```

FILLER

```python train=raw
def f(x):
    return "# no remark"  # 一句说明
```

```train article
看它怎样学。
```

## 资料来源 {#sources}

- 一本书。
"""

FILLERS = {
    "en": "\n\n".join(f"Paragraph {n}: " + "words that go on and on, " * 12 for n in range(8)),
    "zh": "\n\n".join(f"第 {n} 段：" + "把责任一层一层往前分摊，" * 14 for n in range(8)),
}


def page(language: str = "en", text: str = "") -> Page:
    text = text or {"en": EN, "zh": ZH}[language].replace("FILLER", FILLERS[language])
    return read_page(text, slug="small", language=language, file="page.md")[0]


def real(slug: str, language: str) -> Page:
    text = (LIBRARY / slug / f"page.{language}.md").read_text(encoding="utf-8")
    return read_page(text, slug=slug, language=language, file="page.md")[0]


def sheet(shown: Page, width: int = 76, ascii_only: bool = False) -> Sheet:
    return lay_out(shown, width, Look(Words(shown.language), ASCII if ascii_only else RICH, shown.language))


def texts(laid: Sheet) -> list[str]:
    return [plain(row).rstrip() for row in laid.rows]


class Reader(App[None]):
    """Shows a page and remembers what was asked for."""

    BINDINGS = [Binding("enter", "note('enter')"), Binding("c", "note('c')"), Binding("t", "note('t')")]

    def __init__(self, shown: Page | None, place: Place | None = None) -> None:
        super().__init__()
        self.shown, self.begin = shown, place
        self.asked: list[Message] = []
        self.passed: list[str] = []
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        yield Prose(id="page")
        yield Button("other", id="other")

    def on_mount(self) -> None:
        self.prose.page = self.shown
        if self.begin is not None:
            self.prose.restore(self.begin)
        self.prose.focus()

    @property
    def prose(self) -> Prose:
        return self.query_one(Prose)

    def action_note(self, key: str) -> None:
        self.passed.append(key)

    def on_prose_term_chosen(self, message: Prose.TermChosen) -> None:
        self.asked.append(message)

    def on_prose_link_chosen(self, message: Prose.LinkChosen) -> None:
        self.asked.append(message)

    def on_prose_page_chosen(self, message: Prose.PageChosen) -> None:
        self.asked.append(message)

    def on_prose_copy_requested(self, message: Prose.CopyRequested) -> None:
        self.asked.append(message)

    def on_prose_train_requested(self, message: Prose.TrainRequested) -> None:
        self.asked.append(message)

    def on_prose_place_changed(self, message: Prose.PlaceChanged) -> None:
        self.told = message

    def grid(self) -> list[str]:
        """Return what the rows of the page show."""
        prose = self.prose
        return [prose.render_line(y).text.rstrip() for y in range(prose.size.height)]


async def speak(pilot: Pilot[None], app: Reader, language: str) -> None:
    app.prose.words = Words(language)
    app.prose.page = page(language)
    await pilot.pause()
