"""`learncurve export RUN --to tensorboard DIR`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.fakes import scripted_run
from tui.__main__ import main


def test_it_says_where_the_run_is_now(own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words with the command that shows it, and in JSON."""
    run = scripted_run(own_home, updates=100, epochs=2)
    out = tmp_path / "my boards"
    assert main(["export", "7f3a", "--to", "tensorboard", str(out)]) == 0
    said = capsys.readouterr().out
    assert run.id in said
    assert re.search(r"3 evaluations, \d\d\.\d kB\.", said)
    assert f"tensorboard --logdir '{out}'" in said
    assert main(["export", "7f3a", "--to", "tensorboard", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["run"], told["updates"], told["evaluations"]) == (run.id, 100, 3)
    assert Path(told["file"]).stat().st_size == told["bytes"]
    assert Path(told["folder"]) == out


def test_an_unknown_format_is_wrong_words(own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, and the one that is meant."""
    scripted_run(own_home)
    assert main(["export", "7f3a", "--to", "tensorbord", str(tmp_path / "out")]) == 2
    assert "did you mean tensorboard?" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unknown_run_is_a_sentence(own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It failed: the words were right."""
    scripted_run(own_home)
    assert main(["export", "7f3b", "--to", "tensorboard", str(tmp_path / "out"), "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["error"]["code"] == "run-unknown"
    assert len(told.err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Chinese, too."""
    scripted_run(own_home)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    (tmp_path / "out").write_text("in the way")
    assert main(["export", "7f3a", "--to", "tensorboard", str(tmp_path / "out")]) == 1
    assert "无法写入" in capsys.readouterr().err
