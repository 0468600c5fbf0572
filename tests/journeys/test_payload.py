"""What strangers write can steer no terminal and press no key, wherever it is shown."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from content.course.course import bundled
from tests.clock import MOMENT
from tests.fakes import scripted_run
from tests.terminal import Terminal, learncurve

pytestmark = pytest.mark.pty

PAYLOAD = "\x1b]52;c;ZXZpbA==\x07\x1b[31m\x9b41m\u202e[@click=app.quit]QUIT[/]"
"""Steals the clipboard, colours everything, turns letters round, and quits where it is clicked."""

IN_YAML = '"' + PAYLOAD.replace("\x1b", "\\e").replace("\x07", "\\a").replace("\x9b", "\\x9b") + '"'
IN_TOML = '"' + "".join(f"\\u{ord(letter):04x}" for letter in PAYLOAD) + '"'
SEEN = "␛]52;c;ZXZpbA=="
PASTED = "\x1b[200~" + PAYLOAD.replace("\x1b", "") + "\x1b[201~"
"""As terminals paste it: they keep ESC back themselves, and nothing else."""

HARM = (b"\x1b]52", b"\x9d52", b"==\x07", b"\x1b[31m", "\x9b".encode(), "\u202e".encode())


def harmless(terminal: Terminal) -> None:
    """Fail where anything of the payload has reached the terminal as more than letters."""
    assert not [harm for harm in HARM if harm in terminal.raw], terminal.text


def put(file: Path, before: str, after: str) -> None:
    """Put something in the place of a text that is there."""
    text = file.read_text(encoding="utf-8")
    assert before in text, f"{file}: {before}"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def hostile_course(tmp_path: Path) -> Path:
    """Return a copy of the course into which somebody has written the payload wherever there is text."""
    course = tmp_path / "course"
    shutil.copytree(bundled(), course)
    backprop = course / "backprop"
    put(backprop / "page.en.md", "A slope is not an error.", f"A slope is not an error {PAYLOAD}.")
    put(backprop / "page.en.md", "## A slope for each knob", f"## A slope for each {PAYLOAD}")
    put(backprop / "section.yaml", "{en: Backpropagation,", f"{{en: {IN_YAML},")
    put(backprop / "items.yaml", "en: Each layer moves once its gradient has arrived", f"en: {IN_YAML}")
    put(course / "presets" / "raw.toml", '"Raw pixels from 0 to 255"', IN_TOML)
    put(course / "presets" / "raw.toml", '"Unscaled pixels: the loss', IN_TOML[:-1] + " the loss")
    put(course / "glossary.yaml", "\"The list of the loss's slopes, ", IN_YAML[:-1] + " slopes, ")
    put(course / "course.yaml", "{en: What is a large AI model?,", f"{{en: {IN_YAML},")
    put(course / "course.yaml", "- networks\n- backprop\n", "")
    put(
        course / "course.yaml", "sections:\n", "sections:\n- networks\n- backprop\n"
    )  # a key away from home's first row
    return course


def click_the_bait(terminal: Terminal) -> None:
    """Click what would quit the app; a moment later it is still there, and answers."""
    terminal.click("QUIT")
    terminal.press("f1")
    terminal.until("Keys of this screen")
    terminal.press("f1")
    terminal.until_gone("Keys of this screen")


def test_a_hostile_course_is_only_text(known_home: Path, hostile_course: Path) -> None:
    """Home, page, note, question, its verdict, palette, search and lab show the payload as letters."""
    command = ["--course", str(hostile_course)]
    with Terminal(learncurve(known_home, *command), size=(160, 45)) as terminal:
        terminal.until(lambda text: text.count(SEEN) == 2)
        terminal.press("/")
        terminal.until("Search the course")
        terminal.press("1.3.2")
        terminal.until(lambda text: text.count("1.3.2") >= 3 and SEEN in text)
        terminal.press("enter")
        terminal.until(lambda text: "Before you read" in text and text.count(SEEN) >= 3)
        click_the_bait(terminal)
        terminal.press("tab", "enter")
        terminal.until("slopes, one for each")
        terminal.click("QUIT")
        terminal.press("esc")
        terminal.until_gone("slopes, one for each")
        terminal.until("Before you read")
        terminal.press("n")
        terminal.until("question 1 of")
        terminal.press(PASTED)
        terminal.until("QUIT")
        terminal.press("f7")
        terminal.until("question 2 of")
        terminal.until(SEEN)
        click_the_bait(terminal)
        terminal.press("t", "a", "3")
        terminal.until("Locked with 3")
        terminal.press("ctrl+p")
        terminal.until("Go to")
        terminal.press("QUIT")
        terminal.until(lambda text: text.count(SEEN) >= 2)
        terminal.press(PASTED)
        terminal.until("QUIT")
        terminal.press("esc")
        terminal.until_gone("Go to")
        terminal.press("/")
        terminal.until("Search the course")
        terminal.press("needle")
        terminal.until("in a page")
        terminal.press("esc")
        terminal.until("Locked with 3")
        harmless(terminal)


def another(label: str, text: str) -> bool:
    """Return whether another preset is chosen on the screen than the one of that label."""
    return chosen(text) != label


def chosen(screen: str) -> str:
    """Return the row of the lab that names the preset."""
    return next(line for line in screen.split("\n") if re.match(r"\s+Begin from\s+<", line))


def test_a_hostile_preset_is_only_text(known_home: Path, hostile_course: Path) -> None:
    """The lab shows title and note of a preset, and what is pasted into a field, as letters."""
    with Terminal(learncurve(known_home, "--course", str(hostile_course)), size=(160, 45)) as terminal:
        terminal.until("Runs")
        terminal.press("t")
        terminal.until("weight_decay")
        while SEEN not in (label := chosen(terminal.text)):
            terminal.press("right")
            terminal.until(partial(another, label))
        terminal.until(lambda text: text.count(SEEN) == 2)
        click_the_bait(terminal)
        terminal.press("down")
        terminal.until("How wide each hidden layer is")
        terminal.press(PASTED)
        terminal.until(lambda text: text.count("QUIT") >= 3)
        terminal.press("ctrl+s")
        harmless(terminal)
        terminal.press("esc")
        terminal.until("Runs")
        harmless(terminal)


def test_a_hostile_run_is_only_text(known_home: Path) -> None:
    """The list of runs, a run's title, console, recipe and reason, the palette, and the strip."""
    scripted_run(known_home, state="running", title=PAYLOAD, token="00aa", moment=MOMENT + timedelta(days=1))
    failed = scripted_run(known_home, state="failed", token="00bb")
    for file in (failed.events_file, failed.result_file):
        put(file, '"reason":"The disk is full.","', '"reason":' + IN_TOML + ',"')
        put(file, "disk-full", "")
    failed.console_file.write_text(f"first\n{PAYLOAD}\nlast\n", encoding="utf-8")
    renamed = failed.path.with_name("20261123-000000-mlp-" + PAYLOAD.replace("/", ""))
    shutil.copytree(failed.path, renamed)  # such a name the program never gives: it is left alone
    with Terminal(learncurve(known_home), size=(160, 45)) as terminal:
        terminal.until("1.2.1")
        terminal.press("r")
        terminal.until(lambda text: SEEN in text and "2 in all" in text)
        terminal.press("enter")
        terminal.until(lambda text: SEEN in text and "[1 Curves]" in text)
        click_the_bait(terminal)
        terminal.press("q")
        terminal.until("2 in all")
        terminal.press("down", "enter")
        terminal.until("FAILED")
        terminal.until(SEEN)
        terminal.press("6")
        terminal.until(lambda text: "last" in text and text.count(SEEN) >= 2)
        click_the_bait(terminal)
        terminal.press("T")
        terminal.until("as a picture")
        terminal.press("ctrl+p")
        terminal.until("Go to")
        terminal.press("00bb")
        terminal.until(lambda text: re.search(r"mlp-00bb +run", text))
        terminal.press("esc")
        terminal.until_gone("Go to")
        harmless(terminal)


@pytest.mark.parametrize("words", [["runs"], ["show", "00bb"], ["show", "00bb", "--json"], ["runs", "--json"]])
def test_the_command_line_prints_a_hostile_run_as_text(home: Path, words: list[str]) -> None:
    """Titles and reasons of runs that came from elsewhere."""
    folder = scripted_run(home, state="failed", title=PAYLOAD, token="00bb")
    put(folder.result_file, '"reason":"The disk is full.","', '"reason":' + IN_TOML + ',"')
    put(folder.result_file, "disk-full", "")
    with Terminal(learncurve(home, *words), size=(160, 24)) as terminal:
        assert terminal.ended() == 0
        harmless(terminal)


def test_the_linter_prints_a_hostile_course_as_text(home: Path, hostile_course: Path) -> None:
    """Every fault is named with its value; the value is only text."""
    with Terminal(learncurve(home, "course", "check", str(hostile_course)), size=(200, 45)) as terminal:
        assert terminal.ended() == 1
        harmless(terminal)
        assert re.search(r"backprop/page\.en\.md:\d+", terminal.text), terminal.text
