"""The panels of a BERT look as they did when somebody last looked at them and was content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.fake_bert import ScriptedBert, ScriptedPretrain
from tests.fakes import scripted_run
from tests.tui.app_on import app_on
from tests.tui.calm import settled
from tests.tui.grid import assert_kept

SMALL, LARGE = (80, 24), (160, 45)


async def look(home: Path, name: str, size: tuple[int, int], *keys: str, language: str = "en", **script: Any) -> None:
    """Open a finished run, press some keys, and compare what is shown."""
    run = scripted_run(home, **script)
    app = app_on(home, language=language, first=[["run", run.id]])
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for _ in range(3):
            app.poll_runs()
            await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        assert_kept(app, name)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("key", "panel"), [("2", "sentences"), ("4", "attention"), ("6", "map")])
async def test_a_bert(own_home: Path, language: str, key: str, panel: str) -> None:
    """Chinese texts in the Chinese interface: every piece takes two cells."""
    chinese = language == "zh"
    await look(
        own_home,
        f"bert-{panel}-{language}",
        SMALL,
        key,
        language=language,
        of=ScriptedBert,
        updates=300,
        chinese=chinese,
    )


async def test_a_bert_with_room(own_home: Path) -> None:
    """Curves and attention side by side."""
    await look(own_home, "bert-attention-160x45", LARGE, "4", of=ScriptedBert, updates=300)


@pytest.mark.parametrize(("key", "panel"), [("1", "curves"), ("2", "guesses")])
async def test_a_pre_training(own_home: Path, key: str, panel: str) -> None:
    """The plateau and what it was broken by; the guesses as cards."""
    keys = [] if key == "1" else [key]
    await look(own_home, f"pretrain-{panel}-en", SMALL, *keys, of=ScriptedPretrain, updates=1500)
