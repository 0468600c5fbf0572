"""The lab's form for every kind of run."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input, Static

from engine import memory
from engine.hub.place import storage
from engine.recipes import KINDS, Recipe
from tests.engine.fetching import NEEDED, own_cache
from tests.fake_bert import ScriptedPretrain
from tests.hub_server import COMMIT, serving
from tests.known_zoo import put_zoo
from tests.tiny_bert import hub_files, write_model
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled, until
from tui.app import LearncurveApp
from tui.screens import lab_words
from tui.screens.lab import LabScreen
from tui.screens.zoo import ZooScreen
from tui.sentences import LANGUAGES
from tui.widgets.form.chooser import Chooser
from tui.widgets.form.knob_row import KnobRow
from tui.widgets.form.knob_words import knob_words
from tui.widgets.form.rate_curve import RateCurve, Rates, values
from tui.widgets.form.suggest_line import Completing, paths
from tui.widgets.zoo.figures import size
from tui.words import Words

TALL, SMALL = (120, 50), (80, 24)


def lab(app: LearncurveApp) -> LabScreen:
    assert isinstance(app.screen, LabScreen)
    return app.screen


async def put(pilot: Pilot[str], knob: str, text: str) -> None:
    """Type a value into a knob's field."""
    pilot.app.screen.query_one(f"#knob-{knob} Input", Input).value = text
    await settled(pilot)


def started(app: LearncurveApp, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any], str]]:
    """Keep what would be trained instead of training it."""
    found: list[tuple[str, dict[str, Any], str]] = []

    def train(kind: str, wishes: Mapping[str, Any], *, preset: str = "", show: bool = False) -> None:
        found.append((kind, dict(wishes), preset))

    monkeypatch.setattr(app, "train", train)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_knob_of_every_kind_has_its_words(language: str) -> None:
    """A line beside it, and what it means, in every language."""
    words = Words(language)
    for kind in KINDS.values():
        for knob in kind.knobs:
            for part in ("short", "is"):
                said = knob_words(words, kind.name, knob.name, part)
                assert said.count(".") < 2 or " " in said, f"{kind.name}.{knob.name}.{part}: {said}"
                assert not said.startswith("lab"), said
    assert knob_words(words, "bert", "hidden", "is") != knob_words(words, "mlp", "hidden", "is")
    assert knob_words(words, "pretrain", "warmup", "is") != knob_words(words, "bert", "warmup", "is")
    assert knob_words(words, "pretrain", "layers", "is") == knob_words(words, "bert", "layers", "is")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
async def test_what_stands_beside_a_knob_is_whole_on_eighty_columns(own_home: Path, kind: str, language: str) -> None:
    app = app_on(own_home, language=language, first=[["lab", "", kind]])
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        for row in app.screen.query(KnobRow):
            note = row.query_one(".knob-note", Static)
            said = knob_words(row.words, kind, row.knob.name, "short")
            assert cell_len(said) <= note.content_size.width, f"{row.knob.name}: {said}"


async def test_another_kind_is_another_form_which_is_remembered(own_home: Path) -> None:
    """The first row chooses; the next visit begins there."""
    app = app_on(own_home, first=[["lab"]])
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("up", "right")
        await settled(pilot)
        assert lab(app).draft.kind == "bert"
        assert [row.knob.name for row in app.screen.query(KnobRow)] == [knob.name for knob in _in_groups("bert")]
        assert app.screen.focused is app.screen.query_one("#lab-kind")
        assert "300 updates of 942,726 parameters" in shown(app)
        await pilot.press("right")
        await settled(pilot)
        assert "Lab: pre-training a BERT" in shown(app)
        place = lab(app).place()
    assert place == ["lab", "pretrain-five-minutes", "pretrain"]
    again = app_on(own_home, first=[["lab"]])
    async with again.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert lab(again).draft.kind == "pretrain"


def _in_groups(kind: str) -> list[Any]:
    order = ("model", "training", "data", "run", "fault")
    return sorted(KINDS[kind].knobs, key=lambda knob: order.index(knob.group))


async def test_what_matters_from_scratch_only_says_so(own_home: Path) -> None:
    """Layers and the like rest while the weights come from elsewhere; the title shows which."""
    app = app_on(own_home, first=[["lab", "bert-topics"]])
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        assert shown(app).count("for start=scratch only") == 4
        assert shown(app).splitlines()[0].endswith("shipped 2/128/2/4000")
        await put(pilot, "start", "scratch")
        await put(pilot, "layers", "3")
        assert "for start=scratch only" not in shown(app)
        assert shown(app).splitlines()[0].endswith("  3/128/2/4000")


async def test_a_warm_up_that_outlasts_the_run_is_told(own_home: Path) -> None:
    """With the highest rate that will be reached; a longer run takes the warning back."""
    app = app_on(own_home, first=[["lab", "bert-topics"]])
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        assert "up to 0.0005 at update 31," in shown(app)
        assert "down to 0 after update 300" in shown(app)
        for knob, text in (("warmup", "500"), ("lr", "5e-5"), ("epochs", "3")):
            await put(pilot, knob, text)
        assert "Warm-up 500 outlasts the run of 225 updates: the rate never gets beyond 2.24e-05 of 5e-05." in shown(
            app
        )
        await put(pilot, "labels_per_class", "0")
        assert "outlasts" not in shown(app)
        assert "up to 5e-05 at update 501," in shown(app)
        await put(pilot, "data", "someone/texts")
        assert "How many updates it takes is known once the data is read" in shown(app)
        assert "follows from the number of texts" in shown(app)


async def test_a_model_that_this_machine_has_no_memory_for_is_told_before_the_start(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody knows what is free, nothing is said of it."""
    monkeypatch.setattr(memory, "DRIVERS", ())
    app = app_on(own_home, first=[["lab", "bert-scratch"]])
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        for free, told in ((17_000_000_000, True), (0, False), (400_000_000_000, False)):
            monkeypatch.setattr(lab_words, "available_bytes", lambda free=free: free)
            for knob, text in (("hidden", "4096"), ("heads", "64"), ("layers", "2"), ("layers", "40")):
                await put(pilot, knob, text)
            assert re.search(r"about 1\d\d\.\d GB of memory", shown(app))
            assert ("Only 17.0 GB of memory are free here" in shown(app)) is told


async def test_values_that_do_not_go_together_are_refused_at_once(own_home: Path, tmp_path: Path) -> None:
    """Each is right by itself; a start that is nowhere is no start."""
    app = app_on(own_home, first=[["lab", "bert-scratch"]])
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        await put(pilot, "heads", "3")
        assert "heads=3: hidden=128 units cannot be shared evenly" in shown(app)
        await put(pilot, "heads", "2")
        await put(pilot, "start", str(tmp_path / "no-model"))
        assert "is not there" in shown(app)


async def test_chinese_texts_with_the_shipped_weights_are_refused_at_once(own_home: Path) -> None:
    """The way out stands in the same sentence, and is one."""
    app = app_on(own_home, first=[["lab", "bert-topics"]])
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        await put(pilot, "data", "classics")
        assert "start=shipped: its tokenizer turns 100% of the characters of data=classics" in shown(app)
        assert "Take start=scratch" in shown(app)
        await put(pilot, "start", "scratch")
        assert "[UNK]" not in shown(app)


@pytest.mark.parametrize(
    ("knob", "text", "way_out"),
    [
        ("data", "classics", "its tokenizer is built from these texts."),
        ("start", "shippedm", "or a model of the hub such as bert-base-uncased."),
    ],
)
async def test_a_refusal_is_whole_on_eighty_columns_and_its_row_stays_in_sight(
    own_home: Path, knob: str, text: str, way_out: str
) -> None:
    app = app_on(own_home, first=[["lab", "bert-topics"]])
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        row = app.screen.query_one(f"#knob-{knob}", KnobRow)
        row.query_one(Input).focus()
        await put(pilot, knob, text)
        await until(pilot, lambda: way_out in " ".join(shown(app).split()))
        await until(pilot, lambda: row.region.bottom <= app.screen.query_one("#lab-about").region.y)
        assert text in shown(app).split()


async def test_above_the_knobs_it_is_said_again_what_the_preset_is_for(own_home: Path) -> None:
    app = app_on(own_home, first=[["lab", "bert-topics"]])
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        purpose = "Tells what a definition is about"
        assert purpose in shown(app)
        await pilot.press("down")
        await settled(pilot)
        assert purpose not in shown(app)
        await pilot.press("up")
        await settled(pilot)
        assert purpose in shown(app)


async def test_starts_and_files_are_suggested(own_home: Path, tmp_path: Path) -> None:
    """f6 goes through what is here; a finished pre-training is among it; paths are completed."""
    run = ScriptedPretrain(own_home, token="00aa").folder
    (run.path / "model").mkdir()
    (run.path / "model" / "config.json").write_text(json.dumps({"model_type": "bert"}))
    app = app_on(own_home, first=[["lab", "bert-topics"]])
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        field = app.screen.query_one("#knob-start Input", Input)
        field.focus()
        seen = []
        for _ in range(3):
            await pilot.press("f6")
            await settled(pilot)
            seen.append(field.value)
        assert seen == ["scratch", "pretrain-00aa", "shipped"]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "own.csv").touch()
    assert list(paths(f"{tmp_path}/te")) == [f"{tmp_path}/texts/"]
    assert list(paths(f"{tmp_path}/texts/")) == [f"{tmp_path}/texts/own.csv"]
    assert list(paths(f"{tmp_path}/nowhere/x")) == []
    known = Completing(["topics", "reviews"])
    assert await known.get_suggestion("rev") == "reviews"
    assert await known.get_suggestion("zzz") is None
    assert await known.get_suggestion(f"{tmp_path}/texts/o") == f"{tmp_path}/texts/own.csv"


async def test_arrows_move_and_page_keys_leap_where_the_form_scrolls(own_home: Path) -> None:
    """At 80x24 no arrow is lost to scrolling; every knob can be reached and is in sight then."""
    app = app_on(own_home, first=[["lab", "bert-topics"]])
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        for row in app.screen.query(KnobRow):
            await pilot.press("down")
            await settled(pilot)
            assert app.screen.focused is row.query("Input, Chooser").first()
            assert row.region.y < app.screen.query_one("#lab-about").region.y
        await pilot.press("pageup")
        assert _row(app) == "seed"
        await pilot.press("pageup", "pageup")
        assert _row(app) == "lr"
        await pilot.press("pagedown")
        assert _row(app) == "data"
        await pilot.press("pageup", "pageup", "pageup")
        assert app.screen.focused is app.screen.query_one("#lab-preset", Chooser)


async def test_the_form_takes_the_window_and_all_choices_stand_in_one_column(own_home: Path) -> None:
    """The scroll bar is at the edge; what is trained, from which preset, and the knobs' values begin alike."""
    app = app_on(own_home, first=[["lab"]])
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert app.screen.query_one("#lab-form").region.width == 80
        fields = app.screen.query("#lab-kind, #lab-preset, KnobRow Input, KnobRow Chooser")
        assert len({field.region.x for field in fields}) == 1


def _row(app: LearncurveApp) -> str:
    focused = app.screen.focused
    assert focused is not None
    row = focused.parent
    assert isinstance(row, KnobRow)
    return row.knob.name


async def test_a_preset_of_bert_starts_a_run_of_bert(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every knob, and paths that no longer depend on where one stands."""
    app = app_on(own_home, first=[["lab", "few-labels"]])
    found = started(app, monkeypatch)
    own = own_home.parent / "own.csv"
    own.write_text("text,label\na,b\n", encoding="utf-8")
    monkeypatch.chdir(own.parent)
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        await put(pilot, "data", "own.csv")
        await pilot.press("ctrl+s")
        await settled(pilot)
    [(kind, knobs, preset)] = found
    assert (kind, preset, knobs["labels_per_class"], knobs["epochs"]) == ("bert", "few-labels", 10, 38)
    assert knobs["data"] == str(own)
    assert set(knobs) == {knob.name for knob in KINDS["bert"].knobs}


async def test_one_key_starts_the_pair(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was changed is changed in both; without a partner the key is not there."""
    app = app_on(own_home, first=[["lab", "few-labels"]])
    pairs: list[tuple[Recipe, Recipe]] = []
    monkeypatch.setattr(app, "train_beside", lambda first, second: pairs.append((first, second)))
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        assert "ctrl+o Both" in shown(app)
        await put(pilot, "seed", "3")
        await pilot.press("ctrl+o")
        await settled(pilot)
    [(first, second)] = pairs
    assert (first.preset, second.preset) == ("few-labels", "few-labels-scratch")
    assert (first.knobs["start"], second.knobs["start"]) == ("shipped", "scratch")
    assert (first.knobs["seed"], second.knobs["seed"]) == (3, 3)
    alone = app_on(own_home, first=[["lab", "classics"]])
    async with alone.run_test(size=TALL) as pilot:
        await settled(pilot)
        assert "ctrl+o" not in shown(alone)


def test_the_curve_rises_and_falls_as_the_schedule_does() -> None:
    """One value for each column of dots; nothing where nothing is known."""
    rates = Rates(updates=300, lr=1.0, warmup=0.1)
    drawn = values(rates, 40)
    assert drawn[0] == 0
    assert drawn[-1] == pytest.approx(1 / 270)
    assert 3 <= drawn.index(max(value for value in drawn if value is not None)) <= 5
    assert values(Rates()) == []
    assert RateCurve(14).rates == Rates()


@pytest.mark.parametrize(
    ("kind", "start", "model"),
    [("mlp", "", "mlp"), ("bert", "scratch", "bert-small"), ("bert", "google-bert/bert-large-cased", "bert-large")],
)
async def test_a_key_leads_to_the_zoo_and_back(own_home: Path, kind: str, start: str, model: str) -> None:
    """At the model that is nearest to the form's; the form is as it was."""
    put_zoo(own_home)
    app = app_on(own_home, first=[["lab", "", kind]])
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        if start:
            await put(pilot, "start", start)
        await pilot.press("f7")
        await settled(pilot)
        assert isinstance(app.screen, ZooScreen)
        assert app.screen.chosen == model
        await pilot.press("escape")
        await settled(pilot)
        assert not start or lab(app).texts["start"] == start


async def test_behind_a_presets_value_one_goes_on_typing(own_home: Path) -> None:
    """However short the value was that stood there before."""
    app = app_on(own_home, first=[["lab", "bert-topics", "bert"]])
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        assert lab(app).texts["epochs"] == "4"
        while lab(app).draft.preset != "few-labels":
            await pilot.press("right")
            await settled(pilot)
        assert lab(app).texts["epochs"] == "38"
        app.screen.query_one("#knob-epochs Input").focus()
        await pilot.press("backspace", "5")
        await settled(pilot)
        assert lab(app).texts["epochs"] == "35"


async def test_the_hub_says_how_large_a_model_is_once_its_name_is_written(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked aside, when the field is left; what cannot be had is a sentence before the start."""
    own_cache(tmp_path / "hub", monkeypatch)
    app = app_on(own_home, first=[["lab", "", "bert"]])
    with serving({"lea/tiny-bert": hub_files()}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        async with app.run_test(size=TALL) as pilot:
            await settled(pilot)
            await put(pilot, "start", "lea/tiny-bert")
            app.screen.query_one("#knob-start Input").focus()
            await settled(pilot)
            assert "The hub says first how large the download is." in shown(app)
            assert hub.asked == []
            await pilot.press("enter")
            await settled(pilot)
            total = sum(map(len, (hub.repos["lea/tiny-bert"][name] for name in NEEDED)))
            assert f"Downloads {size(total)} once: about 1 s at 100 Mbit/s." in " ".join(shown(app).split())
            await put(pilot, "start", "lea/none")
            app.screen.query_one("#knob-start Input").focus()
            await pilot.press("enter")
            await settled(pilot)
            assert "start=lea/none: 127.0.0.1 has no such model" in " ".join(shown(app).split())
            await put(pilot, "start", "shipped")
            assert "no such model" not in shown(app)


async def test_a_model_that_was_downloaded_before_costs_no_download(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that everybody knows, too; and its shape is known from there."""
    own_cache(tmp_path / "hub", monkeypatch)
    for repo in ("bert-base-cased", "lea/tiny-bert"):
        version = write_model(storage(repo) / "snapshots" / COMMIT)
        (version.parent.parent / "refs").mkdir()
        (version.parent.parent / "refs" / "main").write_text(COMMIT)
    app = app_on(own_home, first=[["lab", "", "bert"]])
    async with app.run_test(size=TALL) as pilot:
        await settled(pilot)
        await put(pilot, "start", "bert-base-uncased")
        assert "Downloads 440 MB once: about 35 s at 100 Mbit/s." in " ".join(shown(app).split())
        for repo in ("bert-base-cased", "lea/tiny-bert"):
            await put(pilot, "start", repo)
            assert "ownload" not in " ".join(shown(app).split())
            assert re.search(r"updates of [\d,]+ parameters", shown(app))
