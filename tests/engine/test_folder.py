"""Recipe and result are read back as written; what is broken or newer is one sentence."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec
import pytest

from engine.errors import RunError
from engine.recipes import KINDS, recipe
from engine.runs.folder import RunFolder
from engine.runs.result import Result
from engine.runs.store import Runs
from tests.clock import MOMENT


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return Runs(tmp_path).create(recipe(KINDS["mlp"], {"lr": 0.1}, title="mine"), MOMENT, "7f3a")


def test_the_recipe_is_read_back_as_it_was_asked(folder: RunFolder, tmp_path: Path) -> None:
    assert folder.recipe() == recipe(KINDS["mlp"], {"lr": 0.1}, title="mine")
    assert folder.home == tmp_path
    assert folder.id == "20261123-141502-mlp-7f3a"


def test_a_result_is_read_back_with_what_is_not_finite(folder: RunFolder) -> None:
    assert folder.result() is None
    folder.write_result(Result(state="finished", update=1250, train_loss=math.nan, val_loss=-math.inf, seconds=1.5))
    result = folder.result()
    assert result is not None
    assert result.train_loss is not None
    assert math.isnan(result.train_loss)
    assert (result.val_loss, result.test_loss, result.seconds) == (-math.inf, None, 1.5)
    assert msgspec.json.decode(folder.result_file.read_bytes())["train_loss"] == "nan"


def test_a_new_attempt_sets_the_old_result_aside(folder: RunFolder) -> None:
    folder.withdraw_result()
    folder.write_result(Result(state="stopped"))
    folder.withdraw_result()
    assert folder.result() is None
    assert b"stopped" in (folder.path / "result-before.json").read_bytes()


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"state": 3}', b'{"state": "\xff"}', b'{"version": "x"}'])
def test_a_broken_file_is_named_with_the_reason(folder: RunFolder, text: bytes) -> None:
    folder.recipe_file.write_bytes(text)
    folder.result_file.write_bytes(text)
    for read in (folder.recipe, folder.result):
        with pytest.raises(RunError, match=r"\.json cannot be read: .+") as caught:
            read()
        assert caught.value.code == "run-broken"


def test_a_newer_format_says_that_it_is_newer_even_where_its_fields_are_unknown(folder: RunFolder) -> None:
    folder.recipe_file.write_bytes(b'{"version": 9, "knobs": [["lr", 1]]}')
    with pytest.raises(RunError, match="newer") as caught:
        folder.recipe()
    assert caught.value.code == "run-newer"
    assert caught.value.details["version"] == "9"


def test_a_recipe_with_fields_of_a_later_program_of_this_version_opens(folder: RunFolder) -> None:
    plain = msgspec.json.decode(folder.recipe_file.read_bytes())
    folder.recipe_file.write_bytes(msgspec.json.encode({**plain, "colour": "blue"}))
    assert folder.recipe().knobs["lr"] == 0.1


def test_a_folder_without_a_run_says_so(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no run here") as caught:
        RunFolder(tmp_path / "runs" / "none").recipe()
    assert caught.value.code == "run-missing"
