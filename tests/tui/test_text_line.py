"""A field of one line: where its letters stand, and in which order keys act."""

from __future__ import annotations

import pytest
from textual import events

from tests.tui.board_app import BoardApp
from tui.widgets.text_line import TextLine

SIZE = (20, 4)


async def typed(*keys: tuple[str, str | None]) -> str:
    """Return what a field holds after keys that came all at once."""
    line = TextLine()
    app = BoardApp(line)
    async with app.run_test(size=SIZE) as pilot:
        line.focus()
        await pilot.pause()
        for key, letter in keys:
            app.post_message(events.Key(key, letter))
        await pilot.pause()
        await pilot.pause()
        return line.value


@pytest.mark.parametrize(
    ("keys", "held"),
    [
        (("a", "b", "backspace", "c"), "ac"),
        (("a", "c", "left", "b"), "abc"),
        (("a", "b", "home", "delete", "c"), "cb"),
    ],
)
async def test_keys_that_come_together_act_in_their_order(keys: tuple[str, ...], held: str) -> None:
    assert await typed(*((key, key if len(key) == 1 else None) for key in keys)) == held


async def test_a_line_that_is_longer_than_its_field_shows_where_one_types() -> None:
    line = TextLine()
    app = BoardApp(line)
    async with app.run_test(size=SIZE) as pilot:
        line.focus()
        await pilot.press(*"the first letters and the last")
        await pilot.pause()
        assert line.render_line(0).text.rstrip().endswith("and the last")
        await pilot.press("home")
        await pilot.pause()
        assert line.render_line(0).text.startswith("the first letters")
