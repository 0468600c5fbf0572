"""Fetching in tests: a session that wants a model of a hub on this machine, and a cache of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.recipes import KINDS, recipe
from engine.runs.folder import RunFolder
from engine.runs.store import Runs
from engine.worker import transfer
from engine.worker.hub import fetch
from engine.worker.session import Session
from engine.worker.stream import Stream

REPO = "lea/tiny-bert"
NEEDED = ["config.json", "model.safetensors", "tokenizer_config.json", "vocab.txt"]
PATIENCE_SECONDS = 10.0
"""What a busy machine may add to a deadline."""


def own_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the hub's cache lie in `folder`, whatever the environment says, and nobody wait between attempts."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HOME", "HUGGINGFACE_HUB_CACHE", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HUB_CACHE", str(folder))
    monkeypatch.setattr(transfer, "WAITS_SECONDS", (0.0, 0.0, 0.0))


@contextmanager
def session_in(home: Path, stopping: threading.Event | None = None) -> Iterator[Session]:
    wishes = {"start": REPO, "max_length": 16}
    folder = Runs(home).create(recipe(KINDS["bert"], wishes), datetime.now(UTC), f"{time.monotonic_ns():x}")
    with Stream(folder.events_file) as stream:
        yield Session(folder, folder.recipe(), stream, stopping or threading.Event())


def accepts(config: dict[str, Any], weights: int) -> None:
    """Any model will do."""


def fetched(home: Path, repo: str = REPO) -> tuple[Path, RunFolder]:
    with session_in(home) as session:
        return fetch(session, repo, accepts), session.folder
