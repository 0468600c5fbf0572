"""The masked-token game: an order before the answer, how far it agrees, and a model that is asked."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.runs.asks import Note
from engine.runs.shipped import shipped_run
from tests.fake_bert import ScriptedBert, ScriptedPretrain
from tests.fakes import scripted_run
from tests.tui.app_on import shown
from tests.tui.demos.playing import NARROW, ROOMY, demo_app, kept_state, play, settled
from tests.tui.fake_model import FakeModel, eventually
from tests.tui.grid import assert_kept
from tui.demos import masked as game
from tui.demos.asked_model import SHIPPED, AskedModel
from tui.demos.definitions import DEFINITIONS
from tui.demos.masked import Game, Guesses, Outcome, Side, known
from tui.glyphs import RICH
from tui.ordering import Agreement, agreement
from tui.screens.demo import DemoScreen
from tui.sentences import LANGUAGES
from tui.text.cells import cells
from tui.text.span import plain
from tui.widgets.block_sheet import Look
from tui.widgets.demos.asking import model_line
from tui.widgets.demos.masked import MaskedDemo
from tui.widgets.demos.masked_orders import percent
from tui.words import Words

CHINESE = AskedModel("20261123-141502-pretrain-7f3a", "pretrain", "zh")
ENGLISH = AskedModel("20261123-141502-pretrain-7f3b", "pretrain", "en")


def answered(state: Game, *, after: str, before: str) -> Game:
    """Return the game with an answer in which two words are the likeliest, untrained and trained."""
    words = state.definition.words

    def side(best: str) -> Side:
        return Side(tuple((word, 0.5 if word == best else 0.1) for word in words), ((best, 0.5),))

    found = Guesses(state.definition.text, 9, ("[CLS]", "[SEP]"), side(before), side(after))
    return msgspec.structs.replace(state, guesses=found)


def ranked(state: Game, *words: str) -> Game:
    """Return the game with words ranked first, then the others as they stand, and stood by."""
    for word in (*words, *(word for word in state.definition.words if word not in words)):
        state = game.rank(state, state.definition.words.index(word))
    return game.confirm(state)


def other(state: Game) -> str:
    """Return a word that was not hidden."""
    return next(word for word in state.definition.words if word != state.definition.hidden)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_hides_one_of_its_words_and_none_is_always_at_the_same_place(language: Any) -> None:
    rounds = DEFINITIONS[language]
    assert all(each.text.count("[MASK]") == 1 for each in rounds)
    assert all(each.hidden in each.words and len(set(each.words)) == 4 for each in rounds)
    places = [each.words.index(each.hidden) for each in rounds]
    assert max(map(places.count, places)) <= 3
    assert all(len(each.hidden) == 1 for each in rounds) or language == "en"


def test_nothing_is_told_before_all_are_ranked_and_stood_by_nor_before_the_model_has_answered() -> None:
    state = answered(Game(), after="water", before="wood")
    for place in (1, 3, 0):
        assert game.confirm(state) == state
        state = game.rank(state, place)
    state = game.rank(state, 2)
    assert state.order == ("water", "food", "wood", "sand")
    assert (state.is_ranked, state.is_told, game.go_on(state)) == (True, False, state)
    late = game.confirm(state)
    assert late.is_told
    assert game.move(late, 1) == game.rank(late, 3) == game.take_back(late) == game.shift(late, 1) == late
    early = ranked(Game())
    assert (early.is_locked, early.is_told, game.go_on(early)) == (True, False, early)
    assert answered(early, after="water", before="wood").is_told


def test_a_word_is_put_behind_the_others_taken_out_again_and_moved() -> None:
    state = game.rank(game.rank(Game(), 2), 0)
    assert (state.order, state.here) == (("sand", "wood"), "water")
    assert game.rank(state, 2).order == ("wood",)
    assert game.take_back(state).order == ("sand",)
    assert game.take_back(state).here == "wood"
    assert game.take_back(Game()) == Game()
    assert game.shift(state, -1) == state  # the cursor is at no ranked word
    at_wood = game.move(state, -1)
    assert game.shift(at_wood, -1).order == ("wood", "sand")
    assert game.shift(game.shift(at_wood, -1), 1) == game.shift(at_wood, 9) == at_wood
    assert game.rank(state, 4) == game.rank(state, -1) == state


def test_the_answer_to_another_sentence_tells_nothing() -> None:
    following = game.go_on(answered(ranked(Game()), after="water", before="wood"))
    assert following.definition != Game().definition
    assert (following.answer, following.is_locked, following.order) == (None, False, ())
    assert not ranked(following).is_told
    assert game.go_on(ranked(following)) == ranked(following)


def test_the_score_counts_who_put_the_hidden_word_first_and_the_pairs_that_agree() -> None:
    state = Game()
    for at in range(len(state.rounds)):
        hidden, wrong = state.definition.hidden, other(state)
        state = ranked(state, hidden if at % 4 == 0 else wrong)
        state = answered(state, after=hidden, before=hidden if at % 2 else wrong)
        # of three pairs the model makes no order: it gives the same to all words but one
        assert state.score[-1].agreement == Agreement(3 if at % 4 == 0 else 3 - state.order.index(hidden), 3)
        assert len(state.score) == at + 1
        state = game.go_on(state)
    assert state.is_over
    assert (state.answer, state.is_told, game.go_on(state)) == (None, False, state)
    assert sum(each.learner for each in state.outcomes) == 2
    assert sum(each.trained for each in state.outcomes) == 8
    assert sum(bool(each.untrained) for each in state.outcomes) == 4
    assert game.again(state).outcomes == ()


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(-2, 5)), max_size=20))
def test_whatever_is_pressed_each_word_stands_in_the_order_once_at_most(keys: list[tuple[int, int]]) -> None:
    state = Game()
    for by, place in keys:
        state = game.shift(game.rank(game.move(state, by), place), by)
        assert state.here in state.definition.words
        assert len(set(state.order)) == len(state.order) == len(state.ranked)
        assert set(state.order) <= set(state.definition.words)


def test_the_sentences_are_in_the_language_that_the_model_has_read() -> None:
    models = (CHINESE, SHIPPED)
    assert known(Game(), models, "zh").language == "zh"
    assert known(Game(), models, "en").model == SHIPPED
    state = known(Game(), (SHIPPED,), "zh")
    assert (state.model, state.language) == (SHIPPED, "en")
    turned = game.turn_model(known(Game(), models, "en"))
    assert (turned.model, turned.language, turned.outcomes) == (CHINESE, "zh", ())
    assert game.turn_language(turned).language == "en"
    own = AskedModel("x-pretrain-1", "pretrain", "")
    assert known(Game(), (own,), "zh").language == "zh"


def test_a_model_that_reads_the_learners_language_is_taken_once_there_is_one() -> None:
    """But it takes no game away, nor what the learner turned to."""
    models = (CHINESE, SHIPPED)
    state = known(Game(), (SHIPPED,), "zh")
    assert known(state, models, "zh").model == CHINESE
    for begun in (game.rank(state, 0), msgspec.structs.replace(state, outcomes=(Outcome(True, True, True),))):
        assert known(begun, models, "zh") == msgspec.structs.replace(begun, models=models)
        assert known(game.again(begun), models, "zh").model == CHINESE
    picked = game.turn_model(known(state, models, "zh"))
    assert known(game.again(picked), models, "zh").model == SHIPPED
    assert known(game.turn_language(state), models, "zh").model == SHIPPED
    assert known(picked, (CHINESE,), "zh").model == CHINESE


@pytest.mark.parametrize(
    ("model", "models", "language", "said"),
    [
        (SHIPPED, (SHIPPED,), "en", ["you have trained none", "t trains"]),
        (SHIPPED, (ENGLISH, SHIPPED), "en", ["m asks"]),
        (ENGLISH, (ENGLISH, SHIPPED), "en", []),
        (SHIPPED, (SHIPPED,), "zh", ["只懂英语", "按 t", "data=classics"]),
        (ENGLISH, (ENGLISH, SHIPPED), "zh", ["只懂英语", "按 t", "data=classics"]),
        (SHIPPED, (CHINESE, SHIPPED), "zh", ["按 m"]),
        (CHINESE, (CHINESE, SHIPPED), "zh", []),
        (SHIPPED, (), "zh", []),
    ],
)
def test_it_is_said_where_no_model_was_trained_and_where_none_reads_the_language(
    model: AskedModel, models: tuple[AskedModel, ...], language: str, said: list[str]
) -> None:
    """And nothing of what nobody has looked for."""
    line = model_line(model, models, 9, Words(language))
    everything = ("you have trained none", "m asks", "t trains", "只懂英语", "按 t", "按 m", "data=classics")
    assert {text for text in everything if text in line} == set(said)


def test_a_word_that_is_no_single_piece_has_no_place() -> None:
    side = Side((("sea", 0.1), ("lake", 0.2)))
    assert side.order == ("lake", "sea")
    assert (side.place("sea"), side.place("house")) == (2, None)
    assert (Side().order, Side().place("sea")) == ((), None)
    assert agreement(("house", "lake", "sea"), dict(side.asked)) == Agreement(1, 1)


def said_after(before: Side, after: Side) -> str:
    """Return the text of a round that was told, the words ranked as they stand."""
    state = ranked(Game(model=SHIPPED, models=(SHIPPED,)))
    found = Guesses(state.definition.text, 9, ("[CLS]", "[SEP]"), before, after)
    return MaskedDemo.told(msgspec.structs.replace(state, guesses=found), Words("en"))


def test_it_is_said_how_far_the_orders_agree_and_that_none_is_the_truth() -> None:
    """The words stand as wood, water, sand, food."""
    after = Side((("wood", 0.4), ("water", 0.3), ("sand", 0.1), ("food", 0.2)), (("coal", 0.5),))
    before = Side((("wood", 0.1), ("water", 0.2), ("sand", 0.3), ("food", 0.4)), (("##x", 0.5),))
    text = said_after(before, after)
    assert "your order: wood, water, sand, food" in text
    assert "these words: wood 40%, water 30%, food 20%, sand 10%" in text
    assert "Its place: you 2, trained network 2, untrained 3." in text
    assert "5 of 6 pairs of words stand as in the trained network's order; luck gets 3." in text
    assert "With the untrained one 0 of 6" in text
    assert "not the truth" in text


@pytest.mark.parametrize("columns", [76, 80, 160])
def test_a_word_that_is_no_single_piece_stands_last_and_is_said_to_be_none(columns: int) -> None:
    """With the learner's own order whole beside it; no row is wider than the screen."""
    state = ranked(Game(model=SHIPPED, models=(SHIPPED,)), "sand")
    after = Side((("water", 0.3), ("food", 0.4), ("wood", 0.1)), (("coal", 0.5),))
    found = Guesses(state.definition.text, 9, ("[CLS]", "[SEP]"), Side(), after)
    state = msgspec.structs.replace(state, guesses=found)
    lines = [plain(line) for line in MaskedDemo.picture(state, columns, 24, Look(Words("en"), RICH, "en"))]
    assert all(cells(line) <= columns for line in lines)
    first = next(at for at, line in enumerate(lines) if line.startswith("1 "))
    rows = [line.split() for line in lines[first : first + 4]]
    assert [row[1] for row in rows] == ["sand", "wood", "water", "food"]
    assert rows[0][2:4] == ["40%", "food"]
    assert rows[3][-3:-1] == ["no", "single"]
    assert "sand" in rows[3]


def test_where_rows_are_few_the_verdict_is_kept_and_the_likeliest_pieces_are_fewer() -> None:
    """A run's strip takes rows."""
    state = ranked(Game(model=SHIPPED, models=(SHIPPED,)))
    shares = tuple((word, 0.1) for word in state.definition.words)
    side = Side(shares, tuple((f"piece{at}", 0.2) for at in range(5)))
    state = msgspec.structs.replace(state, guesses=Guesses(state.definition.text, 9, ("[CLS]",), side, side))
    seen = {}
    for rows in (18, 21):
        lines = MaskedDemo.picture(state, 78, rows, Look(Words("en"), RICH, "en"))
        seen[rows] = "\n".join(map(plain, lines))
        assert "not the truth" in seen[rows]
        assert "Hidden word put first" in seen[rows]
    assert "piece4" in seen[21]
    assert "piece4" not in seen[18]
    assert "piece0" in seen[18]


def test_a_network_that_knows_no_two_of_the_words_has_no_order() -> None:
    text = said_after(Side(), Side((("wood", 0.4),), (("coal", 0.5),)))
    assert "no order to compare with" in text
    assert "Its place: you 2, trained network none." in text
    assert "before training" not in text
    assert "luck" not in text


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.289, "29%"),
        (0.0996, "10%"),
        (0.0317, "3.2%"),
        (0.00999, "1.0%"),
        (0.00025, "0.025%"),
        (0.0, "0%"),
        (1, "100%"),
        (math.nan, "NaN"),
    ],
)
def test_probabilities_are_told_however_small(share: float, said: str) -> None:
    assert percent(share) == said


async def test_without_a_run_the_model_that_comes_along_is_asked(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words, and what it guessed untrained, are wanted with the first ask."""
    ScriptedBert(own_home, updates=300)  # a classifier fills in no words
    model = FakeModel(shipped_run(own_home), monkeypatch)
    app = demo_app(own_home, "masked")
    async with app.run_test(size=NARROW) as pilot:
        await play(pilot, "b", "d", "a", "c", "enter")
        await eventually(pilot, app, None, "A process that answers is being started.")
        assert "updates" not in shown(app)
        await eventually(pilot, app, model, "Hidden: water.")
        assert "you have trained none" in shown(app)
        assert model.last.words == list(DEFINITIONS["en"][0].words)
        assert model.last.untrained


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_all_of_it_by_keys(own_home: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """Every sentence in the learner's language; the texts are in that of the model."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = demo_app(own_home, "masked", language=language)
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        assert "40" not in shown(app)
        assert_kept(app, f"demo-masked-{language}")
        await play(pilot, "down", "enter", "d", "c", "backspace")
        assert_kept(app, f"demo-masked-ranking-{language}")
        state = await play(pilot, "1", "space", "K", "K", "J", "enter")
        assert state.order == ("water", "food", "sand", "wood")
        assert state.is_told
        assert_kept(app, f"demo-masked-told-{language}")
        for _ in DEFINITIONS["en"][1:]:
            await play(pilot, "enter")
            await eventually(pilot, app, model, "[CLS]")
            await play(pilot, "4", "space", "space", "space", "space")
        state = await play(pilot, "enter")
        assert state.is_over
        assert sum(each.learner for each in state.outcomes) == 3
        assert sum(each.trained for each in state.outcomes) == 2  # it takes whichever word comes first
        assert sum(each.untrained for each in state.outcomes) == 2
        # the model's order is a b c d: of the learner's b d c a two pairs are in it, of d a b c three
        assert [each.agreement for each in state.outcomes] == [Agreement(2, 6), *[Agreement(3, 6)] * 7]
        assert_kept(app, f"demo-masked-over-{language}")
        assert (await play(pilot, "r")).outcomes == ()


async def test_backspace_takes_words_back_then_leads_back(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is half ranked is kept, as the demo is left by esc."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = demo_app(own_home, "masked")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        assert (await play(pilot, "c", "a", "backspace", "backspace")).order == ()
        await pilot.press("c", "a", "escape")
        await settled(pilot)
        assert kept_state(app, "masked")["ranked"] == ["sand", "wood"]
        app.open(["demo", "masked"])
        await settled(pilot)
        assert (await play(pilot, "backspace", "backspace")).order == ()
        await pilot.press("backspace")
        await settled(pilot)
        assert not isinstance(app.screen, DemoScreen)


async def test_a_learner_who_reads_chinese_plays_with_the_model_that_does(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until there is one, with English sentences, and it is said why and how one is trained."""
    app = demo_app(own_home, "masked", language="zh")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, FakeModel(shipped_run(own_home), monkeypatch), "[CLS]")
        assert "它只懂英语" in shown(app)
        assert "a vessel for boiling" in shown(app)
        wished: list[Any] = []
        monkeypatch.setattr(app, "train", lambda kind, wishes, preset="": wished.append((kind, wishes["data"])))
        await play(pilot, "t")
        assert wished == [("pretrain", "classics")]
    run = scripted_run(own_home, of=ScriptedPretrain, updates=500, wishes={"data": "classics"})
    model = FakeModel(run, monkeypatch)
    app = demo_app(own_home, "masked", language="zh")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "子[MASK]：学而时习之")
        await eventually(pilot, app, model, "[CLS]")
        assert "它只懂英语" not in shown(app)
        state = await play(pilot, "b", "a", "d", "c", "enter")
        assert state.order == ("曰", "人", "不", "天")
        assert_kept(app, "demo-masked-chinese-told-zh")


async def test_chinese_is_read_a_character_a_piece_and_what_a_model_cannot_read_is_said(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """x shows it, with a model that has read no Chinese too."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    note = Note(code="ask-unknown-all", sentence="Never seen.")
    app = demo_app(own_home, "masked")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        model.change = lambda answer: msgspec.structs.replace(answer, notes=[note])
        state = await play(pilot, "x")
        assert state.language == "zh"
        await eventually(pilot, app, model, "学而时习之")
        await eventually(pilot, app, model, "[CLS]")
        await play(pilot, *"abcd", "enter")
        await eventually(pilot, app, model, "Never seen.")
        assert model.last.text == DEFINITIONS["zh"][0].text


async def test_the_game_is_kept_across_a_dropped_line(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The round, the score and the model."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = demo_app(own_home, "masked")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        await play(pilot, *"badc", "enter", "enter", "c")
        await pilot.press("escape")
        await settled(pilot)
        assert len(kept_state(app, "masked")["outcomes"]) == 1
    app = demo_app(own_home, "masked")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "2/8")
        state = await play(pilot)
        assert state.outcomes == (Outcome(True, False, False, Agreement(4, 6)),)
        assert state.order == (state.definition.words[2],)


async def test_what_strangers_wrote_reaches_no_terminal(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words of a vocabulary are foreign text."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)

    def poison(answer: Any) -> Any:
        masks = [
            msgspec.structs.replace(
                masked, guesses=[msgspec.structs.replace(guess, word="\x1b[31m") for guess in masked.guesses]
            )
            for masked in answer.masks
        ]
        return msgspec.structs.replace(answer, masks=masks)

    model.change = poison
    app = demo_app(own_home, "masked")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        await play(pilot, *"abcd", "enter")
        assert "␛[31m" in shown(app)
        assert "\x1b" not in shown(app)


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_with_room(own_home: Path, monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    """160x45, told."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = demo_app(own_home, "masked", theme=theme)
    async with app.run_test(size=ROOMY) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        await play(pilot, *"badc", "enter")
        assert_kept(app, f"demo-masked-{theme}-160x45")


async def test_in_ascii(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = demo_app(own_home, "masked", measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        await play(pilot, *"bad")
        assert shown(app).isascii()
        await play(pilot, "c", "enter")
        assert "40%" in shown(app)
        assert shown(app).isascii()


async def test_as_text(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is told in it either before the choice is made."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = demo_app(own_home, "masked")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        await play(pilot, *"bad", "T")
        assert "40%" not in shown(app)
        assert "your order: water, wood, food" in shown(app)
        await play(pilot, "T", "c", "enter", "T")
        assert "40%" in shown(app)


def test_what_is_kept_is_read_again() -> None:
    state = ranked(answered(known(Game(), (SHIPPED,), "en"), after="water", before="sand"), "food")
    kept = msgspec.json.decode(msgspec.json.encode(MaskedDemo.keep(state)))
    assert MaskedDemo.read(kept) == msgspec.structs.replace(state, models=())
    assert MaskedDemo.read({"cursor": -1}) == Game()


def test_what_was_kept_of_other_sentences_or_another_game_is_left_out() -> None:
    state = MaskedDemo.read({"ranked": ["water", "coal", "water"], "is_confirmed": True})
    assert (state.order, state.is_locked) == (("water",), False)
    old = {"choice": 2, "is_locked": True, "outcomes": [{"learner": True, "trained": False, "untrained": True}]}
    state = MaskedDemo.read(old)
    assert state == Game(outcomes=(Outcome(True, False, True),))
    assert not state.is_locked
