"""The first answer to a course says what the recall is that appears with it; no later answer does."""

from __future__ import annotations

from pathlib import Path

from tests.tui.calm import settled
from tests.tui.question_course import asking
from tests.tui.test_question_types import answer, press, screen, shown
from tui.widgets.title_bar import TitleBar


async def test_only_the_first_answer_says_what_its_recall_means(tmp_path: Path) -> None:
    """A wrong answer leaves a recall of more than nothing: unexplained, that looks like a mistake."""
    app = asking(tmp_path, "choice", "truth")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "forecast" not in shown(app)
        await answer(pilot, "choice", right=False)
        await press(pilot, "3")
        recall = f"{screen(pilot).desk.figures.stands.recall or 0:.0%}"
        assert app.screen.query_one(TitleBar).status.endswith(f"recall {recall}")
        assert f"Recall {recall}, top right, is a forecast" in shown(app)
        await press(pilot, "enter")
        await answer(pilot, "truth", right=True)
        await press(pilot, "3")
        assert "forecast" not in shown(app)


async def test_a_first_answer_that_is_taken_back_takes_the_forecast_along(tmp_path: Path) -> None:
    app = asking(tmp_path, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=True)
        await press(pilot, "1")
        assert "is a forecast" in shown(app)
        await press(pilot, "u")
        assert "is a forecast" not in shown(app)
