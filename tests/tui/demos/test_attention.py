"""The attention map: rows that sum to 1, a mask that looks back, and a model that is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.runs.asks import Answer, Note
from engine.runs.shipped import shipped_run
from tests.fake_bert import ScriptedBert, ScriptedPretrain
from tests.fakes import scripted_run
from tests.tui.app_on import shown
from tests.tui.demos.playing import NARROW, ROOMY, demo_app, kept_state, play, settled
from tests.tui.fake_model import FakeModel, asked, eventually
from tests.tui.grid import assert_kept
from tui.demos import attention as looking
from tui.demos.asked_model import SHIPPED, AskedModel
from tui.demos.attention import Attention, Heads, Matrix, answered, known
from tui.supplies.attention import heads_of
from tui.widgets.demos.attention import AttentionDemo
from tui.words import Words

RUN = AskedModel("20261123-141502-bert-7f3a", "bert", "zh")


def matrices(count: int) -> st.SearchStrategy[Matrix]:
    """Return rows of shares that sum to 1."""
    weights = st.lists(st.floats(0.001, 1), min_size=count, max_size=count)
    row = weights.map(lambda found: tuple(weight / sum(found) for weight in found))
    return st.tuples(*[row] * count)


def heads(layers: int = 2, each: int = 3, count: int = 4) -> Heads:
    """Return weights of which each says by its first digits where it stands."""
    rows = tuple(tuple(0.7 if at == row else 0.1 for at in range(count)) for row in range(count))
    pieces = tuple(f"p{number}" for number in range(count))
    return Heads("some text", 7, pieces, ((rows,) * each,) * layers)


@given(st.integers(1, 7).flatmap(matrices))
def test_a_masked_row_looks_back_only_and_sums_to_one_again(matrix: Matrix) -> None:
    for at, row in enumerate(looking.masked(matrix)):
        assert sum(row) == pytest.approx(1)
        assert not any(row[at + 1 :])
        back = matrix[at][: at + 1]
        assert row[: at + 1] == pytest.approx([weight / sum(back) for weight in back])


@given(st.integers(1, 5).flatmap(lambda count: st.lists(matrices(count), min_size=1, max_size=4)))
def test_the_mean_of_heads_sums_to_one_too(found: list[Matrix]) -> None:
    mean = looking.mean(tuple(found))
    assert np.allclose(np.array(mean), np.array(found).mean(0))
    assert all(sum(row) == pytest.approx(1) for row in mean)


def test_a_row_that_was_rounded_to_nothing_looks_at_itself() -> None:
    assert looking.masked(((0.0, 1.0), (0.5, 0.5)))[0] == (1.0, 0.0)


def test_layers_and_heads_turn_in_a_circle_and_behind_the_last_head_comes_the_mean() -> None:
    state = answered(Attention(), heads())
    assert (state.shown_layer, state.shown_head) == (1, 0)
    seen = []
    for _ in range(4):
        seen.append(state.shown_head)
        state = looking.turn_head(state, 1)
    assert seen == [0, 1, 2, None]
    assert state.shown_head == 0
    assert looking.turn_layer(state, 1).shown_layer == 0
    assert looking.turn_layer(looking.turn_layer(state, -1), -1) == state
    alone = answered(Attention(), heads(each=1))
    assert looking.turn_head(alone, 1).shown_head == 0


def test_the_chosen_row_stays_within_the_text_and_names_what_it_looks_at_most() -> None:
    state = answered(Attention(), heads())
    assert state.shown_row == 2
    assert looking.sources(state)[0] == (2, 0.7)
    for _ in range(9):
        state = looking.move(state, 1)
    assert state.shown_row == 3
    assert looking.move(state, -99).shown_row == 0


def test_another_model_takes_its_weights_along_and_one_that_is_gone_is_replaced() -> None:
    state = known(Attention(), (RUN, SHIPPED), "zh")
    assert state.model == RUN
    assert known(Attention(), (RUN, SHIPPED), "en").model == SHIPPED
    assert known(Attention(), (RUN,), "en").model == RUN
    state = answered(state, heads())
    assert known(state, (RUN, SHIPPED), "zh") == state
    turned = looking.turn_model(state)
    assert (turned.model, turned.heads) == (SHIPPED, None)
    assert looking.turn_model(turned).model == RUN
    assert known(state, (SHIPPED,), "zh").heads is None


def test_a_model_that_reads_the_learners_language_is_taken_once_there_is_one() -> None:
    """With the learner's sentence; but what the learner turned to stays, also after `r`."""
    models = (RUN, SHIPPED)
    state = looking.write(answered(known(Attention(), (SHIPPED,), "zh"), heads()), "天下")
    taken = known(state, models, "zh")
    assert (taken.model, taken.heads, taken.text) == (RUN, None, "天下")
    assert known(state, models, "en").model == SHIPPED
    picked = looking.turn_model(taken)
    assert (picked.model, known(picked, models, "zh")) == (SHIPPED, picked)
    assert known(looking.again(picked), models, "zh").model == SHIPPED
    assert known(picked, (RUN,), "zh").model == RUN


def test_the_sentence_is_in_the_language_that_the_model_has_read() -> None:
    state = known(Attention(), (SHIPPED,), "zh")
    assert state.sentence("zh") == looking.SENTENCES["en"]
    assert known(Attention(), (RUN,), "en").sentence("en") == looking.SENTENCES["zh"]
    own = AskedModel("x-bert-1", "bert", "")
    assert known(Attention(), (own,), "zh").sentence("zh") == looking.SENTENCES["zh"]
    assert looking.write(state, "  of  mine ").sentence("zh") == "of mine"


def test_half_precision_misses_one_by_a_little_and_is_made_to_sum_to_it() -> None:
    raw = np.random.default_rng(0).random((1, 2, 9, 9))
    weights = (raw / raw.sum(-1, keepdims=True)).astype(np.float16)
    found = heads_of(Answer(kind="attend", pieces=["x"] * 9), "x", {"attention": weights})
    assert found.is_whole
    assert all(sum(row) == pytest.approx(1, abs=1e-5) for row in found.layers[0][1])
    assert np.allclose(np.array(found.layers), weights, atol=1e-3)


@pytest.mark.parametrize("arrays", [{}, {"attention": np.zeros((2, 2))}, {"attention": np.ones((1, 1, 3, 3))}])
def test_weights_that_do_not_belong_to_the_text_are_none(arrays: dict[str, Any]) -> None:
    assert not heads_of(Answer(kind="attend", pieces=["a", "b"]), "a b", arrays).is_whole


@pytest.mark.parametrize(("language", "listed"), [("en", "p2 .70, p0 .10, p1 .10"), ("zh", "p2 .70、p0 .10、p1 .10")])
def test_what_a_piece_looks_at_is_listed_as_the_language_lists(language: str, listed: str) -> None:
    assert listed in AttentionDemo.told(answered(known(Attention(), (SHIPPED,), "en"), heads()), Words(language))


def test_few_weights_are_kept_and_broken_ones_are_left_out() -> None:
    state = answered(known(Attention(), (SHIPPED,), "en"), heads())
    kept = msgspec.json.decode(msgspec.json.encode(AttentionDemo.keep(state)))
    assert AttentionDemo.read(kept) == msgspec.structs.replace(state, models=())
    kept["heads"]["pieces"].append("one more")
    assert AttentionDemo.read(kept).heads is None
    many = answered(state, heads(layers=8, each=8, count=12))
    assert AttentionDemo.keep(many)["heads"] is None  # type: ignore[index]  # a mapping


async def test_without_a_run_the_model_that_comes_along_is_asked_and_that_is_said(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a key trains one of the learner's own."""
    model = FakeModel(shipped_run(own_home), monkeypatch)
    app = demo_app(own_home, "attention")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, None, "A process that answers is being started.")
        await eventually(pilot, app, model, "small looks at")
        assert (model.last.kind, model.last.text) == ("attend", looking.SENTENCES["en"])
        assert model.last.attention
        assert "you have trained none" in shown(app)
        wished: list[Any] = []
        monkeypatch.setattr(app, "train", lambda kind, wishes, preset="": wished.append((kind, preset)))
        await play(pilot, "t")
        assert wished == [("pretrain", "pretrain-five-minutes")]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_layers_heads_rows_and_the_mask_by_keys(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Every sentence in the learner's language."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    app = demo_app(own_home, "attention", language=language)
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, ".56")  # the first head: half its weight and a ninth of the rest
        state = await play(pilot, "down", "L", "h")
        assert (state.shown_row, state.shown_layer, state.shown_head) == (3, 0, 1)
        assert_kept(app, f"demo-attention-{language}")
        state = await play(pilot, "h", "H", "c", "up")
        assert state.causal
        assert all(sum(row) == pytest.approx(1, abs=1e-4) for row in state.matrix)
        assert state.matrix[2][3:] == (0.0,) * 6
        assert_kept(app, f"demo-attention-masked-{language}")
        assert not (await play(pilot, "r")).causal


async def test_a_text_of_the_learners_is_asked_about(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept, and asked again after a dropped line."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    app = demo_app(own_home, "attention")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "looks at")
        await play(pilot, "e")
        await pilot.press(*"a cat", "enter")
        await asked(pilot, model, lambda: model.last.text == "a cat")
        await eventually(pilot, app, model, "cat looks at")
        await pilot.press("escape")
        await settled(pilot)
        assert kept_state(app, "attention")["text"] == "a cat"
        assert {path.name for path in model.folder.asks.iterdir()} <= {"leave"}


async def test_m_asks_the_next_model(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of the learner's, then what comes along."""
    run = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    shipped = FakeModel(shipped_run(own_home), monkeypatch, saved=False)
    app = demo_app(own_home, "attention")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, run, "Your run pretrain-")
        await eventually(pilot, app, run, "small looks at")
        await play(pilot, "m")
        await eventually(pilot, app, shipped, "small looks at")
        assert "The small BERT of this program, after 1,250 updates. m asks one of yours." in shown(app)
        assert shipped.asked


async def test_a_learner_who_reads_chinese_is_shown_the_model_that_does_though_another_is_remembered(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a key, once there is one; one that `m` turned to is remembered as such."""
    app = demo_app(own_home, "attention", language="zh")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, FakeModel(shipped_run(own_home), monkeypatch), "small")
        await pilot.press("escape")
        await settled(pilot)
        assert kept_state(app, "attention")["model"]["run"] == ""
    run = scripted_run(own_home, of=ScriptedPretrain, updates=500, wishes={"data": "classics"})
    model = FakeModel(run, monkeypatch)
    shipped = FakeModel(shipped_run(own_home), monkeypatch, saved=False)
    app = demo_app(own_home, "attention", language="zh")
    async with app.run_test(size=NARROW) as pilot:
        await asked(pilot, model, lambda: bool(model.asked) and model.last.text == looking.SENTENCES["zh"])
        await eventually(pilot, app, model, "人 在看")
        await play(pilot, "m")
        await eventually(pilot, app, shipped, "small")
        await pilot.press("escape")
        await settled(pilot)
    app = demo_app(own_home, "attention", language="zh")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, shipped, "small")
        assert (await play(pilot)).model == SHIPPED


async def test_a_problem_is_a_sentence_and_r_tries_again(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of a map that would be another text's."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    model.change = lambda answer: msgspec.structs.replace(answer, problem=Note(code="x", sentence="It exploded."))
    app = demo_app(own_home, "attention")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "It exploded.")
        count = len(model.asked)
        await settled(pilot)
        assert len(model.asked) == count
        model.change = lambda answer: answer
        await play(pilot, "r")
        await eventually(pilot, app, model, "looks at")


async def test_what_strangers_wrote_reaches_no_terminal(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces come from files of strangers."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    model.change = lambda answer: msgspec.structs.replace(answer, pieces=["\x1b]52;c\x07"] * len(answer.pieces))
    app = demo_app(own_home, "attention")
    async with app.run_test(size=NARROW) as pilot:
        said = await eventually(pilot, app, model, "␛]52")
        assert "\x1b" not in said
        assert "\x07" not in said


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_with_room(own_home: Path, monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    """160x45: rows of two lines."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    app = demo_app(own_home, "attention", theme=theme)
    async with app.run_test(size=ROOMY) as pilot:
        await eventually(pilot, app, model, ".56")
        await settled(pilot)
        assert_kept(app, f"demo-attention-{theme}-160x45")


async def test_in_ascii(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    app = demo_app(own_home, "attention", measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, ".56")
        await play(pilot, "c")
        assert shown(app).isascii()


async def test_as_text(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every row with its sum."""
    model = FakeModel(scripted_run(own_home, of=ScriptedBert, updates=300), monkeypatch)
    app = demo_app(own_home, "attention")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, ".56")
        await play(pilot, "T")
        said = shown(app)
        assert said.count("1.00") == 9
        assert "Where a head looks does not prove" in said
