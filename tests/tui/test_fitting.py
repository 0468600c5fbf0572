"""Fitting the schedule, in the app and by the command: in the background, and refused where it is worse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from content.memory.day import date_of
from content.memory.entry import Entry
from content.memory.merging import merge
from content.memory.parcel import Parcel
from content.memory.record import Record, open_record
from content.memory.reviews import reviews, usable_in
from content.memory.schedule import Plan
from engine.errors import RunError
from engine.fitting.reviews import Fit, Reviews, usable
from engine.runs.telling import Told
from tests.content.test_record import answer
from tests.engine.simulated_reviews import LONG, simulated
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled, until
from tests.tui.test_keeping import told
from tui import fitting as half
from tui.__main__ import main
from tui.commands.record import fit as command
from tui.fitting import FittingApp, reviews_of

FIT = Fit(parameters=LONG, before=0.41, after=0.37, reviews=540, used=540, seconds=3.0)
WORSE = msgspec.structs.replace(FIT, after=0.42)


def answered(record: Record, cards: int, each: int = 10) -> tuple[tuple[int, int, int], ...]:
    """Put simulated reviews into a record as answers, and return them."""
    given = simulated(LONG, cards=cards, each=each, seed=3)
    entries = []
    for number, (card, day, rating) in enumerate(given):
        base = answer(f"i{card}", right=rating > 1)
        fields = {**msgspec.structs.asdict(base), "confidence": 3 if rating == 3 else 2, "hints": 0}
        entries.append(Entry(**fields, uuid=f"u{number}", time=f"{date_of(day)}T12:00:00.000000Z"))
    merge(record, Parcel(tuple(entries)))
    return given


class Process:
    """A process that finds what it is told to find, after a while."""

    found: Fit | RunError = FIT
    given: Reviews
    stopped = 0

    def __init__(self, given: Reviews) -> None:
        type(self).given = given
        self.now = Told(doing="fitting", what="2/5")
        self._polls = 0

    def poll(self) -> Fit | None:
        self._polls += 1
        if self._polls < 3:
            return None
        if isinstance(self.found, RunError):
            raise self.found
        return self.found

    def stop(self) -> None:
        type(self).stopped += 1


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> type[Process]:
    """Fit without a process, and quickly."""

    class Own(Process):
        pass

    monkeypatch.setattr(half, "Fitting", Own)
    monkeypatch.setattr(command, "Fitting", Own)
    monkeypatch.setattr(half, "LOOK_SECONDS", 0.01)
    return Own


def test_reviews_are_the_first_answers_of_days_as_the_schedule_takes_them() -> None:
    record = open_record(None).record
    given = answered(record, 7, 9)
    names: dict[str, int] = {f"i{card}": card for card, _, _ in given}
    found = reviews(record)
    assert len(found) == len(given)
    by_card: dict[int, list[tuple[int, int]]] = {}
    for card, day, rating in found:
        by_card.setdefault(card, []).append((day, rating))
    expected: dict[int, list[tuple[int, int]]] = {}
    for card, day, rating in given:
        expected.setdefault(card, []).append((day, rating))
    assert sorted(map(sorted, by_card.values())) == sorted(map(sorted, expected.values()))
    assert len(names) == len(by_card)
    assert usable_in(record) == usable(found) == 7 * 8
    assert reviews_of(record) == Reviews(reviews=found)


def test_of_one_question_sixty_four_reviews_count() -> None:
    record = open_record(None).record
    answered(record, 1, 80)
    assert usable_in(record) == 0  # nothing is derived yet
    assert usable(reviews(record)) == usable_in(record) == 63


async def fitted(app: FittingApp, pilot: Any) -> None:
    """Wait until the fit has ended and everything was said."""
    await until(pilot, lambda: app.fitting is None)
    await settled(pilot)
    await settled(pilot)


async def test_better_parameters_are_taken_over_in_the_background(own_home: Path, process: type[Process]) -> None:
    """The learner is told both losses; the retention of their own choosing stays."""
    app = app_on(own_home, first=[["settings"]])
    app.record.keep_plan(Plan(retention=0.85))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "standard (FSRS)" in shown(app)
        await pilot.press("end", "enter")
        await fitted(app, pilot)
        assert told(app)[0].startswith("The schedule is being fitted")
        assert "fell from 0.4100 to 0.3700" in told(app)[-1]
        assert app.record.plan == Plan(parameters=LONG, retention=0.85)
        assert "fitted to you" in shown(app)


async def test_parameters_that_are_worse_are_refused(own_home: Path, process: type[Process]) -> None:
    process.found = WORSE
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.action_fit()
        await fitted(app, pilot)
        assert "no better" in told(app)[-1]
        assert app.record.plan == Plan()


async def test_a_second_wish_says_how_far_it_is_and_quitting_ends_it(
    own_home: Path, process: type[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(half, "LOOK_SECONDS", 60.0)
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.action_fit()
        app.action_fit()
        await pilot.pause()
        assert told(app)[-1].endswith("2/5")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert process.stopped == 1


async def test_a_fit_that_fails_is_a_sentence_and_changes_nothing(own_home: Path, process: type[Process]) -> None:
    process.found = RunError("The parameters could not be fitted: no", code="fit-failed", why="no")
    app = app_on(own_home, language="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.action_fit()
        await fitted(app, pilot)
        assert told(app)[-1] == "参数拟合失败（no）。"
        assert app.record.plan == Plan()
        app.action_fit()  # and it can be tried again
        assert app.fitting is not None


async def test_with_too_few_reviews_it_says_how_many_there_are(own_home: Path) -> None:
    """From the palette, where it is found by a few letters."""
    app = app_on(own_home)
    answered(app.record, 3)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await settled(pilot)
        await pilot.press(*"schedule to my")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert told(app)[-1].startswith("27 reviews can be used, 512 are needed")
        assert app.fitting is None


def plan(home: Path) -> Plan:
    record = open_record(home / "record.sqlite").record
    found = record.plan
    record.close()
    return found


def test_the_command_fits_and_goes_back(
    own_home: Path, process: type[Process], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["record", "fit"]) == 0
    assert "fell from 0.4100 to 0.3700" in capsys.readouterr().out
    assert plan(own_home).parameters == LONG
    process.found = WORSE
    assert main(["record", "fit", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["taken"], said["before"], said["after"], said["reviews"]) == (False, 0.41, 0.42, 540)
    assert process.given.parameters == LONG
    assert main(["record", "fit", "--reset"]) == 0
    assert "standard parameters (FSRS's own) again" in capsys.readouterr().out
    assert plan(own_home) == Plan()


def test_the_command_says_why_it_cannot(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", "fit", "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["code"] == "fit-few"
    assert said.err.startswith("learncurve: 0 reviews can be used")


@pytest.mark.torch
def test_answers_go_through_the_real_process_to_another_schedule(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the log to parameters, and from those to other days of return."""
    record = open_record(own_home / "record.sqlite").record
    answered(record, 57)
    before = record.cards("small")
    record.close()
    assert main(["record", "fit", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["taken"]
    assert said["after"] < said["before"]
    record = open_record(own_home / "record.sqlite").record
    assert record.plan.parameters == tuple(said["parameters"])
    after = record.cards("small")
    assert after.keys() == before.keys()
    assert sum(after[key].due > before[key].due for key in after) > len(after) / 2  # this learner forgets later
    record.close()
