"""Terminals of every kind: small, foreign, colourless, double-width, and none at all."""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.fakes import scripted_run
from tests.journeys.homes import greeted
from tests.known_zoo import put_zoo
from tests.terminal import ROOT, Terminal, learncurve

pytestmark = pytest.mark.pty

COLOUR = re.compile(rb"[34]8;2;(\d+);(\d+);(\d+)")
PALETTE = re.compile(rb"\x1b\[(?:\d+;)*[34]8;")


def test_a_window_that_is_too_small_says_so_and_gives_everything_back(known_home: Path) -> None:
    """One sentence at 59x19, at the start and later; what was open is there once there is room."""
    with Terminal(learncurve(known_home), size=(59, 19)) as terminal:
        screen = terminal.until("This window is too small")
        assert "60" in screen
        assert "20" in screen
        assert "1.1  Background" not in screen
        terminal.resize(80, 24)
        terminal.until("1.1  Background")
        terminal.press("enter")
        terminal.until("% read")
        terminal.resize(59, 24)
        terminal.until("This window is too small")
        terminal.resize(80, 19)
        terminal.until(lambda text: "too small" in text and "% read" not in text)
        terminal.resize(60, 20)
        terminal.until("% read")


def test_without_a_terminal_one_sentence_and_status_1(known_home: Path) -> None:
    """A pipe is no terminal."""
    said = subprocess.run(
        learncurve(known_home), capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL, check=False
    )
    assert (said.returncode, said.stdout) == (1, "")
    assert len(said.stderr.splitlines()) == 1
    assert "not a terminal" in said.stderr


def test_a_terminal_without_utf_8_is_told_the_cure(known_home: Path) -> None:
    """Nothing is drawn; one sentence names the encoding and what to type."""
    poor = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    with Terminal(learncurve(known_home), environment=poor) as terminal:
        assert terminal.ended() == 1
        told = "".join(terminal.text.splitlines())
    assert "ascii, not UTF-8" in told
    assert "export LANG=C.UTF-8" in told
    assert b"\x1b[?1049h" not in terminal.raw


@pytest.mark.parametrize("words", [[], ["train", "mlp"], ["runs"]])
def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, words: list[str]) -> None:
    """The sentence names the folder and the two ways to choose another one."""
    (tmp_path / "file").write_text("in the way")
    home = tmp_path / "file" / "home"
    with Terminal(learncurve(home, *words), size=(200, 24)) as terminal:
        assert terminal.ended() == 1
        told = terminal.text.strip()
    assert len(told.splitlines()) == 1
    assert str(home) in told
    assert "--home DIR or LEARNCURVE_HOME" in told


def doubtful(raw: bytes | bytearray) -> list[str]:
    """Return what some terminals draw two cells wide."""
    written = raw.decode("utf-8", "ignore")
    return sorted({letter for letter in written if unicodedata.east_asian_width(letter) == "A"})


def test_where_marks_are_two_cells_wide_every_screen_is_drawn_without_them(known_home: Path) -> None:
    """Home, pages, questions, lab, runs, a run with all its panels, settings, keys, palette, a question back."""
    scripted_run(known_home)
    with Terminal(learncurve(known_home), mark_cells=2) as terminal:

        def clean(keys: str, seen: str, gone: str = "\0") -> None:
            terminal.press(keys)
            terminal.until(lambda text: seen in text and gone not in text)
            assert doubtful(terminal.raw) == [], f"{seen}\n{terminal.text}"

        terminal.until("1.1  Background")
        assert doubtful(terminal.raw) == ["●"], "the question to the terminal"
        terminal.raw.clear()
        clean("?", "Keys of this screen")
        clean("esc", "1.1  Background", gone="Keys of this screen")
        clean("/", "Search the course")
        clean("softmax", "glossary")
        clean("esc", "1.1  Background", gone="Search the course")
        for key, seen in (("s", "Settings"), ("t", "weight_decay"), ("r", "1 in all")):
            clean(key, seen)
            clean("q" if key != "t" else "esc", "1.1  Background")
        clean("r", "1 in all")
        clean("d", "cannot be undone")
        clean("n", "1 in all", gone="cannot be undone")
        clean("enter", "FINISHED")
        for panel in ("2", "3", "4", "5", "6", "1"):
            clean(panel, f"[{panel} ")
        clean("q", "1 in all")
        clean("q", "1.1  Background")
        clean("enter", "Before you read")
        for _ in range(6):
            clean(" ", "% read")
        clean("enter", "question 1 of")


def follows(seen: str, gone: str, text: str) -> bool:
    """Return whether a screen shows one text and no longer the other."""
    return seen in text and gone not in text


def test_over_a_slow_line_a_key_in_a_list_writes_less_than_a_kibibyte(known_home: Path) -> None:
    """Moving the mark repaints the row that it leaves and the one that it reaches, and nothing else."""
    with Terminal(learncurve(known_home)) as terminal:
        terminal.until("enter Choose")
        for row in ("1.2.1  ", "1.2.2  ", "1.2.3  "):
            terminal.settle()
            before = terminal.written
            terminal.press("down")
            terminal.settle()
            assert looks(terminal, row)[0], "the mark has come to the row"
            assert terminal.written - before <= 1024


def test_over_a_slow_line_a_move_in_the_zoo_writes_less_than_a_kibibyte(home: Path) -> None:
    """What costs more, the model in detail, is painted once the arrows have rested for a while."""
    put_zoo(greeted(home, slow=True))
    with Terminal(learncurve(home)) as terminal:
        terminal.until("enter Choose")
        terminal.press("z")
        terminal.until("101,770")
        terminal.settle()
        for model in ("BERT small", "ResNet-18", "ResNet-50"):
            before = terminal.written
            terminal.press("down")
            terminal.until(partial(reached, terminal, f"{model}  "))
            assert terminal.written - before <= 1024
        terminal.until("25,557,032")
        assert b"11,689,512" not in terminal.raw


FULL_WIDTH = [("？", "本屏按键"), ("esc", "1.1  背景"), ("／", "搜索课程"), ("esc", "1.1  背景")]


def test_the_signs_of_an_input_method_act_and_f2_switches_everything(home: Path) -> None:
    """Full-width ？ and ／ are keys; f2 changes home, page and question, in both directions."""
    with Terminal(learncurve(greeted(home, "zh")), environment={"LANG": "zh_CN.UTF-8"}) as terminal:
        terminal.until("1.1  背景")
        shown = "\0"
        for key, seen in FULL_WIDTH:
            terminal.press(key)
            terminal.until(partial(follows, seen, shown))
            shown = seen
        terminal.press("f2")
        terminal.until(lambda text: "1.1  Background" in text and "背景" not in text)
        terminal.press("down", "enter")
        terminal.until("Before you read")
        terminal.press("f2")
        terminal.until(lambda text: "读之前，先想一想" in text and "Before" not in text)
        terminal.press("enter")
        terminal.until("第 1/")
        terminal.press("f2")
        terminal.until(lambda text: "question 1 of" in text and "How sure" in text and "多大把握" not in text)
        terminal.press("esc")
        terminal.until("Before you read")


def colours_are_none(raw: bytes) -> bool:
    """Return whether everything is a shade of grey."""
    return all(len(set(rgb)) == 1 for rgb in COLOUR.findall(raw))


def colours_are_the_16(raw: bytes) -> bool:
    """Return whether nothing but the 16 colours of old terminals is asked for."""
    return not PALETTE.search(raw)


@pytest.mark.parametrize(
    ("environment", "kept"),
    [
        ({"NO_COLOR": "1"}, colours_are_none),
        ({"TERM": "xterm", "COLORTERM": None}, colours_are_the_16),
    ],
    ids=["NO_COLOR", "16-colours"],
)
def test_few_colours_are_kept_to_and_the_marked_row_is_still_seen(
    known_home: Path, environment: dict[str, str | None], kept: Callable[[bytes], bool]
) -> None:
    """The row under the cursor differs by more than a colour."""
    scripted_run(known_home)
    with Terminal(learncurve(known_home), environment=environment) as terminal:
        terminal.until("1.1  Background")
        terminal.press("down")
        terminal.until(lambda text: looks(terminal, "1.2.1  ") != looks(terminal, "1.2.2  "))
        assert looks(terminal, "1.2.1  ")[0], "the marked row is bold"
        terminal.press("r")
        terminal.until("1 in all")
        terminal.press("enter")
        terminal.until("FINISHED")
        assert kept(bytes(terminal.raw))
    assert os.environ.get("NO_COLOR") is None


def reached(terminal: Terminal, words: str, _: str) -> bool:
    """Return whether the mark stands where the screen says so."""
    return looks(terminal, words)[0]


def looks(terminal: Terminal, words: str) -> tuple[bool, str, str]:
    """Return weight and colours of the place where the screen says so."""
    rows = terminal.text.split("\n")
    row = next((number for number, line in enumerate(rows) if words in line), 0)
    cell = terminal.screen.buffer[row][rows[row].find(words)]
    return cell.bold, cell.fg, cell.bg
