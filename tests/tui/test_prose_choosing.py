"""Terms, links, code and invitations are chosen by key and by mouse; foreign text stays text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from textual.events import MouseScrollDown
from textual.message import Message

from tests.tui.prose_reader import Reader, page
from tui.theme import LIGHT


def said(messages: Iterable[Message]) -> list[object]:
    return [next(iter(vars(message).get(name) for name in NAMES if name in vars(message))) for message in messages]


NAMES = ("term_id", "address", "target", "code", "preset")


async def test_tab_goes_from_term_to_term_and_enter_chooses() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert app.passed == ["enter"]
        await pilot.press("tab", "enter", "tab", "enter", "tab", "enter", "shift+tab", "enter")
        assert said(app.asked) == ["gradient", "https://example.org/x", "batch", "https://example.org/x"]
        assert app.passed == ["enter"]


async def test_links_within_the_course_are_chosen_like_others() -> None:
    app = Reader(
        page(text="# T\n\n## A {#a}\n\nSee [below](#b), [there](page:losses#mse) and [it](page:mlp).\n\n## B {#b}\n")
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "enter", "tab", "enter", "tab", "enter")
        assert said(app.asked) == ["#b", "losses#mse", "mlp"]


async def test_the_marked_term_is_set_off_without_colour_too() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        marked = [
            segment
            for y in range(20)
            for segment in app.prose.render_line(y)
            if segment.style is not None and segment.style.reverse
        ]
        assert [segment.text for segment in marked] == ["gradient"]


async def test_after_the_last_target_tab_leaves_the_page() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["tab"] * len(app.prose._sheet.targets))
        assert app.focused is app.prose
        assert app.prose.chosen is not None
        await pilot.press("tab")
        assert app.focused is app.query_one("#other")


async def test_a_mark_out_of_sight_does_nothing() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "end", "enter")
        assert app.asked == []
        assert app.passed == ["enter"]


async def test_code_is_copied_and_trained_when_it_is_on_the_screen() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", "t")
        assert app.passed == ["c", "t"]
        await pilot.press("end", "c", "t")
        assert said(app.asked) == ['def f(x):\n    return "# no remark"  # a remark', "raw"]


async def test_the_marked_invitation_is_the_one_that_t_trains() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "shift+tab", "t", "enter")
        assert said(app.asked) == ["article", "article"]


async def test_a_click_chooses_a_term_and_a_click_beside_it_does_not() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        row = next(y for y, text in enumerate(app.grid()) if "gradient" in text)
        column = app.grid()[row].index("gradient")
        await pilot.click("#page", offset=(column - 1, row))
        assert app.asked == []
        await pilot.click("#page", offset=(column + 7, row))
        assert said(app.asked) == ["gradient"]


async def test_the_wheel_scrolls_and_the_bar_can_be_clicked() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot._post_mouse_events([MouseScrollDown], "#page", button=0)
        await pilot.pause()
        assert app.prose.scroll_offset.y > 0
        await pilot.click("#page", offset=(79, app.prose.size.height - 1))
        assert app.prose.scroll_offset.y == app.prose.max_scroll_y


async def test_the_mouse_selects_text_as_it_stands() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        row = next(y for y, text in enumerate(app.grid()) if "gradient" in text)
        column = app.grid()[row].index("gradient")
        await pilot.mouse_down("#page", offset=(column, row))
        await pilot.hover("#page", offset=(column + 8, row))
        await pilot.mouse_up("#page", offset=(column + 8, row))
        assert (app.screen.get_selected_text() or "").startswith("gradient")


async def test_escapes_and_markup_are_text() -> None:
    payload = "a\x1b]52;c;aGk=\x07b [@click=app.quit]quit[/] \x9b31m [red]red[/red]"
    text = f"# {payload}\n\n## {payload} {{#a}}\n\n{payload}\n\n- {payload}\n\n> {payload}\n\n"
    fences = "".join(f"```{kind}\n{payload}\n```\n\n" for kind in ("opening", "worked T", "figure F", "python"))
    app = Reader(page(text=text + fences))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        drawn = "\n".join(app.grid())
        assert "[@click=app.quit]quit[/]" in drawn
        assert "␛]52" in drawn
        assert not [sign for sign in drawn if unicodedata.category(sign) == "Cc" and sign != "\n"]
        metas = [s.style.meta for y in range(50) for s in app.prose.render_line(y) if s.style is not None]
        assert not [meta for meta in metas if "@click" in meta]


async def test_a_drawing_that_is_too_wide_is_reached_sideways() -> None:
    app = Reader(page(text="# T\n\n```figure F\n" + "x" * 60 + "END\n```\n"))
    async with app.run_test(size=(60, 24)) as pilot:
        assert any(row.endswith(">") for row in app.grid())
        assert not any("END" in row for row in app.grid())
        await pilot.press("right", "right")
        assert any("END" in row for row in app.grid())


async def test_an_empty_page_and_no_page_are_drawn_blank() -> None:
    for shown in (None, page(text="# T")):
        app = Reader(shown)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("space", "tab", "end", "home", "c")
            assert app.asked == []


async def test_the_light_theme_repaints_every_row() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.prose.render_line(3)._segments[-1].style
        app.theme = LIGHT.name
        await pilot.pause()
        after = app.prose.render_line(3)._segments[-1].style
        assert before is not None
        assert after is not None
        assert before.bgcolor != after.bgcolor
