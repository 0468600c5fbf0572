"""Opens the learner's record for one verb."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content.course.course import Course, open_course
from content.memory.parcel import Parcel, unpack
from content.memory.record import Record, open_record
from content.memory.unclear import of_file
from engine.runs.filesystem import is_network
from tui.app_start import course_folder
from tui.commands.asked import Asked
from tui.version import version


@contextmanager
def record_of(asked: Asked, *, mending: bool = False) -> Iterator[Record]:
    """Give the record, open.

    Args:
        mending: A damaged one was set aside: go on with the new one that was begun in its place.

    Raises:
        RunError: The data folder cannot be written.
        StoreError: The record cannot be opened, or it was damaged and has just been set aside.
    """
    house = asked.usable_house()
    opened = open_record(house.record, network=is_network(house.home), app=version())
    try:
        if opened.set_aside is not None and opened.notice is not None and not mending:
            raise opened.notice  # an empty record is not what was asked for
        yield opened.record
    finally:
        opened.record.close()


def course_of(asked: Asked) -> Course:
    """Return the course that is meant; without an index, since its files may be on a disk that is full.

    Raises:
        ContentError: There is none.
    """
    return open_course(course_folder(asked.course))


def read_parcel(asked: Asked, name: str) -> Parcel:
    """Return what an export holds; lines of it that make no sense are told of, and passed over.

    Raises:
        StoreError: It cannot be read, or it is no record.
    """
    file = absolute(name)
    parcel = unpack(file)
    if parcel.unclear:
        asked.warn(of_file(file, parcel.unclear))
    return parcel


def absolute(name: str) -> Path:
    """Return the path that a word of the command line names."""
    return Path(name).expanduser().absolute()
