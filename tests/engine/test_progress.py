"""The fold: whatever the blocks, the same progress; a resumed run keeps its old tail as a ghost."""

from __future__ import annotations

import math
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from engine.events import (
    Acknowledged,
    Attempted,
    Beat,
    Downloading,
    Dropped,
    Ended,
    Evaluated,
    Event,
    Loading,
    Planned,
    Queued,
    Saved,
    Updated,
)
from engine.events import Tested as LookedAtTestSet  # pytest would collect a name that begins with Test
from engine.reading.progress import MAX_GAP, Progress

finite = st.floats(allow_nan=False, width=64)


def attempted(number: int, first: int, time: float = 0.0) -> Attempted:
    return Attempted(time=time, number=number, first_update=first, host="here", pid=number)


def block(first: int, losses: list[float], rates: tuple[float, ...] = (0.1,), norms: tuple[float, ...] = ()) -> Updated:
    return Updated(time=float(first), first=first, losses=tuple(losses), rates=rates, norms=norms)


def planned(updates: int = 1250, each: int = 125) -> Planned:
    return Planned(
        time=1.0,
        updates=updates,
        epochs=math.ceil(updates / each),
        updates_per_epoch=each,
        parameters=1,
        examples={},
        classes=[],
        threads=1,
        device="cpu",
        versions={},
        shape="",
        chance_loss=math.log(10),
        source="",
    )


def evaluated(epoch: int, update: int, loss: float = 1.0) -> Evaluated:
    return Evaluated(
        time=float(update),
        epoch=epoch,
        update=update,
        train_loss=loss,
        train_accuracy=0.5,
        val_loss=loss,
        val_accuracy=0.5,
        confusion=[],
        worst=[],
        arrays="",
        seconds=0.1,
    )


def folded(*events: Event) -> Progress:
    return reduce(Progress.after, events, Progress())


def beat(update: int = 0, time: float = 9.0) -> Beat:
    return Beat(
        time=time,
        update=update,
        updates_per_second=1,
        max_updates_per_second=2,
        memory_bytes=3,
        seconds_left=math.nan,
        seconds_left_low=math.nan,
        seconds_left_high=math.nan,
    )


@given(st.lists(finite, max_size=200), st.lists(st.integers(1, 60), min_size=1))
def test_the_size_of_blocks_changes_nothing(losses: list[float], sizes: list[int]) -> None:
    progress, at, turn = folded(attempted(1, 1)), 0, 0
    while at < len(losses):
        size = sizes[turn % len(sizes)]
        progress = progress.after(block(at + 1, losses[at : at + size]))
        at, turn = at + size, turn + 1
    assert list(progress.losses) == losses
    assert progress.update == len(losses) == len(progress.rates) == len(progress.norms)
    assert set(progress.rates) <= {0.1}


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=1, max_size=8))
def test_resuming_replaces_the_overlap_and_keeps_it_as_a_ghost(plan: list[tuple[int, int]]) -> None:
    """Each attempt goes on from somewhere it has been, or right after, and does some updates."""
    progress = Progress()
    curve: list[float] = []
    ghosts: list[tuple[int, list[float]]] = []
    for number, (back, count) in enumerate(plan, 1):
        first = max(1, len(curve) + 2 - back)
        if first <= len(curve):
            ghosts.append((first, curve[first - 1 :]))
        curve = curve[: first - 1] + [float(number)] * count
        progress = progress.after(attempted(number, first)).after(block(first, [float(number)] * count))
    assert list(progress.losses) == curve
    assert [(first, list(series)) for first, series in progress.ghost] == ghosts
    assert all(series.first == first for first, series in progress.ghost)
    assert progress.missing == 0


def test_earlier_values_stay_as_they_were_when_the_run_goes_on() -> None:
    early = folded(attempted(1, 1), block(1, [3.0, 2.0]))
    late = early.after(block(3, [1.0])).after(attempted(2, 2)).after(block(2, [9.0]))
    assert list(early.losses) == [3.0, 2.0]
    assert list(late.losses) == [3.0, 9.0]
    assert early.ghost == ()


def test_a_new_attempt_forgets_what_it_will_do_again() -> None:
    ended = Ended(time=8, state="stopped", update=250)
    tested = LookedAtTestSet(time=7, loss=1, accuracy=0.5, confusion=[])
    saved = Saved(time=6, update=250, name="x", seconds=0.1)
    before = folded(
        attempted(1, 1),
        planned(),
        block(1, [1.0] * 250),
        evaluated(0, 0),
        evaluated(1, 125),
        evaluated(2, 250),
    )
    after = before
    for event in (saved, tested, ended, beat(), attempted(2, 201, 20.0)):
        after = after.after(event)
    assert [old.epoch for old in after.evaluations] == [0, 1]
    assert (after.tested, after.ended, after.saved, after.beat, after.phase) == (
        None,
        None,
        None,
        None,
        "starting",
    )
    assert after.planned is not None
    kept = before.after(saved).after(attempted(2, 251))
    assert kept.saved == saved


def test_an_epoch_that_is_evaluated_again_is_replaced() -> None:
    progress = folded(evaluated(0, 0), evaluated(1, 125, 2.0), evaluated(1, 125, 1.0))
    assert [(old.epoch, old.val_loss) for old in progress.evaluations] == [(0, 1.0), (1, 1.0)]
    assert progress.points("val_loss").xs == (0.0, 125.0)


def test_updates_that_were_lost_are_a_gap_of_nan_and_counted() -> None:
    progress = folded(block(1, [1.0]), block(4, [2.0]), Dropped(time=5, events=3))
    assert progress.losses[0] == 1.0
    assert math.isnan(progress.losses[1])
    assert math.isnan(progress.rates[2])
    assert progress.losses[3] == 2.0
    assert (progress.missing, progress.dropped, progress.update) == (2, 3, 4)


def test_a_block_from_nowhere_is_not_believed() -> None:
    progress = folded(block(1, [1.0]), block(MAX_GAP + 3, [2.0]), block(-5, [2.0]))
    assert list(progress.losses) == [1.0]
    assert progress.missing == 2


def test_a_block_that_repeats_updates_replaces_them() -> None:
    assert list(folded(block(1, [1.0, 2.0, 3.0]), block(2, [8.0])).losses) == [1.0, 8.0]


def test_rates_that_change_within_a_block_are_kept_and_missing_norms_are_nan() -> None:
    progress = folded(block(1, [1.0, 2.0], rates=(0.1, 0.2)), block(3, [1.0, 2.0], rates=(0.3,), norms=(0.5, 0.25)))
    assert list(progress.rates) == [0.1, 0.2, 0.3, 0.3]
    assert math.isnan(progress.norms[0])
    assert list(progress.norms.tail(2)) == [0.5, 0.25]


def test_phases_follow_the_life_of_a_run() -> None:
    life: list[tuple[Event, str]] = [
        (attempted(1, 1), "starting"),
        (Queued(time=1, ahead=1), "queued"),
        (beat(), "queued"),
        (Loading(time=2, what="torch"), "starting"),
        (Downloading(time=3, what="mnist", done_bytes=1, total_bytes=2), "starting"),
        (planned(), "starting"),
        (evaluated(0, 0), "running"),
        (block(1, [1.0]), "running"),
        (Acknowledged(time=4, state="paused", pace=80, until_update=0, update=1), "paused"),
        (Saved(time=4, update=1, name="x", seconds=0.1), "paused"),
        (beat(), "paused"),
        (Acknowledged(time=5, state="running", pace=80, until_update=2, update=1), "running"),
        (block(2, [1.0]), "running"),
        (Loading(time=6, what="test set"), "running"),
        (Ended(time=7, state="finished", update=2), "finished"),
    ]
    progress = Progress()
    for event, phase in life:
        progress = progress.after(event)
        assert progress.phase == phase, event
    assert progress.loading == ""
    assert progress.queued is None


def test_epochs_are_counted_from_the_plan() -> None:
    start = folded(planned())
    assert (start.epoch, start.whole_epochs, start.fraction) == (0, 0, 0.0)
    inside = start.after(block(1, [1.0] * 126))
    assert (inside.epoch, inside.whole_epochs) == (2, 1)
    assert inside.fraction == 126 / 1250
    assert Progress().epoch == 0
    assert Progress().fraction == 0.0


def test_a_last_epoch_that_is_shorter_is_over_at_the_end() -> None:
    """As that of pre-training, which is checked every so many updates."""
    found = [folded(planned(12, 5), block(1, [1.0] * count)).whole_epochs for count in (4, 5, 11, 12)]
    assert found == [0, 1, 2, 3]


def test_time_of_all_attempts_adds_up_without_the_time_between() -> None:
    progress = folded(attempted(1, 1, 100.0), beat(time=110.0), attempted(2, 1, 500.0), beat(time=505.0))
    assert progress.seconds == 15.0
    assert progress.began == 100.0
    assert progress.after(beat(time=400.0)).seconds == 10.0  # the clock was set back: no negative time
