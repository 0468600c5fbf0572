"""What the hub cannot or will not give is said in one sentence, within the deadline, before anything heavy."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.errors import EngineError, RecipeError, RunError
from engine.hub import estimate
from engine.hub.estimate import download_estimate
from engine.worker import transfer
from engine.worker.hub import fetch
from tests.engine.fetching import NEEDED, PATIENCE_SECONDS, REPO, fetched, own_cache, session_in
from tests.hub_server import Hub, serving
from tests.tiny_bert import hub_files


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_cache(tmp_path / "hub", monkeypatch)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serving({REPO: hub_files(), "bert-base-tiny": hub_files()}) as server:
        monkeypatch.setenv("HF_ENDPOINT", f"{server.address}/")
        yield server


def test_a_model_that_is_refused_by_its_config_costs_no_weights(hub: Hub, own_home: Path) -> None:
    def refuses(config: dict[str, Any], weights: int) -> None:
        raise RunError(f"{config['hidden_size']} {weights}")

    with session_in(own_home) as session, pytest.raises(RunError, match=r"16 2\d{4}"):
        fetch(session, REPO, refuses)
    assert hub.gets("model.safetensors") == []


def test_pickled_weights_are_refused_with_the_command_that_converts_them(hub: Hub, own_home: Path) -> None:
    del hub.repos[REPO]["model.safetensors"]
    with pytest.raises(RecipeError, match=r"pickled \(pytorch_model\.bin\).*save_pretrained") as caught:
        fetched(own_home)
    assert caught.value.code == "start-pickle"
    assert f"from_pretrained('{REPO}')" in caught.value.details["command"]
    assert hub.gets("config.json") == []


@pytest.mark.parametrize(
    ("gone", "named"), [(["config.json"], "config.json"), (["vocab.txt"], "tokenizer.json"), ([], "")]
)
def test_a_repository_that_is_no_model_is_told_what_is_missing(
    hub: Hub, own_home: Path, gone: list[str], named: str
) -> None:
    hub.repos[REPO] = {name: data for name, data in hub.repos[REPO].items() if name not in gone}
    if not gone:
        hub.repos[REPO], named = {"README.md": b"#"}, "model.safetensors"
    with pytest.raises(RecipeError, match=f"has no {named}") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-lacks"


@pytest.mark.parametrize(
    ("status", "reason", "code"),
    [
        (404, "", "hub-unknown"),
        (401, "", "hub-unknown"),
        (403, "", "hub-gated"),
        (401, "GatedRepo", "hub-gated"),
        (500, "", "hub-trouble"),
        (429, "", "hub-trouble"),
    ],
)
def test_a_refusal_is_one_sentence(hub: Hub, own_home: Path, status: int, reason: str, code: str) -> None:
    hub.status, hub.error_code = status, reason
    with pytest.raises(EngineError, match=f"start={REPO}") as caught:
        fetched(own_home)
    assert caught.value.code == code
    assert "\n" not in caught.value.sentence


def test_a_hub_that_talks_nonsense_is_one_sentence(hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "listed", lambda repo, _: {"id": repo, "siblings": [{"rfilename": "model.safetensors"}]})
    with pytest.raises(EngineError):
        fetched(own_home)
    monkeypatch.setattr(hub, "listed", lambda repo, _: ["nothing"])
    with pytest.raises(RunError, match="cannot serve it now") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-trouble"


def test_without_a_network_it_is_said_within_the_deadline(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("HF_ENDPOINT", f"http://lea:secret@127.0.0.1:{port}")
    with pytest.raises(RunError, match=r"did not answer within 1\.5 s.*start=shipped") as caught:
        fetched(own_home)
    assert f"HF_ENDPOINT=http://127.0.0.1:{port} is set" in caught.value.sentence
    assert "secret" not in caught.value.sentence


def test_a_hub_that_stays_silent_is_given_up_within_the_deadline(hub: Hub, own_home: Path) -> None:
    hub.silent = True
    began = time.monotonic()
    with pytest.raises(RunError, match=r"did not answer within 1\.5 s"):
        fetched(own_home)
    assert time.monotonic() - began < 1.5 + PATIENCE_SECONDS


def test_a_forbidden_network_is_said_without_asking_anybody(
    hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(RunError, match="HF_HUB_OFFLINE forbids") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-forbidden"
    assert hub.asked == []


def test_an_endpoint_that_is_no_address_is_said(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "mirror.example")
    with pytest.raises(RunError, match=r"HF_ENDPOINT=mirror\.example"):
        fetched(own_home)


def test_a_disk_without_room_is_said_before_anything_is_downloaded(
    hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "free_bytes", lambda: 1_000)
    with pytest.raises(RunError, match="MB are to be downloaded") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-disk"
    assert hub.gets("config.json") == []


def test_a_cache_that_cannot_be_written_is_one_sentence(
    hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(transfer, "point", forbidden)
    with pytest.raises(RunError, match=r"cannot be written \(Permission denied\)") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-unwritable"


def test_an_estimate_counts_bytes_and_seconds(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    found = download_estimate(REPO)
    assert found.left_bytes == found.total_bytes == sum(len(hub.repos[REPO][name]) for name in NEEDED)
    assert found.free_bytes > 0
    big = estimate.DownloadEstimate("bert-base-uncased", 440_000_000, 440_000_000, 1)
    assert big.seconds() == pytest.approx(35.2)
    assert big.seconds(10) == pytest.approx(352)
