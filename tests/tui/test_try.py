"""The learner asks a model: drawing, typing, waiting, leaving; the answers follow a formula."""

from __future__ import annotations

import re
import time
from pathlib import Path

import msgspec
import pytest
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input

from engine.events import Guess
from engine.runs.asks import Answer, Masked, Neighbour, Note
from tests.clock import Clock
from tests.fake_bert import ScriptedBert, ScriptedPretrain
from tests.fakes import ScriptedRun, scripted_run
from tests.tui.app_on import app_on, shown
from tests.tui.calm import until
from tests.tui.fake_model import FakeModel, asked, eventually, trying
from tui.screens.places import opened
from tui.screens.run import RunScreen
from tui.screens.try_base import TryScreen
from tui.screens.try_digit import TryDigitScreen, View, whole
from tui.widgets.trying.attention_pane import AttentionPane
from tui.widgets.trying.pad import Pad
from tui.words import Words

SMALL, LARGE = (80, 24), (160, 45)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x45"])
async def test_a_digit_is_drawn_with_the_mouse_and_read_at_once(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """Bars, the picture as the network gets it, and why drawings are misread."""
    model = FakeModel(scripted_run(own_home), monkeypatch)
    app = trying(own_home, model.folder)
    async with app.run_test(size=size) as pilot:
        said = await eventually(pilot, app, model, "Draw a digit")
        assert "drawings more often than test digits" in " ".join(said.split())
        pad = app.screen.query_one(Pad)
        assert pad.scale == (1 if size == SMALL else 2)
        await pilot.mouse_down(pad, offset=(10, 5))
        await pilot.hover(pad, offset=(10, 10))
        await pilot.mouse_up(pad, offset=(10, 10))
        await asked(pilot, model, lambda: model.last.pixels == pad.paper.bytes)
        said = await eventually(pilot, app, model, "takes it for")
        assert model.launched == 1
        assert pad.paper.pixels[10 // pad.scale : 16 // pad.scale, 9 // pad.scale].min() > 100
        assert re.search(r"0\.910\s+⣿{8,}", said)
        assert "answered after update 1,250" in said
        assert "what it sees" in said
        assert app.screen.query_one(View).digits[0].pixels[0][0] == 255


@pytest.mark.parametrize("language", ["en", "zh"])
def test_why_drawings_are_misread_ends_with_a_whole_sentence(language: str) -> None:
    """However few rows a small terminal has below the pad while another run is in its strip."""
    why = Words(language)("try.why-digits", examples="8,000")
    found = [whole(why, 76, rows) for rows in range(5)]
    assert found[0] == []
    assert [len(lines) for lines in found[1:]] == [1, 1, 3, 3]
    assert all(lines[-1][-1] in ".。" for lines in found[1:])
    assert "".join("".join(found[-1]).split()) == "".join(why.split())


async def test_a_digit_is_drawn_with_keys(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Space puts the pen down, arrows draw, x erases, u takes back, c takes a fresh sheet."""
    model = FakeModel(scripted_run(own_home), monkeypatch)
    app = trying(own_home, model.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "Draw a digit")
        pad = app.screen.query_one(Pad)
        await pilot.press("up", "left")
        assert pad.paper.empty
        await pilot.press("space", "right", "right", "down", "space")
        first = pad.paper.bytes
        assert pad.paper.pixels[13, 13:16].min() > 200
        await pilot.press("left")
        assert pad.paper.bytes == first
        await eventually(pilot, app, model, "takes it for")
        await pilot.press("x")
        assert pad.paper.pixels[pad.pen.y, pad.pen.x] == 0
        await pilot.press("u")
        assert pad.paper.bytes == first
        await pilot.press("c")
        assert pad.paper.empty
        await pilot.pause()
        assert "takes it for" not in shown(app)
        await pilot.press("u", "backspace")
        assert isinstance(app.screen, TryDigitScreen)
        assert not pad.paper.empty


async def test_the_right_button_and_shift_take_ink_away(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one button draws, the other erases."""
    model = FakeModel(scripted_run(own_home), monkeypatch)
    app = trying(own_home, model.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "Draw a digit")
        pad = app.screen.query_one(Pad)
        for more in ({"button": 3}, {"shift": True}):
            await pilot.mouse_down(pad, offset=(10, 5))
            await pilot.mouse_up(pad, offset=(10, 5))
            assert not pad.paper.empty
            await pilot.mouse_down(pad, offset=(10, 5), **more)
            await pilot.mouse_up(pad, offset=(10, 5))
            assert pad.paper.pixels.max() < 120


async def test_it_says_what_is_loading_and_for_how_long(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody watches an empty frame."""
    model = FakeModel(scripted_run(own_home), monkeypatch)
    app = trying(own_home, model.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, None, "starting a process that answers, ")
        model.says("torch")
        counted = re.search(r"loading PyTorch, (\d+) s", await eventually(pilot, app, None, "loading PyTorch, "))
        assert counted is not None
        await eventually(pilot, app, None, f"loading PyTorch, {int(counted[1]) + 1} s")
        model.says("failed", Note(code="model-unreadable", sentence="x", details={"folder": "/m", "why": "torn"}))
        await eventually(pilot, app, None, "x")
        await pilot.press("f2")
        await eventually(pilot, app, None, "/m 中的模型无法读取：torn")
        assert model.launched == 1


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("crashed", "has saved no model yet"),
        ("starting", "still loading: its model answers as soon as it trains"),
        ("queued", "still loading"),
    ],
)
async def test_where_there_is_no_model_it_is_one_sentence(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, state: str, said: str
) -> None:
    """No process is started for nothing."""
    model = FakeModel(scripted_run(own_home, state=state), monkeypatch, saved=False)
    app = trying(own_home, model.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, None, said)
        assert model.launched == 0


async def test_a_living_run_is_asked_again_while_it_trains(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own worker answers, and the answer moves as it learns."""
    run = ScriptedRun(own_home, clock=Clock(time.time() - 3))
    run.attempt()
    run.plan()
    run.acknowledge("running")
    run.train(250)
    model = FakeModel(run.folder, monkeypatch)
    app = trying(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "RUNNING")
        await pilot.press("space")
        await eventually(pilot, app, model, "answered after update 1,250")
        model.change = lambda answer: msgspec.structs.replace(answer, update=1300)
        await eventually(pilot, app, model, "answered after update 1,300")
        assert model.launched == 0
        run.kill()


async def test_a_text_gets_its_label_as_it_is_typed(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Probabilities, tokens, neighbours; attention by a key."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    app = trying(own_home, model.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "for example: a large cat")
        await pilot.press(*"a cat q?")
        await asked(pilot, model, lambda: model.last.text == "a cat q?")
        said = await eventually(pilot, app, model, "training text 0")
        assert re.search(r"artifact\s+0\.600\s+⣿", said)
        assert "[CLS]" in said
        assert ".90 food" in said
        assert "training text 4" not in said
        await pilot.press("down")
        said = await eventually(pilot, app, model, "training text 4")
        assert "training text 0" not in said
        await pilot.press("up")
        await eventually(pilot, app, model, "training text 0")
        await pilot.press("f6")
        await asked(pilot, model, lambda: model.last.attention)
        said = await eventually(pilot, app, model, "where each token looks   f7 layer 2/2   f8 head 1/2")
        assert "training text" not in said
        await pilot.press("f7", "f8", "f8")
        await eventually(pilot, app, model, "layer 1/2   f8 mean of 2 heads")
        await pilot.press("down")
        await eventually(pilot, app, model, "↑ ↓ token 2/")
        await pilot.press("up", "!")
        await asked(pilot, model, lambda: model.last.text == "a cat q?!")
        await eventually(pilot, app, model, "↑ ↓ token 1/")
        await pilot.press("f6")
        await eventually(pilot, app, model, "training text 0")


async def test_with_room_attention_stands_beside_the_answer(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One look shows all of it."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    app = trying(own_home, model.folder)
    async with app.run_test(size=LARGE) as pilot:
        await eventually(pilot, app, model, "for example")
        await pilot.press(*"a cat")
        await asked(pilot, model, lambda: model.last.text == "a cat" and model.last.attention)
        await eventually(pilot, app, model, "where each token looks")
        said = await eventually(pilot, app, model, "training text 4")
        assert "where each token looks" in said
        assert "f6" not in said.splitlines()[-1]


async def test_hidden_words_are_guessed_and_an_underscore_writes_the_mask(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each [MASK] has its own five words."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = trying(own_home, model.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "a city in northern _")
        await pilot.press(*"in _ and _ .")
        assert app.screen.query_one(Input).value == "in [MASK] and [MASK] ."
        await asked(pilot, model, lambda: model.last.text == "in [MASK] and [MASK] .")
        said = await eventually(pilot, app, model, "italy")
        assert "in [MASK] and ___ ." in said
        assert "in ___ and [MASK] ." in said
        assert re.search(r"\.50 italy\s+⣿", said)


async def test_chinese_and_notes_about_how_it_was_read(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has to be known stands under the field, in the learner's language."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    note = Note(code="ask-unknown-all", sentence="Never seen.")
    model.change = lambda answer: msgspec.structs.replace(answer, notes=[note])
    app = trying(own_home, model.folder, "zh")
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "例如")
        await pilot.press(*"床前明月光")
        await asked(pilot, model, lambda: model.last.text == "床前明月光")
        said = await eventually(pilot, app, model, "每一个都变成了 [UNK]")
        assert "第 1,250 次更新后的回答" in said


async def test_leaving_loses_nothing_and_takes_the_asks_along(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The drawing is there again; the folder of asks is as it was; the process was asked to go."""
    model = FakeModel(scripted_run(own_home), monkeypatch)
    app = app_on(own_home, first=[["run", model.folder.id]])
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "Try it")
        await pilot.press("i")
        await eventually(pilot, app, model, "Draw a digit")
        await pilot.press("space", "right", "right", "space")
        drawn = app.screen.query_one(Pad).paper.bytes
        await eventually(pilot, app, model, "takes it for")
        await pilot.press("escape")
        await eventually(pilot, app, model, "FINISHED")
        assert isinstance(app.screen, RunScreen)
        assert {path.name for path in model.folder.asks.iterdir()} == {"leave"}
        await pilot.press("i")
        await eventually(pilot, app, model, "takes it for")
        assert app.screen.query_one(Pad).paper.bytes == drawn
        assert opened(app.record, app.course.id)[-1] == ["try", model.folder.id]


async def test_what_was_typed_is_there_after_a_dropped_line(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is kept while it is typed, not only when the screen is left."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    app = trying(own_home, model.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "for example")
        await pilot.press(*"a cat")
        await until(pilot, lambda: app.record.setting("try", {}) == {model.folder.id: "a cat"})


async def test_what_strangers_wrote_reaches_no_terminal(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels, pieces and training texts come from files of strangers."""
    evil = "\x1b]52;c;aGFjaw==\x07 [red]\u202ex"
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)

    def poison(answer: Answer) -> Answer:
        near = [Neighbour(evil, evil, 0.9)]
        return msgspec.structs.replace(answer, pieces=[evil] * len(answer.pieces), classes=[evil] * 6, neighbours=near)

    model.change = poison
    app = trying(own_home, model.folder)
    async with app.run_test(size=LARGE) as pilot:
        await eventually(pilot, app, model, "for example")
        await pilot.press(*"a cat")
        said = await eventually(pilot, app, model, "␛]52")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)
        assert "[red]" in said


async def test_guesses_of_strangers_neither(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words of a vocabulary are foreign text too."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    model.change = lambda answer: msgspec.structs.replace(
        answer, masks=[Masked(1, [Guess("\x1b[31m", 0.5)] * 5)] if answer.kind == "fill" else []
    )
    app = trying(own_home, model.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "for example")
        await pilot.press(*"a _")
        said = await eventually(pilot, app, model, "␛[31m")
        assert "\x1b" not in said


async def test_a_run_that_is_deleted_meanwhile_is_a_sentence(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From another terminal, say."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    app = trying(own_home, model.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "for example")
        app.runs.delete(model.folder)
        await pilot.press(*"a cat")
        await eventually(pilot, app, None, "cannot be made")
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, TryScreen)


async def test_a_class_of_many_shows_the_likeliest_first(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty labels have no room; the rest can be scrolled to."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    names = [f"label {number:02}" for number in range(40)]
    shares = [0.5 if number == 33 else 0.01 for number in range(40)]
    model.change = lambda answer: msgspec.structs.replace(answer, classes=names, probabilities=shares)
    app = trying(own_home, model.folder)
    async with app.run_test(size=SMALL) as pilot:
        await eventually(pilot, app, model, "for example")
        await pilot.press(*"a cat")
        said = await eventually(pilot, app, model, "label 33  0.500")
        assert said.index("label 33") < said.index("label 00")
        assert "of 40" in said


@pytest.mark.parametrize("of", [ScriptedRun, ScriptedBert])
async def test_nothing_is_painted_where_nothing_changed(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, of: type[ScriptedRun]
) -> None:
    """The same answer again costs no byte."""
    model = FakeModel(scripted_run(own_home, of=of), monkeypatch)
    app = trying(own_home, model.folder)
    async with app.run_test(size=LARGE) as pilot:
        await eventually(pilot, app, model, "for example" if of is ScriptedBert else "Draw a digit")
        await pilot.press("space", "right", "right") if of is ScriptedRun else await pilot.press(*"a cat")
        await eventually(pilot, app, model, "answered after update")
        screen = app.screen
        assert isinstance(screen, TryScreen)
        await pilot.pause()
        answer, trial = screen.answer, screen.trial
        assert answer is not None
        assert trial is not None
        before = waiting(screen)
        screen.show_answer(answer, {} if of is ScriptedRun else trial.arrays())
        screen._say()
        assert waiting(screen) == before


def waiting(screen: TryScreen) -> dict[Widget, set[Region]]:
    """Return what waits to be painted."""
    return {widget: set(widget._repaint_regions) for widget in screen.walk_children(Widget) if widget.is_on_screen}


async def test_attention_that_does_not_fit_its_text_is_not_shown(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that belongs to another answer, or none at all, is no crash."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    model.change = lambda answer: msgspec.structs.replace(answer, pieces=["a"], ids=[1])
    app = trying(own_home, model.folder)
    async with app.run_test(size=LARGE) as pilot:
        await eventually(pilot, app, model, "for example")
        await pilot.press(*"a cat")
        await eventually(pilot, app, model, "training text 0")
        await asked(pilot, model, lambda: model.last.text == "a cat")
        assert app.screen.query_one(AttentionPane).map.weights is None
