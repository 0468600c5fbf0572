"""The masked-token game: a choice before the answer, a score of three, and a model that is asked."""

from __future__ import annotations

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
from tui.widgets.demos.masked import MaskedDemo, percent
from tui.words import LANGUAGES

CHINESE = AskedModel("20261123-141502-pretrain-7f3a", "pretrain", "zh")


def answered(state: Game, *, after: str, before: str) -> Game:
    """Return the game with an answer in which two words are the likeliest, untrained and trained."""
    words = state.definition.words

    def side(best: str) -> Side:
        return Side(tuple((word, 0.5 if word == best else 0.1) for word in words), ((best, 0.5),))

    found = Guesses(state.definition.text, 9, ("[CLS]", "[SEP]"), side(before), side(after))
    return msgspec.structs.replace(state, guesses=found)


def other(state: Game) -> str:
    """Return a word that was not hidden."""
    return next(word for word in state.definition.words if word != state.definition.hidden)


def to_hidden(state: Game) -> Game:
    """Return the game with the hidden word chosen."""
    return game.choose(state, state.definition.words.index(state.definition.hidden))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_hides_one_of_its_words_and_none_is_always_at_the_same_place(language: Any) -> None:
    rounds = DEFINITIONS[language]
    assert all(each.text.count("[MASK]") == 1 for each in rounds)
    assert all(each.hidden in each.words and len(set(each.words)) == 4 for each in rounds)
    places = [each.words.index(each.hidden) for each in rounds]
    assert max(map(places.count, places)) <= 3
    assert all(len(each.hidden) == 1 for each in rounds) or language == "en"


def test_nothing_is_told_before_the_choice_is_locked_nor_before_the_model_has_answered() -> None:
    state = Game()
    assert not game.enter(state).is_told
    early = answered(state, after="water", before="wood")
    assert not early.is_told
    assert game.enter(early).is_told
    late = answered(game.enter(state), after="water", before="wood")
    assert late.is_told
    assert game.move(late, 1) == game.choose(late, 3) == late


def test_the_answer_to_another_sentence_tells_nothing() -> None:
    state = game.enter(answered(to_hidden(Game()), after="water", before="wood"))
    following = game.enter(state)
    assert following.definition != state.definition
    assert (following.answer, following.is_locked) == (None, False)
    assert not game.enter(following).is_told
    assert game.enter(game.enter(following)) == game.enter(following)


def test_the_score_counts_all_three() -> None:
    state = Game()
    for at in range(len(state.rounds)):
        hidden, wrong = state.definition.hidden, other(state)
        state = answered(state, after=hidden, before=hidden if at % 2 else wrong)
        state = game.enter(to_hidden(state) if at % 4 == 0 else game.choose(state, state.definition.words.index(wrong)))
        assert len(state.score) == at + 1
        state = game.enter(state)
    assert state.is_over
    assert (state.answer, state.is_told, game.enter(state)) == (None, False, state)
    assert state.outcomes.count(Outcome(learner=True, trained=True, untrained=False)) == 2
    assert [
        sum(found) for found in zip(*((o.learner, o.trained, o.untrained) for o in state.outcomes), strict=True)
    ] == [
        2,
        8,
        4,
    ]
    assert game.again(state).outcomes == ()


@given(st.lists(st.integers(-5, 5), max_size=20))
def test_the_choice_stays_among_the_words(moves: list[int]) -> None:
    state = Game()
    for by in moves:
        state = game.move(game.choose(state, by), by)
        assert state.chosen in state.definition.words


def test_the_sentences_are_in_the_language_that_the_model_has_read() -> None:
    models = (CHINESE, SHIPPED)
    assert known(Game(), models, "zh").language == "zh"
    assert known(Game(), models, "en").model == SHIPPED
    state = known(Game(), (SHIPPED,), "zh")
    assert (state.model, state.language) == (SHIPPED, "en")
    state = known(msgspec.structs.replace(state, outcomes=(Outcome(True, True, True),)), models, "zh")
    assert state.model == SHIPPED
    turned = game.turn_model(state)
    assert (turned.model, turned.language, turned.outcomes) == (CHINESE, "zh", ())
    assert game.turn_language(turned).language == "en"
    own = AskedModel("x-pretrain-1", "pretrain", "")
    assert known(Game(), (own,), "zh").language == "zh"


def test_a_word_that_is_no_single_piece_is_no_ones_choice() -> None:
    side = Side((("sea", 0.1), ("lake", 0.2)))
    assert side.choice == "lake"
    assert side.of("house") is None
    assert Side().choice == ""


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
        await play(pilot, "2", "enter")
        await eventually(pilot, app, None, "A process that answers is being started.")
        assert "after" not in shown(app)
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
        await play(pilot, "down", "up", "2", "enter")
        await settled(pilot)
        assert_kept(app, f"demo-masked-told-{language}")
        for _ in DEFINITIONS["en"][1:]:
            await play(pilot, "enter")
            await eventually(pilot, app, model, "[CLS]")
            await play(pilot, "4", "space")
        state = await play(pilot, "enter")
        assert state.is_over
        assert sum(each.learner for each in state.outcomes) == 3
        assert sum(each.trained for each in state.outcomes) == 2  # it takes whichever word comes first
        assert sum(each.untrained for each in state.outcomes) == 2
        assert_kept(app, f"demo-masked-over-{language}")
        assert (await play(pilot, "r")).outcomes == ()


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
        await play(pilot, "enter")
        await eventually(pilot, app, model, "Never seen.")
        assert model.last.text == DEFINITIONS["zh"][0].text


async def test_the_game_is_kept_across_a_dropped_line(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The round, the score and the model."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = demo_app(own_home, "masked")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        await play(pilot, "2", "enter", "enter")
        await pilot.press("escape")
        await settled(pilot)
        assert len(kept_state(app, "masked")["outcomes"]) == 1
    app = demo_app(own_home, "masked")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "2/8")
        assert (await play(pilot)).outcomes == (Outcome(learner=True, trained=False, untrained=False),)


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
        await play(pilot, "enter")
        assert "␛[31m" in shown(app)
        assert "\x1b" not in shown(app)


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_with_room(own_home: Path, monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    """160x45, told."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = demo_app(own_home, "masked", theme=theme)
    async with app.run_test(size=ROOMY) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        await play(pilot, "2", "enter")
        assert_kept(app, f"demo-masked-{theme}-160x45")


async def test_in_ascii(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = demo_app(own_home, "masked", measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        await play(pilot, "2", "enter")
        assert shown(app).isascii()


async def test_as_text(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is told in it either before the choice is made."""
    model = FakeModel(scripted_run(own_home, of=ScriptedPretrain, updates=500), monkeypatch)
    app = demo_app(own_home, "masked")
    async with app.run_test(size=NARROW) as pilot:
        await eventually(pilot, app, model, "[CLS]")
        await play(pilot, "T")
        assert "40%" not in shown(app)
        await play(pilot, "T", "2", "enter", "T")
        assert "40%" in shown(app)


def test_what_is_kept_is_read_again() -> None:
    state = game.enter(answered(known(Game(), (SHIPPED,), "en"), after="water", before="sand"))
    kept = msgspec.json.decode(msgspec.json.encode(MaskedDemo.keep(state)))
    assert MaskedDemo.read(kept) == msgspec.structs.replace(state, models=())
    assert MaskedDemo.read({"choice": -1}) == Game()
