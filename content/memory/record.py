"""The learner's record: one SQLite file that keeps every answer, place, draft, setting and flag."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from content.errors import StoreError
from content.memory.answers import Answers
from content.memory.clock import Clock, local_now
from content.memory.day import day_at
from content.memory.keepsakes import Keepsakes
from content.memory.sessions import Sessions
from content.memory.store import BrokenError, Store, set_aside
from content.memory.troubles import folder_trouble
from content.memory.turnstile import turnstile

ASIDE = "aside"
"""Keeps the name of the damaged record in whose place this one was begun, until it is settled what becomes of it."""


class Record(Answers, Sessions, Keepsakes):
    """An open record; see its four parts for what it keeps."""

    def __init__(self, store: Store, *, clock: Clock = local_now, app: str = "") -> None:
        self.store = store
        self.clock = clock
        self.app = app

    @property
    def today(self) -> int:
        """The learner's day."""
        return day_at(self.clock())

    @property
    def writable(self) -> bool:
        """Whether answers can be kept; not in a record that a newer program has written."""
        return not self.store.newer

    @property
    def aside(self) -> Path | None:
        """The damaged record in whose place this one was begun; None where there is none, or it is settled."""
        path, name = self.store.path, self.setting(ASIDE)
        if path is None or not isinstance(name, str) or Path(name).name != name:
            return None
        aside = path.with_name(name)
        return aside if aside.exists() else None

    def settle_aside(self) -> None:
        """Keep that the learner has said whether the damaged record is to come back: nobody asks again."""
        self.keep_setting(ASIDE, None)

    def close(self) -> None:
        """Close the file; what was saved is saved in any case."""
        self.store.close()


class Opened(msgspec.Struct, frozen=True):
    """A record, and what there is to say about its opening.

    Attributes:
        set_aside: The new name of a damaged record in whose place a new one was begun, None otherwise.
        notice: What the learner must be told, as a sentence; None where all is well.
    """

    record: Record
    set_aside: Path | None = None
    notice: StoreError | None = None


def open_record(
    path: Path | None,
    *,
    network: bool = False,
    clock: Clock = local_now,
    app: str = "",
    busy_seconds: float = 5.0,
) -> Opened:
    """Return the record of a file, made where there is none; a damaged one is set aside, never reset.

    Args:
        path: None for one in memory, which is gone with the program.
        network: The file is on a network file system: the rollback journal is used instead of WAL.
        app: Version of the program, noted with each answer.
        busy_seconds: How long to wait while another program writes.

    Raises:
        StoreError: The folder cannot be made or written, or the file is another program's.
    """
    if path is None:
        return _opened(Store(None), clock, app)
    _make_folder(path.parent)
    with turnstile(path, busy_seconds):
        try:
            return _opened(Store(path, network=network, busy_seconds=busy_seconds), clock, app)
        except BrokenError:
            aside = set_aside(path, clock())
        opened = _opened(Store(path, network=network, busy_seconds=busy_seconds), clock, app)
        with contextlib.suppress(StoreError):  # a disk that is full: whoever opens it now is told all the same
            opened.record.keep_setting(ASIDE, aside.name)
    notice = StoreError(
        f"Your record was damaged. It is kept as {aside}, and a new one was begun. "
        "To bring back what can be read: learncurve record restore",
        code="store-set-aside",
        path=aside,
    )
    return Opened(opened.record, aside, notice)


def _opened(store: Store, clock: Clock, app: str) -> Opened:
    notice = None
    if store.newer:
        notice = StoreError(
            f"The record {store.name} was written by a newer Learncurve: it is read, and nothing is added.",
            code="store-newer",
            path=store.name,
            version=store.newer,
        )
    return Opened(Record(store, clock=clock, app=app), None, notice)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise folder_trouble(folder, error.strerror or str(error)) from error
