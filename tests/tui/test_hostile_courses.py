"""A course of strangers, whatever stands in it, opens as far as it is sound, and is looked through to its end."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from content.errors import ContentError
from tests.content.small_course import build, plant
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled
from tui.app import LearncurveApp
from tui.screens.home import HomeScreen

FILES = (
    *("course.yaml", "glossary.yaml", "presets/plain.toml", "steps/section.yaml", "steps/items.yaml"),
    *("steps/page.en.md", "steps/page.zh.md", "starts/items.yaml", "starts/page.en.md"),
)
SCRAPS = (
    *("[", "]", "{", "}", ":", ",", "#", "- ", "|", ">", "&a", "*a", "!!python/object:os.system", "%", "`", "**", "\\"),
    *("\x1b[2J", "\u202e", "\x00", "\x9b", "\ufeff", "汉字", "\n", "\n\n", "  ", "\t", "null", "true", "~", "1e999"),
    *("-1", "9" * 60, "{=1/0}", "{=9**9**9}", "[a](term:nope)", "[a](#x)", "[a](page:x#y)", "[a](javascript:x)"),
    *(
        "```",
        "```demo nope",
        "```train plain",
        "<script>",
        "![x](y)",
        "[[sum]]",
        "{n:.9f}",
        "{answer",
        "# T",
        "## H {#a}",
    ),
)

Change = Callable[[Path], object]


def written(file: str, text: str) -> Change:
    """Put a text in place of a file."""
    return lambda root: (root / file).write_text(text, encoding="utf-8", errors="surrogatepass")


def cut(file: str) -> Change:
    """Cut a file off in its middle."""
    return lambda root: os.truncate(root / file, (root / file).stat().st_size // 2)


def linked(file: str, target: str) -> Change:
    """Put a link in place of a file."""

    def change(root: Path) -> None:
        (root / file).unlink()
        (root / file).symlink_to(target)

    return change


def piped(root: Path) -> None:
    (root / "steps" / "items.yaml").unlink()
    os.mkfifo(root / "steps" / "items.yaml")


def planted(file: str, old: str, new: str) -> Change:
    return lambda root: plant(root, file, old, new)


NUMBER = """\
section: "1.1"
items:
- {{id: a, type: number, objective: 11a, level: E, cites: steps#loop, revision: {big}, ask: "{{n}}?", hints: [a],
   draw: {{n: [1, {big}]}}, tolerance: {big}, answer: {answer}, steps: ["{{answer}}"], why: b, check: []}}
"""
ROWS = "- {id: a, type: choice, objective: 11a, level: E, cites: steps#loop, ask: a, hints: [a], options: ["

HOSTILE: dict[str, Change] = {
    "empty files": lambda root: [(root / file).write_text("") for file in FILES[1:]],
    "cut questions": cut("steps/items.yaml"),
    "cut page": cut("steps/page.en.md"),
    "cut glossary": cut("glossary.yaml"),
    "laughs": written("glossary.yaml", "a: &a [x]\nb: &b [*a, *a]\nterms: [*b, *b]\n"),
    "objects": written("steps/items.yaml", "!!python/object/apply:os.system [touch executed-by-a-course]"),
    "deep yaml": written("steps/items.yaml", "items: " + "[" * 50_000),
    "deep toml": written("presets/plain.toml", "a = " + "[" * 50_000),
    "deep quotes": written("steps/page.en.md", "# T\n\n" + ">" * 50_000 + " a\n\n" + "*" * 50_001 + "a"),
    "long line": written("steps/page.en.md", "# T\n\n" + "word " * 100_000),
    "long word": written(
        "steps/page.en.md", "# " + "T" * 50_000 + "\n\n## " + "汉" * 50_000 + " {#a}\n\n" + "x" * 50_000
    ),
    "wide table": written(
        "steps/page.en.md", "# T\n\n" + "| a " * 500 + "|\n" + "|---" * 500 + "|\n" + "| b " * 500 + "|\n"
    ),
    "wide drawing": written("steps/page.en.md", "# T\n\n```figure a\n" + "─" * 20_000 + "\n```\n"),
    "huge numbers": written("steps/items.yaml", NUMBER.format(big="9" * 250, answer="n ** n")),
    "largest numbers": written("steps/items.yaml", NUMBER.format(big="9" * 299, answer="n")),
    "many options": written(
        "steps/items.yaml", f'section: "1.1"\nitems:\n{ROWS}' + "{text: x, right: true, why: b}, " * 400 + "]}"
    ),
    "no languages": planted("course.yaml", "[en, zh]", "[]"),
    "other languages": planted("course.yaml", "[en, zh]", "[fr]"),
    "no sections": planted("course.yaml", "[steps, starts]", "[]"),
    "absent sections": planted("course.yaml", "[steps, starts]", "[nowhere, steps]"),
    "empty titles": planted("steps/section.yaml", "{en: Steps, zh: 步}", '{en: "", zh: " "}'),
    "wrong types": planted("steps/section.yaml", "objectives:", "objectives: 3\nx:"),
    "recall of nothing": planted("steps/section.yaml", "minutes: 3", "minutes: 3\nrecall: nothing"),
    "link outside": linked("steps/page.en.md", "/etc/passwd"),
    "link to itself": linked("steps/page.en.md", "page.en.md"),
    "link to a device": linked("steps/items.yaml", "/dev/zero"),
    "pipe": piped,
    "binary": lambda root: (root / "steps" / "page.en.md").write_bytes(bytes(range(256)) * 40),
    "steering": planted("steps/section.yaml", "en: Steps", 'en: "\\e]0;x\\a\\e[2J [red]Steps[/] [@click=app.quit]x"'),
    "dates": planted("presets/plain.toml", "lr = 0.01", "lr = 2020-01-01\nx = nan"),
    "percent": planted("steps/items.yaml", "Order one update.", "Order {x!r} %s {0} {} update."),
}


def shuffled(seed: int) -> Change:
    """Change some places of some files at random."""

    def change(root: Path) -> None:
        dice = random.Random(seed)
        for _ in range(dice.randint(1, 6)):
            path = root / dice.choice(FILES)
            text = path.read_text(encoding="utf-8", errors="surrogatepass")
            at = dice.randrange(len(text) + 1)
            text = (
                text[:at]
                + "".join(dice.choices(SCRAPS, k=dice.randint(0, 3)))
                + text[at + dice.choice((0, 0, 1, 9, 60)) :]
            )
            path.write_text(text, encoding="utf-8", errors="surrogatepass")

    return change


async def looked_through(pilot: Pilot[str], app: LearncurveApp) -> None:
    """Open everything that the course offers, and come back."""
    slugs = app.course.slugs or ("steps",)
    places = [["page", slug, ""] for slug in slugs] + [["question", slug] for slug in slugs]
    for place in [*places, ["glossary"], ["faults"]]:
        app.open(place)
        await settled(pilot)
        keys = ("tab", "enter", "escape", "end") if place[0] == "page" else ("a", "down", "3", "h")
        for key in keys if place[0] in ("page", "question") else ("down",):
            await pilot.press(key)
        await settled(pilot)
        harmless(shown(app))
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        await settled(pilot)
    await pilot.press("f2")
    await settled(pilot)
    assert isinstance(app.screen, HomeScreen)
    assert app.record.writable


def harmless(text: str) -> None:
    assert not [sign for sign in text if sign != "\n" and (ord(sign) < 32 or sign in "\x7f\x9b\u202e")]


async def opened(home: Path, root: Path, spoil: Callable[[LearncurveApp], None] | None = None) -> None:
    """Open a course and look it through; one that cannot be opened at all says why."""
    refusal: ContentError | None = None
    try:
        app = app_on(home, course=root)
    except ContentError as problem:
        refusal = problem
    if refusal is not None:
        assert refusal.fault.file == "course.yaml"
        harmless(str(refusal))
        return
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        if spoil is not None:
            spoil(app)
        await looked_through(pilot, app)


TOGETHER = (
    ("empty files",),
    ("cut questions", "cut page", "cut glossary", "deep toml", "no languages"),
    ("laughs", "objects", "deep quotes", "dates", "steering"),
    ("deep yaml", "long line", "other languages"),
    ("huge numbers", "long word", "empty titles"),
    ("largest numbers", "wide table"),
    ("many options", "wide drawing", "recall of nothing"),
    ("no sections",),
    ("absent sections", "wrong types", "link outside", "pipe"),
    ("link to itself", "link to a device"),
    ("binary", "percent"),
)
"""Faults that do not hide each other; each start of the app costs a second."""


@pytest.mark.parametrize("names", TOGETHER, ids=lambda names: names[0])
async def test_a_hostile_course_is_looked_through(names: tuple[str, ...], own_home: Path, tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    for name in names:
        HOSTILE[name](root)
    await opened(own_home, root)
    assert not Path("executed-by-a-course").exists()


def test_every_hostile_change_is_made_once() -> None:
    assert sorted(name for names in TOGETHER for name in names) == sorted(HOSTILE)


def spoiled(app: LearncurveApp) -> None:
    app.course.page = lambda *_: 1 / 0  # type: ignore[method-assign,assignment]


async def test_a_fault_of_the_program_itself_would_be_seen(own_home: Path, tmp_path: Path) -> None:
    """Else these tests could not fail."""
    with pytest.raises(ZeroDivisionError):
        await opened(own_home, build(tmp_path / "course"), spoiled)


@pytest.mark.parametrize("seed", range(8))
async def test_a_course_changed_at_random_is_looked_through(seed: int, own_home: Path, tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    shuffled(seed)(root)
    await opened(own_home, root)
