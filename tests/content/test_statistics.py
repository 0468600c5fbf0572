"""Figures of the learner, summed up from the cards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from content.memory.record import Record, open_record
from content.memory.statistics import Hard, Studied, Trust, statistics
from tests.content.test_record import Clock, answer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def record(clock: Clock) -> Iterator[Record]:
    opened = open_record(None, clock=clock).record
    yield opened
    opened.close()


def test_an_empty_record_has_no_figures(record: Record) -> None:
    said = statistics(record, "small", [("a", 1)], ahead=3)
    assert (said.days, said.hard, said.slips, said.coming, said.brier) == ((), (), (), (0, 0, 0), None)


def test_days_trust_hard_ones_slips_and_what_is_coming(record: Record, clock: Clock) -> None:
    record.save(replace(answer("a", right=False), confidence=3))
    record.save(replace(answer("a", right=False), confidence=2))
    record.save(replace(answer("a"), confidence=1))
    clock.move(days=1)
    record.save(replace(answer("b"), confidence=3, hints=0))
    gone = record.save(replace(answer("gone", right=False), confidence=3))
    said = statistics(record, "small", [("a", 1), ("b", 1)], ahead=4)
    today = record.today
    assert said.days == (Studied(today - 1, 3, 1, 37.5), Studied(today, 2, 1, 25.0))
    assert said.trust == (Trust(1, 1, 1), Trust(2, 1, 0), Trust(3, 3, 1))
    assert said.hard == (Hard("a", 3, 1, 0),)
    assert said.slips == (("log-base", 3),)
    assert said.coming == (1, 0, 1, 0)  # "a" was due a day after it was missed, "b" in two days
    assert (said.answers, said.rights, said.seconds) == (5, 2, 62.5)
    squares = (0.7**2) + 0.6**2 + 2 * 0.95**2 + 0.05**2
    assert said.brier == pytest.approx(squares / 5)
    clock.move(days=9)
    assert statistics(record, "small", [("a", 1), ("b", 1)], ahead=4).coming == (2, 0, 0, 0)  # overdue: today
    record.void(gone.uuid)
    assert statistics(record, "small", []).slips == (("log-base", 2),)
