"""The parameter ladder: what is placed, told and parted, and how it is played."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from engine.errors import RunError
from engine.reading.zoo import Zoo
from engine.runs.store import Runs
from engine.runs.telling import Told
from tests.known_zoo import known_zoo, put_zoo
from tests.tui.app_on import shown
from tests.tui.calm import until
from tests.tui.demos.playing import NARROW, ROOMY, demo_app, play, settled
from tests.tui.grid import assert_kept
from tui.demos import ladder
from tui.demos.ladder import ASKED, LEAST, MOST, Ladder, counted
from tui.supplies.ladder import LadderSupply
from tui.supplies.supply import Surroundings
from tui.watch import Watch
from tui.widgets.demos.ladder import LadderDemo
from tui.widgets.zoo.figures import amount

moves = st.lists(st.sampled_from([-10, -1, 1, 10]), max_size=30)


@pytest.fixture
def begun() -> Ladder:
    """The ladder with real counts, nothing placed."""
    return counted(Ladder(), known_zoo())


def done(state: Ladder) -> Ladder:
    """Return the ladder with all models placed where the mark is."""
    while state.asked is not None:
        state = ladder.place(state)
    return state


def test_the_counts_are_those_of_the_zoo(begun: Ladder) -> None:
    counts = {model.name: model.parameters for model in known_zoo().models}
    assert [rung.name for rung in begun.rungs] == list(ASKED)
    assert all(rung.parameters == counts[rung.name] for rung in begun.rungs)
    assert all(LEAST <= rung.power <= MOST for rung in begun.rungs)
    assert begun.rungs[-1].power == pytest.approx(116.1, abs=0.05)  # log10 of 405.85e9, ten times


def test_a_size_is_told_only_once_its_model_is_placed(begun: Ladder) -> None:
    for at, name in enumerate(ASKED):
        assert begun.asked is not None
        assert begun.asked.name == name
        assert len(begun.told) == at
        begun = ladder.place(begun)
    assert begun.is_over
    assert ladder.place(begun) == begun


def test_a_miss_is_a_factor(begun: Ladder) -> None:
    state = ladder.place(msgspec.structs.replace(begun, mark=90))  # BERT base at a billion
    assert ladder.factor(state.miss(0)) == pytest.approx(1e9 / 109_482_240)
    assert state.miss(0) > 0
    state = ladder.place(msgspec.structs.replace(state, mark=50))  # the MLP, very near
    assert ladder.typical_factor(state) == pytest.approx(math.sqrt(1e9 / 109_482_240 * 101_770 / 1e5))


@given(moves)
def test_mark_and_line_stay_on_the_axis(by: list[int]) -> None:
    state = counted(Ladder(), known_zoo())
    for step in by:
        state = ladder.shift(ladder.move(state, step), -step)
        assert LEAST <= state.mark <= MOST
        assert LEAST <= state.line <= MOST


@given(st.integers(LEAST, MOST), moves)
def test_labels_turn_exactly_where_the_line_passes(line: int, by: list[int]) -> None:
    state = msgspec.structs.replace(done(counted(Ladder(), known_zoo())), line=line)
    for step in by:
        moved = ladder.move(state, step)
        turned = {rung.name for rung in state.rungs if state.is_large(rung) != moved.is_large(rung)}
        if moved.line != state.line:
            assert set(moved.turned) == turned
        assert all(moved.is_large(rung) == (rung.parameters >= 10 ** (moved.line / 10)) for rung in moved.rungs)
        state = moved


def test_by_the_articles_rule_bert_is_not_large_and_by_another_gpt_2_is_not_either(begun: Ladder) -> None:
    state = done(begun)
    assert {rung.name for rung in state.rungs if state.is_large(rung)} == {"gpt2-xl", "gpt3", "llama3.1-405b"}
    assert ladder.move(state, 10).turned == ("gpt2-xl",)
    assert set(ladder.move(state, -10).turned) == {"bert-base", "vgg16", "bert-large"}


def test_beginning_anew_keeps_the_counts(begun: Ladder) -> None:
    assert ladder.again(done(ladder.shift(begun, 5))) == begun


@pytest.mark.parametrize(
    ("number", "en", "zh"),
    [
        (100_000, "100k", "10 万"),
        (1_300_000, "1.3M", "130 万"),
        (10_000_000, "10M", "1,000 万"),
        (10**12, "1T", "1 万亿"),
    ],
)
def test_round_numbers_are_written_as_people_say_them(number: int, en: str, zh: str) -> None:
    assert (amount(number, "en", rounded=True), amount(number, "zh", rounded=True)) == (en, zh)
    assert amount(1_557_611_200, "zh") == "15.6 亿"


def supply(home: Path) -> LadderSupply:
    runs = Runs(home)
    return LadderSupply(Surroundings(runs, Watch(runs), lambda: "en"))


def test_while_it_is_counted_no_number_is_known_and_then_all_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was remembered from before is not shown either: other releases may build other models."""
    found: list[Zoo] = []

    class Counting:
        now = Told(doing="building", what="gpt3")

        def __init__(self, home: Path) -> None:
            pass

        def poll(self) -> Any:
            return found[0] if found else None

    monkeypatch.setattr("tui.supplies.ladder.Counting", Counting)
    old = ladder.place(counted(Ladder(), known_zoo()))
    given = supply(tmp_path)
    state = given.look(old)
    assert (state.rungs, state.doing, state.what) == ((), "building", "gpt3")
    assert state.placed == old.placed
    assert given.look(state) == state
    found.append(known_zoo())
    assert given.look(state) == old


def test_a_count_that_fails_is_a_sentence_and_is_tried_again_when_the_learner_wants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []

    class Counting:
        now = Told()

        def __init__(self, home: Path) -> None:
            begun.append(home)
            raise RunError("No room.", code="zoo-failed", why="no room")

    monkeypatch.setattr("tui.supplies.ladder.Counting", Counting)
    given = supply(tmp_path)
    state = given.look(Ladder())
    assert state.problem is not None
    assert given.look(state) == state
    assert len(begun) == 1
    assert given.look(ladder.again(state)).problem is not None
    assert len(begun) == 2


async def there(pilot: Pilot[str]) -> None:
    """Wait until the zoo that is kept was read: before, there is nothing to place."""
    await settled(pilot)
    await until(pilot, lambda: pilot.app.screen.query_one(LadderDemo).state.rungs)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_all_of_it_by_keys(own_home: Path, language: str) -> None:
    """Nine models are placed, then the line is moved; every sentence in the learner's language."""
    put_zoo(own_home)
    app = demo_app(own_home, "ladder", language=language)
    async with app.run_test(size=NARROW) as pilot:
        await there(pilot)
        state = await play(pilot, "left", "left", "down", "enter", "down", "down", "down", "l", "enter")
        assert state.placed == (83, 54)
        assert_kept(app, f"demo-ladder-{language}")
        state = await play(pilot, "minus", *["enter"] * 7)
        assert state.is_over
        assert state.line == 89
        state = await play(pilot, "right", "up", "left")
        assert (state.line, state.turned) == (99, ())
        state = await play(pilot, "down", "down")
        assert state.line == 79
        assert_kept(app, f"demo-ladder-over-{language}")
        assert await play(pilot, "r") == counted(Ladder(), known_zoo())


async def test_while_it_is_counted_the_screen_says_so(own_home: Path) -> None:
    """And no key does anything."""
    app = demo_app(own_home, "ladder")
    async with app.run_test(size=NARROW) as pilot:
        state = await play(pilot, "right", "enter", "equals_sign")
        while not state.doing:
            state = await play(pilot)
        assert (state.placed, state.mark, state.line) == ((), 95, 90)
        assert "Loading torch." in shown(app)


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_with_room(own_home: Path, theme: str) -> None:
    """160x45, all placed."""
    put_zoo(own_home)
    app = demo_app(own_home, "ladder", theme=theme)
    async with app.run_test(size=ROOMY) as pilot:
        await there(pilot)
        await play(pilot, *["enter", "up"] * 2, *["enter", "down"] * 4, *["enter"] * 3)
        assert_kept(app, f"demo-ladder-{theme}-160x45")


async def test_in_ascii(own_home: Path) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    put_zoo(own_home)
    app = demo_app(own_home, "ladder", measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await there(pilot)
        await play(pilot, *["enter"] * 9, "left")
        assert shown(app).isascii()


def test_what_is_kept_is_read_again(begun: Ladder) -> None:
    state = ladder.shift(ladder.place(begun), 3)
    kept = msgspec.json.decode(msgspec.json.encode(LadderDemo.keep(state)))
    assert LadderDemo.read(kept) == msgspec.structs.replace(state, turned=())
    assert LadderDemo.read({"placed": [1000], "rungs": 3}) == Ladder()
