"""Questions look as they did when somebody last looked at them and was content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.app_on import shown as drawn
from tests.tui.calm import settled
from tests.tui.grid import assert_kept
from tests.tui.question_course import asking
from tests.tui.test_question_types import answer, press
from tui.app import LearncurveApp


async def look(app: LearncurveApp, size: tuple[int, int], kind: str, name: str, *, locked: bool = True) -> None:
    """Answer a question wrong and compare what is shown."""
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await answer(pilot, kind, right=False)
        if locked:
            await press(pilot, "3")
        assert_kept(app, name)


async def test_a_choice_after_the_answer(own_home: Path) -> None:
    """The picture of the screens' design: whys beside short options, verdict, misconception, where to read."""
    await look(asking(own_home, "choice"), (80, 24), "choice", "question-choice-told-en")


async def test_a_statement_before_the_answer_in_chinese(own_home: Path) -> None:
    """Chosen, not locked."""
    await look(asking(own_home, "truth", language="zh"), (80, 24), "truth", "question-truth-zh", locked=False)


async def test_a_bug_after_the_answer_with_room(own_home: Path) -> None:
    """The track of the sitting above; rows set apart."""
    await look(asking(own_home, "bug", "choice", language="zh"), (160, 45), "bug", "question-bug-told-160x45")


async def test_a_number_in_the_light(own_home: Path) -> None:
    """Worked steps below the verdict."""
    app = asking(own_home, "number", theme="light")
    await look(app, (120, 40), "number", "question-number-told-light")


@pytest.mark.parametrize("kind", ["multiple", "match", "order", "number"])
async def test_ascii_where_signs_are_wide(own_home: Path, kind: str) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    app = asking(own_home, kind, measured="two")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, kind, right=False)
        await press(pilot, "3")
        assert re.findall(r"[^\x00-\x7f]", drawn(app)) == []
