"""Reading and training over SSH, and the line drops."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from engine.runs import control
from tests.journeys.homes import START_SECONDS, eventually, only_run, state, update, worker
from tests.journeys.ssh_server import running_server
from tests.terminal import ROOT, Terminal, learncurve
from tui.strip import short_name


@pytest.mark.pty
@pytest.mark.torch
def test_a_dropped_connection_ends_neither_page_nor_training(known_home: Path, tmp_path: Path) -> None:
    """Log in, read on, train; the line goes dead; log in again: the same page at the same place, the run alive."""
    there = {"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    words = ["env", *(f"{name}={value}" for name, value in there.items()), *learncurve(known_home)]
    with running_server(tmp_path / "ssh") as server:
        login = server.login(f"cd / && exec {shlex.join(words)}")
        assert sys.executable in login[-1]
        with Terminal(login) as terminal:
            terminal.until("1.3.2  Backpropagation")
            terminal.press("/", *"backpropagation", "enter")
            terminal.until("Before you read")
            terminal.press(" ")
            terminal.until("Here is the smallest network")
            terminal.press("t")
            terminal.until("is on its way")
            folder = only_run(known_home)
            name = short_name(folder.id)
            shown = terminal.until(lambda text: re.search(rf"{name}.*[⠁-⣿].*train \d", text), START_SECONDS)
            read = re.search(r"\d+% read", shown)
            assert read
            control.set_pace(folder, 20)
            pid, before = worker(folder), update(folder)
            terminal.kill()
            server.drop()
        eventually(lambda: update(folder) > before + 20)
        assert worker(folder) == pid
        assert state(folder) == "running"
        with Terminal(login) as terminal:
            terminal.until("Here is the smallest network")
            terminal.until(read[0])
            terminal.until(lambda text: re.search(rf"{name}.*[⠁-⣿].*train \d", text))
            terminal.press("w")
            terminal.until("[1 Curves]")
            terminal.press("T")
            terminal.until(lambda text: re.search(r"\d\.\d+ @1  ", text))
            terminal.press("ctrl+q")
            assert terminal.ended() == 0
