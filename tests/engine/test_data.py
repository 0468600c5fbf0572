"""Data sets: the embedded digits are whole and need no network; the others fail quickly, or arrive whole."""

from __future__ import annotations

import hashlib
import http.server
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.utils.data import RandomSampler

from engine.datasets import DIGITS
from engine.errors import DataError
from engine.events import Downloading
from engine.worker import downloads
from engine.worker.batches import Batches
from engine.worker.data import Images, images, unpack_digits
from engine.worker.downloads import SOURCES, Source, download, require_reachable
from engine.worker.session import Session, Stopped
from engine.worker.stream import Stream
from tests.engine.working import events_of, make_run, of

pytestmark = pytest.mark.torch

RAW = Path("digits", "MNIST", "raw")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    unpack_digits(folder / RAW)
    return folder


@pytest.fixture(scope="module")
def digits(cache: Path) -> Images:
    return images("digits", cache, scale="unit")


def test_the_embedded_files_are_as_they_were_shipped() -> None:
    for file in DIGITS:
        assert file.matches(file.unpacked())
        assert (file.location().parent / "NOTICE.txt").read_text().count("CC BY-SA 3.0")  # type: ignore[attr-defined]


def test_there_are_8000_digits_to_learn_from_and_two_halves_to_check_with(digits: Images) -> None:
    assert [len(part) for part in (digits.train, digits.validation, digits.test)] == [8000, 1000, 1000]
    assert digits.train.images.shape == (8000, 784)
    assert digits.train.labels.bincount().min() > 600
    assert digits.classes == tuple("0123456789")


def test_validation_and_test_share_no_image(digits: Images) -> None:
    seen = {bytes(pixels.numpy().tobytes()) for pixels in digits.validation.pixels}
    assert not any(bytes(pixels.numpy().tobytes()) in seen for pixels in digits.test.pixels)


@pytest.mark.parametrize(("scale", "low", "high"), [("raw", 0, 255), ("unit", 0, 1), ("standard", -0.43, 2.82)])
def test_each_scale_has_its_range(cache: Path, scale: str, low: float, high: float) -> None:
    train = images("digits", cache, scale=scale).train.images
    assert float(train.min()) == pytest.approx(low, abs=0.02)
    assert float(train.max()) == pytest.approx(high, abs=0.02)
    if scale == "standard":
        assert float(train.mean()) == pytest.approx(0, abs=1e-3)
        assert float(train.std()) == pytest.approx(1, abs=1e-3)


def test_random_labels_are_the_same_labels_in_another_order(cache: Path, digits: Images) -> None:
    shuffled = images("digits", cache, scale="unit", labels="random", seed=3)
    again = images("digits", cache, scale="unit", labels="random", seed=3)
    assert shuffled.train.labels.bincount().tolist() == digits.train.labels.bincount().tolist()
    assert float((shuffled.train.labels == digits.train.labels).float().mean()) < 0.15
    assert torch.equal(shuffled.train.labels, again.train.labels)
    assert torch.equal(shuffled.validation.labels, digits.validation.labels)


def test_a_broken_data_file_is_one_sentence_that_names_it_and_what_to_do(tmp_path: Path) -> None:
    file = DIGITS[1]
    (tmp_path / file.folder).mkdir()
    place = tmp_path / file.folder / file.name
    with pytest.raises(DataError, match=r"train-labels-idx1-ubyte\.gz cannot be read"):
        file.unpacked(tmp_path)
    good = file.location().read_bytes()
    place.write_bytes(good[:-1])
    with pytest.raises(DataError, match="has 4,098 bytes instead of 4,099"):
        file.unpacked(tmp_path)
    place.write_bytes(good[:2000] + b"X" + good[2001:])
    with pytest.raises(DataError, match="checksum differs") as caught:
        file.unpacked(tmp_path)
    assert str(place) in caught.value.sentence
    assert "pip install --force-reinstall" in caught.value.sentence
    assert "\n" not in caught.value.sentence
    assert caught.value.code == "data-changed"


def test_a_broken_copy_in_the_cache_is_made_anew(tmp_path: Path) -> None:
    unpack_digits(tmp_path)
    torn = tmp_path / "train-images-idx3-ubyte"
    torn.write_bytes(torn.read_bytes()[:1000])
    unpack_digits(tmp_path)
    assert DIGITS[0].matches(torn.read_bytes())


def test_a_cache_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "digits").write_text("a file where a folder belongs")
    with pytest.raises(DataError, match="cannot be unpacked into"):
        images("digits", tmp_path, scale="unit")


def test_the_order_is_that_of_a_dataloaders_sampler_and_new_in_each_epoch(digits: Images) -> None:
    batches = Batches(digits.train, batch=64, epochs=2, shuffle=True, seed=7, whole=False)
    first, second = (list(batches.of(epoch, (epoch - 1) * 125)) for epoch in (1, 2))
    order = list(RandomSampler(range(8000), generator=torch.Generator().manual_seed(7)))
    assert len(first) == batches.per_epoch == 125
    assert torch.equal(torch.cat([labels for _, labels in first]), digits.train.labels[order])
    assert torch.equal(first[3][0], digits.train.images[order[192:256]])
    assert not torch.equal(second[3][0], first[3][0])
    sums = (torch.cat([images.sum(1) for images, _ in epoch]).sort().values for epoch in (first, second))
    assert torch.equal(*sums)


def test_the_last_batch_is_smaller_and_no_image_is_left_out(digits: Images) -> None:
    batches = Batches(digits.validation, batch=300, epochs=1, shuffle=True, seed=0, whole=False)
    cut = [labels for _, labels in batches.of(1, 0)]
    assert [len(labels) for labels in cut] == [300, 300, 300, 100]
    assert torch.cat(cut).bincount().tolist() == digits.validation.labels.bincount().tolist()


def test_without_shuffle_the_order_is_that_of_the_file(digits: Images) -> None:
    batches = Batches(digits.train, batch=64, epochs=1, shuffle=False, seed=0, whole=False)
    assert torch.equal(torch.cat([labels for _, labels in batches.of(1, 0)]), digits.train.labels)


def test_gradient_descent_sees_all_images_at_once(digits: Images) -> None:
    batches = Batches(digits.train, batch=64, epochs=3, shuffle=True, seed=0, whole=True)
    assert batches.per_epoch == 1
    assert list(batches.epochs(1)) == [2, 3]
    assert [len(labels) for _, labels in batches.of(2, 1)] == [8000]


@contextmanager
def silent_server() -> Iterator[str]:
    """Accept every connection and never answer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/mnist/"


@contextmanager
def file_server(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, directory=str(folder), **options)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def small_mnist(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, Source]:
    """Let torchvision's MNIST be the embedded digits, on the server at `url`."""
    from torchvision.datasets import MNIST

    md5 = [(file.name, hashlib.md5(file.location().read_bytes(), usedforsecurity=False).hexdigest()) for file in DIGITS]
    monkeypatch.setattr(MNIST, "mirrors", [url])
    monkeypatch.setattr(MNIST, "resources", md5)
    return {"mnist": Source("MNIST", (url,), tuple((file.plain_name, file.plain_size) for file in DIGITS))}


def test_without_a_network_one_sentence_names_the_digits_the_host_and_what_was_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://lea:secret@hub.example")
    monkeypatch.setattr(downloads, "reach", lambda urls: real(urls, seconds=0.2))
    from engine.reach import reach as real

    with silent_server() as url, pytest.raises(DataError) as caught:
        require_reachable("mnist", tmp_path, {"mnist": Source("MNIST", (url,))})
    sentence = caught.value.sentence
    assert "data=digits" in sentence
    assert "127.0.0.1" in sentence
    assert "HF_ENDPOINT=https://hub.example" in sentence
    assert "secret" not in sentence
    assert caught.value.code == "data-offline"


def test_a_proxy_that_was_used_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://lea:secret@127.0.0.1:{port}")
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(DataError, match=f"the proxy http://127.0.0.1:{port} was used") as caught:
        require_reachable("fashion", tmp_path)
    assert "secret" not in caught.value.sentence


def test_the_digits_need_no_network(tmp_path: Path) -> None:
    require_reachable("digits", tmp_path, {})


def test_what_was_downloaded_before_needs_no_network(tmp_path: Path) -> None:
    unpack_digits(tmp_path / "mnist" / "MNIST" / "raw")
    sizes = tuple((file.plain_name, file.plain_size) for file in DIGITS)
    require_reachable("mnist", tmp_path, {"mnist": Source("MNIST", ("http://127.0.0.1:9/",), sizes)})


def test_a_download_through_torchvision_tells_its_progress_and_arrives_whole(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_run(own_home, data="mnist")
    shipped = Path(str(DIGITS[0].location())).parent
    left = own_home / "cache" / "mnist.part-1"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    with file_server(shipped) as url, Stream(folder.events_file) as stream:
        sources = small_mnist(monkeypatch, url)
        require_reachable("mnist", own_home / "cache", sources)
        session = Session(folder, folder.recipe(), stream, threading.Event())
        download(session, "mnist", own_home / "cache", sources)
    said = of(Downloading, events_of(folder))
    assert {event.total_bytes for event in said} == {file.size for file in DIGITS}
    assert [event.done_bytes for event in said if event.done_bytes == event.total_bytes]
    assert len(images("mnist", own_home / "cache", scale="unit").train) == 8000
    assert [path.name for path in (own_home / "cache").iterdir()] == ["mnist"]


def test_a_download_that_breaks_off_is_one_sentence_and_leaves_nothing(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = make_run(own_home, data="mnist")
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / DIGITS[0].name).write_bytes(DIGITS[0].location().read_bytes()[:5000])
    with file_server(shop) as url, Stream(folder.events_file) as stream:
        session = Session(folder, folder.recipe(), stream, threading.Event())
        with pytest.raises(DataError, match="data=digits"):
            download(session, "mnist", own_home / "cache", small_mnist(monkeypatch, url))
    assert not list((own_home / "cache").glob("*"))


def test_a_download_can_be_stopped(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_run(own_home, data="mnist")
    shipped = Path(str(DIGITS[0].location())).parent
    stopping = threading.Event()
    stopping.set()
    with file_server(shipped) as url, Stream(folder.events_file) as stream:
        session = Session(folder, folder.recipe(), stream, stopping)
        with pytest.raises(Stopped):
            download(session, "mnist", own_home / "cache", small_mnist(monkeypatch, url))
    assert not list((own_home / "cache").glob("*"))


def test_the_mirrors_are_those_of_torchvision() -> None:
    from torchvision import datasets

    for source in SOURCES.values():
        assert set(source.mirrors) == set(getattr(datasets, source.class_name).mirrors)
