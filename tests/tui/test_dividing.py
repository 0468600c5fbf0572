"""What Textual lays out itself breaks as the pages do."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from rich._wrap import divide_line
from textual.widgets import Static

from tests.tui.app_on import app_on, shown
from tui.dividing import divided
from tui.sentences import flat, locale_file, read
from tui.text.breaks import ASCII_CLOSERS, CLOSERS, OPENERS
from tui.text.cells import cells

AREAS = [entry.name.removesuffix(".toml") for entry in locale_file("zh", "app").parent.iterdir()]  # type: ignore[attr-defined]  # a folder of files
WAIT = "用各自程序库的真实代码，把模型搭建在一个不占内存的设备上，再来清点。只需几秒，只做一次。"


def lines(text: str, width: int) -> list[str]:
    places = [0, *divided(text, width), len(text)]
    return [text[start:stop] for start, stop in pairwise(places)]


@pytest.mark.parametrize("area", AREAS)
def test_no_line_of_a_chinese_sentence_begins_with_its_punctuation(area: str) -> None:
    """In any sentence of the interface, however wide it stands; all of it stays, and fits."""
    for _, sentence in flat(read(locale_file("zh", area))):
        for said in sentence.split("\n"):
            for width in (32, 41, 57, 76):
                parts = lines(said, width)
                assert "".join(parts) == said
                assert all(cells(part.rstrip()) <= width for part in parts), (width, parts)
                for above, below in pairwise(parts):
                    assert below[0] not in CLOSERS, (width, parts)
                    assert above.rstrip()[-1] not in OPENERS - ASCII_CLOSERS, (width, parts)


def test_english_is_divided_as_ever() -> None:
    for _, sentence in flat(read(locale_file("en", "zoo"))):
        assert divided(sentence, 40) == divide_line(sentence, 40)
    assert divided("a – b " * 20, 11) == divide_line("a – b " * 20, 11)


def test_spaces_behind_the_last_word_begin_no_line() -> None:
    assert divided("模型" + " " * 60, 40) == []
    assert lines("模型    " * 3, 8) == ["模型    "] * 3


async def test_a_static_text_on_the_screen_keeps_its_comma_above(own_home: Path) -> None:
    """The sentence of the zoo, as wide as it stands there: Textual would begin its second line with a comma."""
    assert [WAIT[place] for place in divide_line(WAIT, 76)] == ["，"]
    app = app_on(own_home, language="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.screen.mount(Static(WAIT, id="told"), before=0)
        app.screen.query_one("#told").styles.width = 76
        await pilot.pause()
        assert "只需几\n秒，只做一次。" in shown(app)
