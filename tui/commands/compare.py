"""`learncurve compare PRESET [OTHER]`: train two presets one after the other, and set their results side by side."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from rich.cells import cell_len

from content.course.preset import Preset
from engine.errors import RecipeError
from engine.reading.follow import Follower
from engine.reading.summary import summary
from engine.runs.folder import RunFolder
from engine.runs.store import Runs
from tui.commands.asked import Asked, say_json
from tui.commands.follow import LINE_SECONDS, LOOK_SECONDS, OVER
from tui.commands.train import asked_preset, presets, settings
from tui.glyphs import glyphs
from tui.pair import other_half
from tui.sides import Side, measured, names, told
from tui.start import asked as asked_recipe
from tui.start import launch_behind, start_first
from tui.strip import living_line, number
from tui.terminal import ascii_frames, speaks_utf8
from tui.text.fitting import padded


def run(asked: Asked) -> int:
    """Start both; print their ids, or follow them to their ends and say what came of them.

    Raises:
        RecipeError: No such preset, or none that this one is compared with, or a setting that is refused.
    """
    known = presets(asked)
    preset = asked_preset(known, asked.given.preset, "")
    other = _other(asked, known, preset)
    first = asked_recipe(preset.kind, preset.wishes | settings(asked), preset=preset.name)
    second = other_half(preset, other, first.knobs)
    folders = start_first(Runs(asked.usable_house().home), first, second)
    launch_behind(*folders)
    if asked.given.detach:
        return _detached(folders, asked)
    followers = [Follower(folder) for folder in folders]
    try:
        _follow(followers, asked)
    except KeyboardInterrupt:
        for folder in folders:
            print(("\r\x1b[2K" if sys.stdout.isatty() else "") + asked.words("cli.goes-on", run=folder.id))
        return 0
    return _report(followers, known, asked)


def _other(asked: Asked, known: dict[str, Preset], preset: Preset) -> Preset:
    if asked.given.other:
        other = asked_preset(known, asked.given.other, preset.kind)
    elif preset.beside:
        other = asked_preset(known, preset.beside, preset.kind)
    else:
        raise RecipeError(
            f"{preset.name}: it names no preset to be compared with; name one: learncurve compare {preset.name} OTHER",
            code="preset-alone",
            field="preset",
            value=preset.name,
        )
    return other


def _detached(folders: Sequence[RunFolder], asked: Asked) -> int:
    if asked.json:
        say_json({"version": 1, "runs": [{"id": folder.id, "folder": folder.path} for folder in folders]})
    else:
        for folder in folders:
            print(asked.words("cli.started", run=folder.id))
    return 0


def _follow(followers: Sequence[Follower], asked: Asked) -> None:
    """Wait until both are over; in a terminal, one line tells of the one that trains."""
    live = sys.stdout.isatty() and not asked.json
    signs = glyphs(not speaks_utf8() or ascii_frames("auto", "one", asked.words.language))
    shown = 0.0
    while True:
        news = [follower.poll() for follower in followers]
        states = [follower.state(time.time()) for follower in followers]
        living = [pair for pair in zip(followers, states, strict=True) if pair[1] not in OVER]
        if live and living and time.monotonic() - shown >= LINE_SECONDS:
            shown = time.monotonic()
            line = living_line(*living[0], len(living), asked.words, signs)
            sys.stdout.write(f"\r\x1b[2K{line.name}  {line.curve}  {line.words}")
            sys.stdout.flush()
        if not living and not any(news):
            break
        if not any(news):
            time.sleep(LOOK_SECONDS)
    if live:
        sys.stdout.write("\r\x1b[2K")


def _report(followers: Sequence[Follower], known: dict[str, Preset], asked: Asked) -> int:
    """Print what came of both; 0 where both finished or were stopped."""
    states = [follower.state(time.time()) for follower in followers]
    ids = [follower.folder.id for follower in followers]
    found = zip(ids, names([follower.recipe for follower in followers], ids), followers, states, strict=True)
    sides = [
        Side(run_id=run_id, name=name, recipe=follower.recipe, progress=follower.progress, state=state)
        for run_id, name, follower, state in found
    ]
    sentence = told(sides, asked.words)
    if asked.json:
        runs = [
            {"name": side.name, **summary(follower.folder, side.progress, side.state)}
            for side, follower in zip(sides, followers, strict=True)
        ]
        say_json({"version": 1, "event": "compared", "runs": runs, "told": sentence})
    else:
        _print_table(sides, asked)
        trust = measured(sides, known, asked.words)
        print("\n".join(line for line in (sentence, trust or asked.words("beside.anecdote")) if line))
    for side in sides:
        ended = side.progress.ended
        if side.state == "failed" and ended is not None:
            print(asked.words.told(ended.code, ended.details, ended.reason), file=sys.stderr)
    return 0 if all(state in ("finished", "stopped") for state in states) else 1


def _print_table(sides: Sequence[Side], asked: Asked) -> None:
    wide = max(cell_len(side.name) for side in sides)
    for side in sides:
        progress, said = side.progress, side.progress.evaluated
        figures = (
            f"{asked.words('beside.update')} {progress.update:,}",
            f"{asked.words('beside.valid')} {number(said.val_accuracy if said else None)}",
            f"{asked.words('beside.test')} {number(progress.tested.accuracy if progress.tested else None)}",
        )
        print(f"{padded(side.name, wide)}  {side.run_id}  {asked.words(f'states.{side.state}')}  {'  '.join(figures)}")
