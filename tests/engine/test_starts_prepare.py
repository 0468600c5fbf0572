"""A start is made ready before torch is loaded: fetched, taken over, and refused where it cannot be trained."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine import memory
from engine.errors import RecipeError, RunError
from engine.model_folder import is_whole, missing
from engine.recipes import KINDS, recipe
from engine.recipes.shape import BASE, Shape
from engine.runs.folder import RunFolder
from engine.runs.starts import Start
from engine.runs.store import Runs
from engine.worker import starts
from engine.worker.checkpoints import FACTS
from engine.worker.session import Session
from engine.worker.starts import prepare, require_memory
from engine.worker.stream import Stream
from tests.clock import MOMENT
from tests.hub_server import serving
from tests.tiny_bert import hub_files, write_model

GIGABYTE = 10**9


@pytest.fixture(autouse=True)
def _no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture
def pretrained(own_home: Path) -> RunFolder:
    return Runs(own_home).create(recipe(KINDS["pretrain"], {}), MOMENT, "7f3a")


@contextmanager
def session_for(home: Path, **wishes: Any) -> Iterator[Session]:
    made = recipe(KINDS["bert"], {"max_length": 16, "device": "cpu", **wishes})
    folder = Runs(home).create(made, MOMENT + timedelta(days=1), f"{time.monotonic_ns():x}")
    with Stream(folder.events_file) as stream:
        yield Session(folder, folder.recipe(), stream, threading.Event())


def checkpoint(run: RunFolder, update: int) -> Path:
    folder = write_model(run.checkpoints / f"{update:09d}")
    (folder / "optimizer.pt").write_bytes(b"1")
    (folder / FACTS).write_text(json.dumps({"update": update}))
    return folder


def prepared(home: Path, start: str, **wishes: Any) -> Start:
    with session_for(home, start=start, **wishes) as session:
        return prepare(session, start)


def test_a_run_that_goes_on_cannot_take_its_checkpoint_away(own_home: Path, pretrained: RunFolder) -> None:
    theirs = checkpoint(pretrained, 100)
    with session_for(own_home, start="7f3a") as session:
        start = prepare(session, "7f3a")
        for path in theirs.iterdir():
            path.unlink()
        assert start.path is not None
        assert start.path.parent == session.folder.path
        assert missing(start.path) == ()
        assert is_whole(start.path / "model.safetensors")
        assert not (start.path / "optimizer.pt").exists()
        assert (start.kind, start.name) == ("run", pretrained.id)
        checkpoint(pretrained, 200)
        assert prepare(session, "7f3a").path == start.path


def test_a_run_that_is_resumed_needs_its_start_no_more(own_home: Path) -> None:
    with session_for(own_home, start="user/gone") as session:
        with pytest.raises(RunError, match="HF_HUB_OFFLINE"):
            prepare(session, "user/gone")
        own = checkpoint(session.folder, 50)
        assert prepare(session, "user/gone") == Start("run", own, "user/gone")


def test_a_hub_model_is_fetched_into_a_folder(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    with serving({"lea/tiny": hub_files()}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        start = prepared(own_home, "lea/tiny")
    assert (start.kind, start.name) == ("hub", "lea/tiny")
    assert start.path is not None
    assert missing(start.path) == ()


def test_texts_longer_than_a_model_reads_are_refused(own_home: Path, tmp_path: Path) -> None:
    model = write_model(tmp_path / "model")
    assert prepared(own_home, str(model), max_length=32).path == model
    with pytest.raises(RecipeError, match=r"max_length=33: .* at most 32 tokens") as caught:
        prepared(own_home, str(model), max_length=33)
    assert (caught.value.code, caught.value.details["field"]) == ("start-length", "max_length")


def test_a_config_that_is_no_object_is_said(own_home: Path, tmp_path: Path) -> None:
    model = write_model(tmp_path / "model")
    (model / "config.json").write_text("[1]")
    with pytest.raises(RecipeError, match=r"config\.json makes no model") as caught:
        prepared(own_home, str(model))
    assert caught.value.code == "start-config-broken"


def test_a_model_that_does_not_fit_into_memory_is_refused(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = {"hidden_size": 768, "intermediate_size": 3_072, "num_hidden_layers": 12, "vocab_size": 30_522}
    model = write_model(tmp_path / "model", **base)
    monkeypatch.setattr(starts, "available_bytes", lambda: GIGABYTE)
    with pytest.raises(RunError, match=r"109 million parameters takes 1\.7 GB .* and 1\.0 GB of memory") as caught:
        prepared(own_home, str(model))
    assert caught.value.code == "start-memory"
    assert prepared(own_home, str(model), freeze="encoder").path == model
    with pytest.raises(RunError, match="start=scratch"):
        prepared(own_home, "scratch", hidden=1024, layers=24, heads=16)
    monkeypatch.setattr(starts, "available_bytes", lambda: 0)
    assert prepared(own_home, str(model)).path == model


def test_the_memory_of_bert_base_is_what_adam_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    base = Shape(*BASE, vocabulary=30_522, positions=512)
    monkeypatch.setattr(starts, "available_bytes", lambda: 109_483_778 * 16)
    require_memory("bert-base-uncased", {"device": "cpu"}, base)
    monkeypatch.setattr(starts, "available_bytes", lambda: 109_483_778 * 16 - 1)
    with pytest.raises(RunError):
        require_memory("bert-base-uncased", {"device": "cpu"}, base)
    require_memory("bert-base-uncased", {"device": "cuda"}, base)
    monkeypatch.setattr(starts, "available_bytes", lambda: 3_000_000_000)
    with pytest.raises(RunError):
        require_memory("bert-base-uncased", {"device": "cpu"}, base, copies=2)


def test_memory_is_counted_with_what_caches_would_give_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / "meminfo").write_text("MemTotal: 9000 kB\nMemFree: 10 kB\nMemAvailable:  4000 kB\nHugePages_Total: 0\n")
    (tmp_path / "cgroup").write_text("0::/job/step\n")
    group = tmp_path / "groups" / "job"
    (group / "step").mkdir(parents=True)
    monkeypatch.setattr(memory, "MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(memory, "OWN_GROUP", tmp_path / "cgroup")
    monkeypatch.setattr(memory, "GROUPS", tmp_path / "groups")
    assert memory.available_bytes() == 4_096_000
    for place, limit in ((group, "3000000"), (group / "step", "max")):
        (place / "memory.max").write_text(limit)
        (place / "memory.current").write_text("2500000")
        (place / "memory.stat").write_text("anon 1\ninactive_file 400000\nactive_file 100000\n")
    assert memory.available_bytes() == 1_000_000
    (tmp_path / "cgroup").unlink()
    (tmp_path / "meminfo").unlink()
    assert memory.available_bytes() == 0


def test_memory_of_a_mac_is_what_its_kernel_says(monkeypatch: pytest.MonkeyPatch) -> None:
    said = subprocess.CompletedProcess([], 0, stdout="17179869184\n")
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: said)
    assert memory.available_bytes() == 17_179_869_184
