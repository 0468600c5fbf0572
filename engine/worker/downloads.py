"""Data sets that are downloaded on request, through torchvision, with progress and within deadlines."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from engine.errors import DataError
from engine.reach import DEADLINE_SECONDS, Reached, reach, shown
from engine.worker.session import Session

SILENCE_SECONDS = 20.0
"""A server that says nothing for so long in the middle of a download has failed."""
REPORT_SECONDS = 0.2
LEFT_SECONDS = 3600.0
"""A download that was begun so long ago is nobody's any more."""


SIZES = (
    ("train-images-idx3-ubyte", 47_040_016),
    ("train-labels-idx1-ubyte", 60_008),
    ("t10k-images-idx3-ubyte", 7_840_016),
    ("t10k-labels-idx1-ubyte", 10_008),
)
"""Files of MNIST, and of Fashion-MNIST, and their bytes once unpacked."""


class Source(msgspec.Struct, frozen=True):
    """A data set of torchvision's.

    Attributes:
        class_name: Its class in torchvision.datasets, which is also its folder below the cache.
        mirrors: Where torchvision gets it; constants here, so that they are known before torch is imported.
        sizes: Bytes of each file once unpacked.
    """

    class_name: str
    mirrors: tuple[str, ...]
    sizes: tuple[tuple[str, int], ...] = SIZES

    def is_in(self, root: Path) -> bool:
        """Return whether all of it lies below `root`."""
        raw = root / self.class_name / "raw"
        files = [(raw / name, size) for name, size in self.sizes]
        return all(file.is_file() and file.stat().st_size == size for file, size in files)


SOURCES = {
    "mnist": Source("MNIST", ("https://ossci-datasets.s3.amazonaws.com/mnist/", "http://yann.lecun.com/exdb/mnist/")),
    "fashion": Source("FashionMNIST", ("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",)),
}


def require_reachable(name: str, cache: Path, sources: dict[str, Source] = SOURCES) -> None:
    """Return if the data set is there or embedded, or if a server that has it answers; needs no torch.

    Raises:
        DataError: It would have to be downloaded, and no server answers within a second and a half.
    """
    source = sources.get(name)
    if source is None or source.is_in(cache / name):
        return
    reached = reach(source.mirrors)
    if not reached:
        raise offline(name, reached)


def offline(name: str, reached: Reached) -> DataError:
    """Return the sentence for a data set whose servers do not answer."""
    hosts = "; ".join(f"{host}: {why}" for host, why in reached.why.items())
    endpoint = shown(os.environ.get("HF_ENDPOINT", ""))
    used = [f"the proxy {reached.proxy} was used"] if reached.proxy else []
    used += [f"HF_ENDPOINT={endpoint} is set, but this set is not on it"] if endpoint else []
    return DataError(
        f"data={name} has to be downloaded, and no server answered within {DEADLINE_SECONDS:g} s "
        f"({'; '.join([hosts, *used])}). Connect to a network, or use the digits that came with "
        "the program: data=digits",
        code="data-offline",
        field="data",
        value=name,
        hosts=hosts,
        proxy=reached.proxy or "-",
        endpoint=endpoint or "-",
    )


def download(session: Session, name: str, cache: Path, sources: dict[str, Source] = SOURCES) -> None:
    """Let torchvision download the data set, unless it is embedded or there; it arrives whole or not at all.

    Raises:
        DataError: It could not be downloaded.
        Stopped: The run is to stop.
    """
    source = sources.get(name)
    if source is None or source.is_in(cache / name):
        return
    from torchvision import datasets

    _sweep(cache, name)
    part = cache / f"{name}.part-{os.getpid()}"
    try:
        with _progress(session, name), _deadline():
            getattr(datasets, source.class_name)(str(part), download=True)
        if not source.is_in(part):
            raise OSError("files of another size arrived")
        shutil.rmtree(cache / name, ignore_errors=True)
        part.rename(cache / name)
    except (OSError, RuntimeError) as error:
        raise DataError(
            f"data={name} could not be downloaded ({error}). Try again, or use the digits that came with "
            "the program: data=digits",
            code="data-download",
            field="data",
            value=name,
            why=error,
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _sweep(cache: Path, name: str) -> None:
    """Remove what killed workers left of a download."""
    for part in cache.glob(f"{name}.part-*"):
        if time.time() - part.stat().st_mtime > LEFT_SECONDS:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _deadline() -> Iterator[None]:
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(SILENCE_SECONDS)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


@contextmanager
def _progress(session: Session, name: str) -> Iterator[None]:
    """Put an events' bar in the place of torchvision's own; where a later one has none, nothing is shown."""
    from torchvision.datasets import utils

    before = getattr(utils, "tqdm", None)

    class Bar(_Bar):
        def __init__(self, *_: Any, total: int | None = None, **__: Any) -> None:
            super().__init__(session, name, total or 0)

    if before is not None:
        utils.tqdm = Bar
    try:
        yield
    finally:
        if before is not None:
            utils.tqdm = before


class _Bar:
    """What torchvision uses of a tqdm bar."""

    def __init__(self, session: Session, name: str, total: int) -> None:
        self._session = session
        self._name = name
        self._total = total
        self._done = 0
        self._said = 0.0

    def update(self, count: int) -> None:
        """So many bytes more have arrived."""
        self._done += count
        now = time.monotonic()
        if now - self._said >= REPORT_SECONDS or self._done == self._total:
            self._said = now
            self._session.downloading(self._name, self._done, self._total)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None
