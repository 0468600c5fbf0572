"""A day is said as one would say it today."""

from __future__ import annotations

from datetime import date

import pytest

from tui.days import said_day
from tui.words import Words

TODAY = date(2026, 11, 23).toordinal()


@pytest.mark.parametrize(
    ("ahead", "english", "chinese"),
    [
        (-3, "today", "今天"),
        (0, "today", "今天"),
        (1, "tomorrow", "明天"),
        (3, "in 3 days", "3 天后"),
        (13, "in 13 days", "13 天后"),
        (19, "on 12 December", "12 月 12 日"),
        (39, "on 1 January 2027", "2027 年 1 月 1 日"),
    ],
)
def test_near_days_are_counted_and_far_ones_are_dates(ahead: int, english: str, chinese: str) -> None:
    assert said_day(TODAY + ahead, TODAY, Words("en")) == english
    assert said_day(TODAY + ahead, TODAY, Words("zh")) == chinese
