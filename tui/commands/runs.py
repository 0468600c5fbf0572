"""`learncurve runs` and `learncurve show RUN`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from content.course.visible import visible
from engine.errors import RunError
from engine.reading.follow import Follower
from engine.reading.summary import summary
from engine.recipes import spelled
from engine.runs.folder import RunFolder
from engine.runs.store import Runs
from tui.commands.asked import Asked, say_json
from tui.commands.steer import settled
from tui.glyphs import glyphs
from tui.strip import curve, figure, number
from tui.terminal import speaks_utf8
from tui.text.fitting import padded


def run(asked: Asked) -> int:
    """List all runs, newest first, or show one."""
    runs = Runs(asked.usable_house().home)
    if asked.given.verb == "show":
        return _show(runs.find(asked.given.run), asked)
    found = [_line(folder, asked) for folder in runs.all()]
    if asked.json:
        say_json([figures for figures, _ in found])
    elif not found:
        print(asked.words("cli.no-runs"))
    else:
        print("\n".join(line for _, line in found))
    return 0


def _line(folder: RunFolder, asked: Asked) -> tuple[dict[str, Any], str]:
    """Return a run's figures and its line in the list; a broken folder is listed with its sentence."""
    try:
        follower = Follower(folder)
        state = settled(follower)
    except RunError as problem:
        broken = {
            "id": folder.id,
            "kind": None,
            "state": "broken",
            "reason": str(problem),
            "folder": folder.path,
        }
        return broken, f"{folder.id:<30}{asked.words.error(problem)}"
    figures = summary(folder, follower.progress, state)
    drawn = curve(follower, 14, glyphs(not speaks_utf8()))
    accuracy = figures["test_accuracy"] if figures["test_accuracy"] is not None else figures["val_accuracy"]
    said = asked.words(f"states.{state}")
    title = f"  {visible(figures['title'])}" if figures["title"] else ""
    return (
        figures,
        f"{folder.id:<30}{drawn:<14}  {number(figures['train_loss']):>8}  {number(accuracy):>6}  {said}{title}",
    )


def _show(folder: RunFolder, asked: Asked) -> int:
    follower = Follower(folder)
    state = settled(follower)  # reads all that was written, which the next line needs
    figures = summary(folder, follower.progress, state)
    if asked.json:
        say_json({"version": 1, **figures})
        return 0
    for name, value in figures.items():
        if isinstance(value, dict):
            value = " ".join(f"{knob}={spelled(setting)}" for knob, setting in value.items())
        if name == "state":
            value = asked.words(f"states.{value}")
        elif name == "began" and value is not None:
            value = datetime.fromtimestamp(float(value)).astimezone().isoformat(" ", "seconds")
        elif isinstance(value, float):
            value = f"{value:.4g}"
        shown = "-" if value is None or value == "" else visible(str(value))
        print(f"{padded(figure(name, follower.progress.planned, asked.words), 22)}{shown}")
    return 0
