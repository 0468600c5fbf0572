"""An author's evening: a new course, opened and checked while it is written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.content.small_course import plant
from tests.terminal import ROOT, Terminal, learncurve

pytestmark = pytest.mark.pty


def new(home: Path, folder: Path) -> Path:
    """Begin a course as an author does."""
    subprocess.run(learncurve(home, "course", "new", str(folder)), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return folder


def test_what_is_saved_is_shown_at_its_place_and_the_course_is_remembered(known_home: Path, tmp_path: Path) -> None:
    folder = new(known_home, tmp_path / "mine")
    with Terminal(learncurve(known_home, "--course", str(folder), "--watch")) as terminal:
        terminal.until("Two coins")
        terminal.press("enter")
        terminal.until("One coin")
        plant(folder, "heads/page.en.md", "It has no memory", "It cannot remember")
        terminal.until("It cannot remember")
        plant(folder, "heads/page.en.md", "(term:chance)", "(term:chanse)")
        terminal.until("= chanse")
        terminal.press("ctrl+q")
        assert terminal.ended() == 0
    with Terminal(learncurve(known_home)) as terminal:
        terminal.until("What is a large AI model?")
        terminal.press("c")
        terminal.until("Two coins")
        terminal.press("down", "enter")
        terminal.until("Heads or tails")
        terminal.press("q")
        assert terminal.ended() == 0
    with Terminal(learncurve(known_home)) as terminal:
        terminal.until("Heads or tails")


def test_a_watching_check_repeats_itself_until_it_is_ended(known_home: Path, tmp_path: Path) -> None:
    folder = new(known_home, tmp_path / "mine")
    with Terminal(learncurve(known_home, "course", "check", str(folder), "--watch"), size=(160, 40)) as terminal:
        terminal.until("waiting for a change")
        assert "errors: 0," in terminal.text
        plant(folder, "heads/items.yaml", "type: truth", "type: trooth")
        terminal.until("did you mean truth?")
        terminal.until("errors: 1,")
        plant(folder, "heads/items.yaml", "type: trooth", "type: truth")
        terminal.until(lambda text: text.count("errors: 0,") == 2)
        terminal.press("ctrl+c")
        assert terminal.ended() == 0
