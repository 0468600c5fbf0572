"""Somebody who has never been here reads, answers, trains, loses the terminal, and finds everything again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content.memory.record import open_record
from tests.journeys.homes import START_SECONDS, eventually, only_run, state, update, worker
from tests.terminal import Terminal, learncurve
from tui.strip import short_name

CHINESE = {"LANG": "zh_CN.UTF-8"}
KEY_LINES = 4
"""The run strip and the key bar at the bottom, which change while training goes on."""


def question(screen: str) -> list[str]:
    """Return the screen without what tells of the run."""
    return screen.split("\n")[:-KEY_LINES]


def drafts(home: Path) -> list[object]:
    """Return the half-done answers that the record keeps."""
    record = open_record(home / "record.sqlite").record
    try:
        return [record.draft("large-models", item) for item in record.drafts("large-models")]
    finally:
        record.close()


def letter(screen: str, option: str) -> str:
    """Return the letter of an option; their order is drawn for each learner."""
    found = re.search(rf"(\w)  {option}", screen)
    assert found, screen
    return found[1]


@pytest.mark.pty
@pytest.mark.torch
def test_a_first_evening_in_chinese_survives_a_crash_in_the_middle_of_an_answer(home: Path) -> None:
    """Read the page on backpropagation, train, answer two questions, half of a third; kill -9; come back."""
    with Terminal(learncurve(home), environment=CHINESE) as terminal:
        terminal.until("欢迎")
        terminal.until("先读一页")
        terminal.press("enter")
        terminal.until("读之前，先想一想")
        terminal.press("esc")
        terminal.until("enter 选择")
        terminal.press("/", *"反向传播", "enter")
        terminal.until("读之前，先想一想")
        while "更进一步" not in (screen := terminal.text) and "100%" not in screen:
            share = re.search(r"已读 \d+%", screen)
            assert share, screen
            terminal.press(" ")
            terminal.until_gone(share[0])

        terminal.press("t")
        terminal.until("这就开始")
        run = only_run(home)
        terminal.until(lambda text: re.search(rf"{short_name(run.id)}.*[⠁-⣿].*训练 \d\.\d+", text), START_SECONDS)
        terminal.press("w")
        terminal.until("训练中")
        terminal.press("-", "-", "-")
        terminal.until("✓ 步速 10/秒")
        terminal.press("q")
        terminal.until("已读")

        terminal.press("enter")
        terminal.until("求 dL/dw1")
        terminal.press("12345\r2")  # in one burst, as a slow line delivers it
        terminal.until("不对。")
        terminal.press("enter")
        terminal.until("反向传播本身就会调整权重")
        screen = terminal.until("enter 选择")
        terminal.press("f", letter(screen, "它只给出梯度，由优化器移动权重"), "3")
        terminal.until("答对了。")
        terminal.press("enter")
        terminal.until("第 3/15 题")
        terminal.press("s")
        terminal.until("第 4/15 题")
        terminal.press("s")
        terminal.until("再来一次，还剩 12 题")
        terminal.press("-", "1", "7")
        terminal.until("-17")
        terminal.until_gone("已跳过")
        before = question(terminal.until_gone("这就开始"))  # a notice lies over the question for a while
        eventually(lambda: "-17" in str(drafts(home)))
        trained, pid = update(run), worker(run)
        terminal.kill()

    with Terminal(learncurve(home), environment=CHINESE) as terminal:
        terminal.until("-17")
        terminal.until(lambda text: question(text) == before)
        terminal.until(lambda text: re.search(rf"{short_name(run.id)}.*[⠁-⣿]", text))
        assert worker(run) == pid
        assert state(run) == "running"
        assert update(run) >= trained > 0
        terminal.press("esc")
        terminal.until(lambda text: "已读" in text and "已答 2/15 题" in text)
        terminal.press("w")
        terminal.until("训练中")
        terminal.press("T")
        terminal.until(lambda text: re.search(r"\d\.\d+ @1  ", text))
        terminal.press("ctrl+q")
        assert terminal.ended() == 0
        assert f"{run.id} 仍在训练" in "".join(terminal.text.splitlines())
