"""The panels of a BERT: what is shown of a run that follows a script, and which keys lead where."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from engine.events import Guess, Probe, Probed
from engine.recipes.schedule import rate_at
from engine.runs.folder import RunFolder
from engine.runs.own_probes import own_probes
from tests.clock import Clock
from tests.fake_bert import ScriptedBert, ScriptedPretrain
from tests.fakes import scripted_run
from tests.tui.app_on import app_on, shown
from tui.app import LearncurveApp
from tui.screens.own_sentence import OwnSentenceScreen, normal
from tui.screens.run import RunScreen
from tui.widgets.attention import AttentionMap
from tui.widgets.run.attention import AttentionPanel
from tui.widgets.run.curves import CurvesPanel
from tui.widgets.run.kinds import PANELS, name
from tui.widgets.run.lines import Lines
from tui.widgets.run.map import MapPanel
from tui.widgets.run.view import RunView

SMALL, MIDDLE, LARGE = (80, 24), (120, 40), (160, 45)
LEAST_CURVES = 45


def living(home: Path, of: type[ScriptedBert] = ScriptedBert, done: int = 150, **script: Any) -> ScriptedBert:
    """Return a run that trains, at its `done`-th update, with a heartbeat of now."""
    run = of(home, clock=Clock(time.time() - done / 20), **script)
    run.attempt()
    run.plan()
    run.acknowledge("running")
    run.train(done)
    return run


def watching(home: Path, folder: RunFolder, **more: Any) -> LearncurveApp:
    """Return the app with the run's screen over home."""
    return app_on(home, first=[["run", folder.id]], **more)


async def told(pilot: Pilot[str], app: LearncurveApp) -> str:
    """Return what the screen says once everything that the run wrote has been read and drawn."""
    await pilot.pause()
    app.poll_runs()
    for view in app.screen.query(RunView):
        view.tell()
    await pilot.pause()
    await pilot.pause()
    return shown(app)


def view_of(app: LearncurveApp) -> RunView:
    assert isinstance(app.screen, RunScreen)
    return app.screen.view


BERT = [
    ("1", "cross-entropy loss", "macro F1"),
    ("2", "its answers after update 150", "is: animal"),
    ("3", "validation texts after epoch 2", "read as"),
    ("4", "text 1/6, after epoch 2", "looks most at"),
    ("5", "6 texts as one batch", "##ed"),
    ("6", "where it puts the validation texts", "neighbours alike"),
    ("7", "engine/worker/", "weight_decay"),
    ("8", "console.log", "worker says hello"),
]
PRETRAIN = [
    ("1", "even guess 8.29", "plateau 6.25"),
    ("2", "its guesses after update 150", "the 0.070"),
    ("3", "text 1/6, before training", "looks most at"),
    ("4", "6 texts as one batch", "[MASK]"),
    ("5", "engine/worker/", "evaluate_every"),
    ("6", "console.log", "worker says hello"),
]


@pytest.mark.parametrize(
    ("kind", "key", "drawn", "text"),
    [("bert", *panel) for panel in BERT] + [("pretrain", *panel) for panel in PRETRAIN],
    ids=[f"{kind}-{panel[0]}" for kind, panels in (("bert", BERT), ("pretrain", PRETRAIN)) for panel in panels],
)
async def test_each_panel_has_a_picture_and_its_text(
    own_home: Path, kind: str, key: str, drawn: str, text: str
) -> None:
    """`T` gives plain rows; `T` again the picture."""
    run = living(own_home, {"bert": ScriptedBert, "pretrain": ScriptedPretrain}[kind])
    run.folder.console_file.write_text("worker says hello\n")
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        if key != "1":
            await pilot.press(key)
        assert drawn in await told(pilot, app)
        await pilot.press("T")
        plain = await told(pilot, app)
        assert text in plain
        assert not re.search("[\u2800-\u28ff▀]", "\n".join(plain.splitlines()[2:-4]))
        await pilot.press("T")
        assert drawn in await told(pilot, app)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("of", [ScriptedBert, ScriptedPretrain], ids=["bert", "pretrain"])
async def test_the_names_of_all_panels_fit_eighty_columns(
    own_home: Path, language: str, of: type[ScriptedBert]
) -> None:
    """Whichever is chosen; the digit before each of them is its key."""
    run = living(own_home, of)
    app = watching(own_home, run.folder)
    async with app_on(own_home, language=language, first=[["run", run.folder.id]]).run_test(size=SMALL) as pilot:
        app = pilot.app  # type: ignore[assignment]
        count = len(PANELS[run.folder.recipe().kind])
        for number in range(1, count + 1):
            if number > 1:
                await pilot.press(str(number))
            await told(pilot, app)
            line = app.screen.query_one("#run-tabs", Lines).lines[0].plain
            names = re.findall(r"(\d) ([^\d\[\]]*[^\d\[\] ])", line)
            wanted = [name(panel) for panel in PANELS[run.folder.recipe().kind]]
            labels = [app.words(f"run.panel-{panel}") for panel in wanted]
            assert [label for _, label in names[:count]][: count - 1] == labels[: count - 1]
            assert labels[-1] in line
            assert f"[{number} " in line
        assert f"1-{count}" in shown(app).splitlines()[-1] or "Try it" in shown(app) or "试" in shown(app)


async def test_bars_and_guesses_follow_the_stream(own_home: Path) -> None:
    """What the model makes of a sentence changes as it learns."""
    run = living(own_home, done=15)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("2")
        before = await told(pilot, app)
        assert "after update 15" in before
        run.train(285)
        after = await told(pilot, app)
        assert "after update 300" in after
        assert ".99 ⣿⣿⣿⣿⣿⣿" in after
        assert ".99 ⣿⣿⣿⣿⣿⣿" not in before


async def test_earlier_answers_can_be_looked_at_while_new_ones_come(own_home: Path) -> None:
    """`[` goes back and stays there; at the newest one it follows again."""
    run = living(own_home, done=75)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("2")
        updates = [probed.update for probed in view_of(app).moment.progress.probed]  # type: ignore[union-attr]
        assert f"after update {updates[-1]}" in await told(pilot, app)
        await pilot.press("left_square_bracket")
        assert f"after update {updates[-2]}" in await told(pilot, app)
        run.train(75)
        assert f"after update {updates[-2]}" in await told(pilot, app)
        await pilot.press("right_square_bracket")
        assert f"after update {updates[-1]}" in await told(pilot, app)
        await pilot.press("]", "]", "]", "]")
        run.train(75)
        assert "after update 225" in await told(pilot, app)
        await pilot.press("shift+left")
        assert "after update 225" not in await told(pilot, app)


async def test_the_panels_key_again_shows_the_worst_mistakes(own_home: Path) -> None:
    """By epoch; and again the bars."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("2", "2")
        said = await told(pilot, app)
        assert "misread with most confidence, after epoch 2" in said
        assert re.search(r"✓ animal\s+✗ artifact\s+\.98", said)
        await pilot.press("left_square_bracket")
        assert "after epoch 1" in await told(pilot, app)
        await pilot.press("T")
        assert "large striped cat" in await told(pilot, app)
        await pilot.press("T", "2")
        assert "its answers" in await told(pilot, app)


@pytest.mark.parametrize(
    ("of", "typed", "kept"),
    [
        (ScriptedBert, "a 【loud】 bell", "a 【loud】 bell"),
        (ScriptedPretrain, "the  king of ［mask］", "the king of [MASK]"),
    ],
    ids=["bert", "pretrain"],
)
async def test_a_sentence_of_the_learners_is_asked_and_answered(
    own_home: Path, of: type[ScriptedBert], typed: str, kept: str
) -> None:
    """`n` opens a field; the sentence stands first, waits, and is answered with the next look."""
    run = living(own_home, of)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("2", "n")
        await pilot.pause()
        assert isinstance(app.screen, OwnSentenceScreen)
        app.screen.query_one("#line-text").value = typed  # type: ignore[attr-defined]
        await pilot.press("enter")
        said = await told(pilot, app)
        assert own_probes(run.folder) == [kept]
        assert "asked with the next look" in said
        assert "●" in said.splitlines()[3 if of is ScriptedPretrain else 4]
        run.train(30)
        said = await told(pilot, app)
        assert "asked with the next look" not in said
        assert "● yours" in said


async def test_without_mask_one_sentence_says_what_is_missing(own_home: Path) -> None:
    """Nothing is written, and the field stays; esc changes nothing."""
    run = living(own_home, ScriptedPretrain)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("2", "n")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "Write something first." in shown(app)
        await pilot.press(*"a king", "enter")
        await pilot.pause()
        assert "It needs [MASK]" in shown(app)
        await pilot.press("escape")
        await told(pilot, app)
        assert isinstance(app.screen, RunScreen)
        assert own_probes(run.folder) == []


@pytest.mark.parametrize(
    "typed",
    ["[MASK]", "[mask]", "［MASK］", "【mask】", "[ Mask ]"],
    ids=["plain", "small", "full", "lenticular", "wide"],
)
def test_mask_is_understood_however_an_input_method_writes_it(typed: str) -> None:
    """The tokenizer knows one spelling only; a sentence without a mask keeps its brackets."""
    assert normal(f" a  {typed} of ") == "a [MASK] of"
    assert normal("他说【好】") == "他说【好】"


async def test_layers_heads_and_sentences_are_chosen_by_keys(own_home: Path) -> None:
    """The rows sum to 1 in each of them, and padding is never shown."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("4")
        seen = []
        for key in ("l", "h", "l", "h", "H", "L", "pagedown", "pagedown", "pageup", "4"):
            await pilot.press(key)
            said = await told(pilot, app)
            assert "= 1.00" in said
            assert "[PAD]" not in said
            seen.append(re.findall(r"text \d/6|layer \d/2|head \d/2|mean of 2 heads", said))
        assert [" ".join(found) for found in seen] == [
            "text 1/6 layer 1/2 head 1/2",
            "text 1/6 layer 1/2 head 2/2",
            "text 1/6 layer 2/2 head 2/2",
            "text 1/6 layer 2/2 mean of 2 heads",
            "text 1/6 layer 2/2 head 2/2",
            "text 1/6 layer 1/2 head 2/2",
            "text 2/6 layer 1/2 head 2/2",
            "text 3/6 layer 1/2 head 2/2",
            "text 2/6 layer 1/2 head 2/2",
            "text 3/6 layer 1/2 head 2/2",
        ]


async def test_on_a_wide_screen_a_panel_has_no_less_room_than_on_a_small_one(own_home: Path) -> None:
    """Beside the curves it gets what eighty columns give it; the curves are as wide again once they are chosen."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    widths = {}
    async with app.run_test(size=SMALL) as pilot:
        for size in (SMALL, LARGE):
            await pilot.resize_terminal(*size)
            await pilot.press("4")
            await told(pilot, app)
            widths[size] = app.screen.query_one(AttentionMap).size.width
        assert widths[LARGE] >= widths[SMALL]
        narrow = app.screen.query_one(CurvesPanel).size.width
        await pilot.press("1")
        await told(pilot, app)
        assert app.screen.query_one(CurvesPanel).size.width > narrow >= LEAST_CURVES


async def test_attention_and_map_are_looked_at_by_epoch_where_there_are_arrays(own_home: Path) -> None:
    """Of a long run not every epoch has arrays: those without are passed over."""
    run = living(own_home, done=225)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        for key in ("4", "6"):
            await pilot.press(key)
            assert "after epoch 3" in await told(pilot, app)
            await pilot.press("left_square_bracket", "left_square_bracket", "left_square_bracket")
            assert "before training" in await told(pilot, app)
            await pilot.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        for file in run.folder.arrays.iterdir():
            file.unlink()
        for key in ("4", "6"):
            await pilot.press(key, "left_square_bracket")
            assert "no longer on the disk" in await told(pilot, app)
    without = living(own_home, with_arrays=False, token="bbbb")
    app = watching(own_home, without.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("4")
        assert "Each evaluation notes where tokens look" in await told(pilot, app)


async def test_the_scale_of_the_map_holds_all_epochs(own_home: Path) -> None:
    """What moves on the map has moved in the model: the scale is the same in every epoch."""
    run = living(own_home, done=300)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("6")
        await told(pilot, app)
        panel = view_of(app).panel
        assert isinstance(panel, MapPanel)
        extents = {panel.map.extent}
        for _ in range(4):
            await pilot.press("left_square_bracket")
            await told(pilot, app)
            extents.add(panel.map.extent)
            assert panel.map.points is not None
            assert (abs(panel.map.points).max(axis=0) <= panel.map.extent).all()
        assert len(extents) == 1


@pytest.mark.parametrize("damage", [b"", b"not a tensor", b"\xff" * 64])
async def test_broken_arrays_are_no_end_of_the_screen(own_home: Path, damage: bytes) -> None:
    """A disk may have been full."""
    run = living(own_home)
    for file in run.folder.arrays.iterdir():
        file.write_bytes(damage)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        for key in ("4", "6", "T", "T", "l", "h"):
            await pilot.press(key)
            await told(pilot, app)
        await pilot.press("4")
        assert "no longer on the disk" in await told(pilot, app)


async def test_what_strangers_wrote_is_shown_and_fires_nothing(own_home: Path) -> None:
    """Texts, labels and pieces come from files of strangers."""
    evil = "\x1b]52;c;aGFjaw==\x07\x9b31m[@click=app.leave_app]press[/] \u202eback\nnew"
    run = living(own_home)
    run.write(Probed(time=run.clock(), update=run.update, probes=[Probe(evil, evil, [Guess(evil, 0.5)])]))
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        for key in ("2", "T", "T", "4", "5", "6"):
            await pilot.press(key)
            said = await told(pilot, app)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)
            await pilot.click(offset=(20, 4))
        assert app.is_running


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "160x45"])
@pytest.mark.parametrize("of", [ScriptedBert, ScriptedPretrain], ids=["bert", "pretrain"])
async def test_nothing_is_painted_where_nothing_changed(
    own_home: Path, size: tuple[int, int], of: type[ScriptedBert]
) -> None:
    """The same moment again costs no byte, whichever panel is seen."""
    run = living(own_home, of)
    app = watching(own_home, run.folder)
    async with app.run_test(size=size) as pilot:
        await told(pilot, app)
        for number in range(2, len(view_of(app).panels) - 1):
            await pilot.press(str(number))
            await told(pilot, app)
            await told(pilot, app)
            view = view_of(app)
            assert view.moment is not None
            view.show(view.moment)
            view.tell()
            painted = [
                widget for widget in app.screen.walk_children(Widget) if widget.is_on_screen and widget._repaint_regions
            ]
            assert painted == []


async def test_panels_that_nobody_sees_read_no_arrays(own_home: Path) -> None:
    """At the curves no attention is loaded."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        run.train(75)
        await told(pilot, app)
        assert [panel.moment is not None for panel in view_of(app).panels] == [True] + [False] * 7
        attention = app.screen.query_one(AttentionPanel)
        assert attention.query_one(AttentionMap).weights is None


@pytest.mark.parametrize("of", [ScriptedBert, ScriptedPretrain], ids=["bert", "pretrain"])
async def test_no_character_of_ambiguous_width_in_ascii(own_home: Path, of: type[ScriptedBert]) -> None:
    """Where a terminal draws them two cells wide, every panel goes without."""
    run = living(own_home, of)
    app = watching(own_home, run.folder, measured="two")
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        for number in range(2, len(view_of(app).panels) - 1):
            await pilot.press(str(number))
            text = await told(pilot, app)
            assert re.findall(r"[^\x00-\x7f\u2800-\u28ff]", text) == []


async def test_the_rate_is_drawn_for_the_whole_run_with_where_it_is(own_home: Path) -> None:
    """The schedule ahead, the rate so far, and the mark between them; the cursor begins at the newest update."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("a", "a")
        said = await told(pilot, app)
        assert f"you are here: {rate_at(150, 300, 5e-4, 0.1):.3g}" in said
        assert "planned" in said
        chart = view_of(app).curves.chart
        assert chart.newest == 150
        planned, _, here = chart.lines
        assert planned.source.xs == (1.0, 31.0, 300.0)  # type: ignore[union-attr]
        assert planned.source.ys[0] == 0  # type: ignore[union-attr]
        assert here.source.xs == (150.0,)  # type: ignore[union-attr]
        await pilot.press("left")
        assert chart.cursor == 150
        names = [reading.name for reading in chart.readings()]
        assert names == ["planned", "rate"]


async def test_a_finished_run_says_how_well_it_does(own_home: Path) -> None:
    """On the test set, beside the best epoch and beside guessing."""
    folder = scripted_run(own_home, of=ScriptedBert, updates=300)
    app = watching(own_home, folder)
    async with app.run_test(size=SMALL) as pilot:
        said = await told(pilot, app)
        assert "0.847 of 1,200 test texts right, F1 0.841  (validation 0.847, chance 0.167)" in said
        assert re.search(r"macro F1\s+0\.841", said)
        assert re.search(r"test F1\s+0\.841", said)
        assert re.search(r"start\s+shipped", said)
    folder = scripted_run(own_home, of=ScriptedPretrain, updates=1500, token="bbbb")
    app = watching(own_home, folder)
    async with app.run_test(size=SMALL) as pilot:
        said = await told(pilot, app)
        assert "check 6/6" in said.splitlines()[0]
        assert "of the masked pieces right in 1,200 texts" in said
        assert "broke the plateau at update" in said
        assert "A bert run can start from pretrain-bbbb" in said


async def test_a_failed_bert_names_the_key_of_its_console(own_home: Path) -> None:
    """It is the eighth here."""
    folder = scripted_run(own_home, of=ScriptedBert, updates=300, state="failed")
    folder.console_file.write_text("OSError: no space\n")
    app = watching(own_home, folder)
    async with app.run_test(size=SMALL) as pilot:
        assert "8 shows what it printed" in await told(pilot, app)
        await pilot.press("8")
        assert "OSError: no space" in await told(pilot, app)
