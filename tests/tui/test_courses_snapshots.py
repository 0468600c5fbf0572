"""The choice of a course, and the faults of one, as they look."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.memory.record import open_record
from tests.content.small_course import build, plant
from tests.tui.app_on import app_on
from tests.tui.calm import settled
from tests.tui.grid import assert_kept
from tui import known

OTHERS = (
    known.Known("/srv/courses/coins", "coins", {"en": "Two coins", "zh": "两枚硬币"}),
    known.Known("/srv/courses/" + "a-long-name/" * 8, "long", {"": "A title that is quite as long as a title may be"}),
    known.Known("/srv/courses/gone", "gone", {"zh": "算盘入门"}),
)


def remembering(home: Path, language: str, theme: str = "dark") -> None:
    home.mkdir(parents=True)
    record = open_record(home / "record.sqlite").record
    for other in reversed(OTHERS):
        known.remember(record, other)
    record.keep_setting("interface", {"language": language, "greeted": True, "theme": theme})
    record.close()


@pytest.fixture(autouse=True)
def all_there_but_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known.Known, "there", property(lambda self: not self.path.endswith("gone")))


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_choice_of_a_course(language: str, own_home: Path) -> None:
    remembering(own_home, language)
    app = app_on(own_home, first=[["courses"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down")
        await settled(pilot)
        assert_kept(app, f"courses-{language}")


async def test_the_choice_with_room_and_light(own_home: Path) -> None:
    remembering(own_home, "en", "light")
    app = app_on(own_home, first=[["courses"]])
    async with app.run_test(size=(160, 45)) as pilot:
        await settled(pilot)
        assert_kept(app, "courses-light-160x45")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_faults_of_a_course(language: str, own_home: Path, tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    plant(root, "starts/items.yaml", "type: match", "type: mtach")
    plant(root, "steps/items.yaml", "answer: true", "answer: perhaps")
    plant(root, "steps/section.yaml", "minutes: 3", "minuets: 3")
    app = app_on(own_home, course=root, language=language)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert_kept(app, f"home-faults-{language}")
        app.course.root = Path("/srv/courses/small")
        app.open(["faults"])
        await settled(pilot)
        assert_kept(app, f"faults-{language}")
