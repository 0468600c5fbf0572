"""`learncurve train --prepare` makes a run that others start."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.reading.progress import Progress
from engine.runs.folder import RunFolder
from engine.runs.state import state
from tui.commands import train
from tui.commands.parser import parse


def test_a_prepared_run_is_printed_as_a_folder_has_no_worker_and_counts_as_stopped(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = parse(["--home", str(own_home), "train", "mlp", "--set", "processes=2", "--prepare"])
    assert train.run(asked) == 0
    folder = RunFolder(Path(capsys.readouterr().out.strip()))
    assert folder.recipe().knobs["processes"] == 2
    assert not folder.events_file.exists()
    assert state(folder, Progress(), folder.recipe_file.stat().st_mtime + 60) == "stopped"
