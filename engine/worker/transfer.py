"""Files of the hub, brought into the cache that all programs share: whole, checked, and from where they were.

huggingface_hub lists the files, knows addresses, tokens and locks. It starts a broken download over and cannot be
stopped in the middle of one, so that the bytes are received here, into the places that it would give them.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable

from engine.errors import RunError
from engine.hub.estimate import free_bytes
from engine.hub.listing import HubFile, Listing
from engine.hub.place import cache_folder
from engine.worker.aside import aside
from engine.worker.hub_file import Damaged, Interrupted, locked, point, receive
from engine.worker.session import Session

REPORT_SECONDS = 0.2
SLICE_SECONDS = 0.02
WAITS_SECONDS = (0.5, 1.0, 2.0)
"""Before a download is taken up again that broke off and got nothing since."""
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def bring(session: Session, listed: Listing, arrived: Callable[[HubFile], None] = lambda _: None) -> None:
    """Return once all files are in the cache, and said how far that is; `arrived` is called after each one.

    Raises:
        Stopped: The run is to stop; what arrived is kept.
        EngineError: The hub broke off or refuses, or there is no room.
    """
    _require_disk(listed)
    meter = _Meter(session, listed)
    meter.tell()
    try:
        for file in listed.files:
            _fetch_file(session, listed, file, meter)
            arrived(file)
        for file in listed.files:
            point(listed, file)
    except OSError as error:
        if error.errno not in FORBIDDEN:
            raise
        raise _unwritable(listed, error) from error
    meter.tell()


def _fetch_file(session: Session, listed: Listing, file: HubFile, meter: _Meter) -> None:
    """Return once the file is among the cache's blobs, or has its place already."""
    blob, pointer = listed.blob(file), listed.pointer(file)
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


def _require_disk(listed: Listing) -> None:
    free = free_bytes()
    if listed.left_bytes > free:
        raise RunError(
            f"{listed.knob}={listed.repo}: {listed.left_bytes / 1e6:,.0f} MB are to be downloaded, and "
            f"{cache_folder()} has {free / 1e6:,.0f} MB free; make room, or set HF_HUB_CACHE to a folder on "
            "another disk.",
            code="hub-disk",
            field=listed.knob,
            value=listed.repo,
            megabytes=f"{listed.left_bytes / 1e6:,.0f}",
            free=f"{free / 1e6:,.0f}",
            folder=cache_folder(),
        )


def _broken_off(listed: Listing, why: str) -> RunError:
    done = listed.total_bytes - listed.left_bytes
    return RunError(
        f"{listed.knob}={listed.repo}: the download broke off at {done / 1e6:,.1f} of {listed.total_bytes / 1e6:,.1f} "
        f"MB ({why}). What arrived is kept: resume the run, and it goes on from there.",
        code="hub-broken-off",
        field=listed.knob,
        value=listed.repo,
        done=f"{done / 1e6:,.1f}",
        total=f"{listed.total_bytes / 1e6:,.1f}",
        why=why,
    )


def _damaged(listed: Listing, file: HubFile) -> RunError:
    return RunError(
        f"{listed.knob}={listed.repo}: {file.name} arrived damaged twice; something on the way changes it, such as a "
        "proxy. Try another network or HF_ENDPOINT.",
        code="hub-damaged",
        field=listed.knob,
        value=listed.repo,
        file=file.name,
    )


def _unwritable(listed: Listing, error: OSError) -> RunError:
    return RunError(
        f"{listed.knob}={listed.repo}: the cache {cache_folder()} cannot be written ({error.strerror}); mend its "
        "permissions, or set HF_HUB_CACHE to a folder of your own.",
        code="hub-unwritable",
        field=listed.knob,
        value=listed.repo,
        folder=cache_folder(),
        why=error.strerror,
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
