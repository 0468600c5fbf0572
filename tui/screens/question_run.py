"""Where the learner's own run began: what a question about the first loss can point at."""

from __future__ import annotations

import math

from engine.errors import RunError
from engine.runs.store import Runs
from tui.strip import number, short_name
from tui.watch import Watch
from tui.words import Words

TRIED = 5
"""So many of the newest runs are looked at."""


def began(runs: Runs, watch: Watch, words: Words) -> str:
    """Return a sentence about the first loss of the newest MLP run, "" where there is none."""
    for folder in runs.all()[:TRIED]:
        try:
            follower = watch.follow(folder)
            if follower.recipe.kind != "mlp":
                continue
            if not len(follower.progress.losses):
                follower.poll()
        except (RunError, OSError):
            continue  # a broken folder is shown, with its sentence, in the list of runs
        losses = follower.progress.losses
        if len(losses) and math.isfinite(losses[0]):
            return words("question.run-began", run=short_name(folder.id), loss=number(losses[0], 2))
    return ""
