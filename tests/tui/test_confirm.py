"""A question before something that cannot be taken back."""

from __future__ import annotations

import pytest
from textual.app import App

from tui.screens.confirm import Answer, ConfirmScreen

QUESTION = "Stop mlp-7f3a? [@click=app.quit]It saves a checkpoint and can be resumed.[/]"


@pytest.mark.parametrize(
    ("key", "answer"), [("y", True), ("enter", False), ("n", False), ("escape", False), ("q", False)]
)
async def test_keys_answer(key: str, answer: bool) -> None:
    """Yes by y alone: enter is pressed by habit, and a deleted run does not come back."""
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        given: list[bool | None] = []
        app.push_screen(ConfirmScreen(QUESTION, "Stop it", "Let it go on"), given.append)
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert given == [answer]


@pytest.mark.parametrize("answer", [True, False])
async def test_a_click_answers(answer: bool) -> None:
    """Both answers are there for the mouse; markup in the question is no link."""
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        given: list[bool | None] = []
        app.push_screen(ConfirmScreen(QUESTION, "Stop it", "Let it go on"), given.append)
        await pilot.pause()
        question = app.screen.query_one("#confirm-question")
        await pilot.click(question, offset=(16, 0))
        assert given == []
        place = next(each for each in app.screen.query(Answer) if each.answer is answer)
        await pilot.click(place)
        await pilot.pause()
        assert given == [answer]
