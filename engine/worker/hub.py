"""A model of the hub, brought into the cache that all programs share: whole, checked, and from where it was.

huggingface_hub lists the files, knows addresses, tokens and locks. It starts a broken download over and cannot be
stopped in the middle of one, so that the bytes are received here, into the places that it would give them.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import RunError
from engine.hub.estimate import free_bytes
from engine.hub.listing import HubFile, Listing, listing
from engine.hub.place import REVISION, cache_folder, snapshot, storage
from engine.hub.refusing import require_reachable
from engine.model_folder import CONFIG, broken_config, config_of
from engine.runs.replacing import replace_file
from engine.worker.aside import aside
from engine.worker.hub_file import Damaged, Interrupted, locked, point, receive
from engine.worker.session import Session

REPORT_SECONDS = 0.2
SLICE_SECONDS = 0.02
WAITS_SECONDS = (0.5, 1.0, 2.0)
"""Before a download is taken up again that broke off and got nothing since."""
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)

Examine = Callable[[dict[str, Any], int], None]
"""Is given a model's config and the bytes of its weights, and raises if it cannot be used."""


def fetch(session: Session, repo: str, examine: Examine) -> Path:
    """Return the folder of a model in the cache, and download before what is not there; needs no torch.

    Raises:
        Stopped: The run is to stop; what arrived is kept.
        EngineError: The hub does not answer, has no such model, or broke off; or there is no room for it.
    """
    folder = snapshot(repo)
    if folder is not None:
        config = config_of(folder, repo)
        examine(config, sum(path.stat().st_size for path in folder.glob("*.safetensors")))
        return folder
    session.loading("hub")
    aside(lambda _: require_reachable(repo), session.check)
    listed = aside(lambda _: listing(repo), session.check)
    _require_disk(listed)
    try:
        return _fetch_all(session, listed, examine)
    except OSError as error:
        if error.errno not in FORBIDDEN:
            raise
        raise RunError(
            f"start={repo}: the cache {cache_folder()} cannot be written ({error.strerror}); mend its permissions, "
            "or set HF_HUB_CACHE to a folder of your own.",
            code="hub-unwritable",
            value=repo,
            folder=cache_folder(),
            why=error.strerror,
        ) from error


def _fetch_all(session: Session, listed: Listing, examine: Examine) -> Path:
    meter = _Meter(session, listed)
    meter.tell()
    for file in listed.files:
        _fetch_file(session, listed, file, meter)
        if file.name == CONFIG:
            examine(_config(listed, file), sum(file.size for file in listed.files if file.name.endswith("safetensors")))
    for file in listed.files:
        point(listed, file)
    reference = storage(listed.repo) / "refs" / REVISION
    reference.parent.mkdir(exist_ok=True)
    replace_file(reference, listed.commit.encode())
    meter.tell()
    return storage(listed.repo) / "snapshots" / listed.commit


def _fetch_file(session: Session, listed: Listing, file: HubFile, meter: _Meter) -> None:
    """Return once the file is among the cache's blobs, or has its place already."""
    blob, pointer = listed.blob(file), storage(listed.repo) / "snapshots" / listed.commit / file.name
    blob.parent.mkdir(parents=True, exist_ok=True)
    with locked(listed, file, meter.look):
        failures, was_damaged, arrived = 0, False, listed.arrived(file)
        while not blob.exists() and not pointer.exists():
            try:
                aside(lambda leave: receive(listed, file, leave), meter.look)
            except Damaged as error:
                if was_damaged:
                    raise _damaged(listed, file) from error
                was_damaged, arrived = True, 0
            except Interrupted as error:
                failures = 1 if listed.arrived(file) > arrived else failures + 1
                arrived = listed.arrived(file)
                if failures > len(WAITS_SECONDS):
                    raise _broken_off(listed, str(error)) from error
                _wait(session, WAITS_SECONDS[failures - 1])


def _wait(session: Session, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        session.check()
        time.sleep(SLICE_SECONDS)


def _config(listed: Listing, file: HubFile) -> dict[str, Any]:
    pointer = storage(listed.repo) / "snapshots" / listed.commit / file.name
    path = listed.blob(file) if listed.blob(file).exists() else pointer
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise broken_config(listed.repo, path, str(error)) from error


def _require_disk(listed: Listing) -> None:
    free = free_bytes()
    if listed.left_bytes > free:
        raise RunError(
            f"start={listed.repo}: {listed.left_bytes / 1e6:,.0f} MB are to be downloaded, and {cache_folder()} has "
            f"{free / 1e6:,.0f} MB free; make room, or set HF_HUB_CACHE to a folder on another disk.",
            code="hub-disk",
            value=listed.repo,
            megabytes=f"{listed.left_bytes / 1e6:,.0f}",
            free=f"{free / 1e6:,.0f}",
            folder=cache_folder(),
        )


def _broken_off(listed: Listing, why: str) -> RunError:
    done = listed.total_bytes - listed.left_bytes
    return RunError(
        f"start={listed.repo}: the download broke off at {done / 1e6:,.1f} of {listed.total_bytes / 1e6:,.1f} MB "
        f"({why}). What arrived is kept: resume the run, and it goes on from there.",
        code="hub-broken-off",
        value=listed.repo,
        done=f"{done / 1e6:,.1f}",
        total=f"{listed.total_bytes / 1e6:,.1f}",
        why=why,
    )


def _damaged(listed: Listing, file: HubFile) -> RunError:
    return RunError(
        f"start={listed.repo}: {file.name} arrived damaged twice; something on the way changes it, such as a proxy. "
        "Try another network or HF_ENDPOINT.",
        code="hub-damaged",
        value=listed.repo,
        file=file.name,
    )


class _Meter:
    """Says how much has arrived, not too often, and that the learner is listened to."""

    def __init__(self, session: Session, listed: Listing) -> None:
        self._session = session
        self._listed = listed
        self._said = 0.0

    def tell(self) -> None:
        """Say it now."""
        self._said = time.monotonic()
        total = self._listed.total_bytes
        self._session.downloading(self._listed.repo, total - self._listed.left_bytes, total)

    def look(self) -> None:
        """Say it if it is time.

        Raises:
            Stopped: The run is to stop.
        """
        if time.monotonic() - self._said >= REPORT_SECONDS:
            self.tell()
        else:
            self._session.check()
